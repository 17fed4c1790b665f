import { copyFile, mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { builtCommand, said } from "../testing/built-command.ts"
import { type OwnerCommand, ownerCommand } from "../testing/owner-command.ts"

let owner: OwnerCommand
beforeAll(async () => void (owner = await ownerCommand()))
afterAll(() => owner.remove())

const kill = (...words: string[]) => owner.run("kill", ...words)
const isThere = () =>
  stat(join(owner.data, "KILL")).then(
    () => true,
    () => false,
  )

test("kill makes its file, --release takes it away, and the running relay says so at once", async () => {
  const relay = await owner.start()
  const killed = async () => ((await (await fetch(`${relay.url}/api/health`)).json()) as { killed: boolean }).killed
  expect(await kill()).toMatchObject({ code: 0, out: expect.stringContaining("The kill switch is on") })
  expect([await isThere(), await killed()]).toEqual([true, true])
  expect(JSON.parse((await kill("--json")).out)).toEqual({ isOn: true })
  await relay.stop()
  const again = await owner.start()
  expect(await (await fetch(`${again.url}/api/health`)).json()).toMatchObject({ killed: true })
  expect(JSON.parse((await kill("--release", "--json")).out)).toEqual({ isOn: false })
  expect(await (await fetch(`${again.url}/api/health`)).json()).toMatchObject({ killed: false })
  await again.stop()
})

test("it needs no relay and no database: not one that is stopped, locked, or damaged", async () => {
  for (const file of ["relay.db", "relay.lock", "relay.json"]) await writeFile(join(owner.data, file), "no database")
  expect(await kill()).toMatchObject({ code: 0 })
  expect(await isThere()).toBe(true)
  expect(await kill("--release")).toMatchObject({ code: 0, out: expect.stringContaining("bots may buy again") })
  expect(await kill("--release")).toMatchObject({ code: 0 })
  expect(await isThere()).toBe(false)
})

test("it is a file of its own: without the rest of Candlewright, and without any package, it works", async () => {
  const alone = await mkdtemp(join(tmpdir(), "candlewright-kill-"))
  await copyFile(await builtCommand(), join(alone, "candlewright.mjs"))
  const words = ["candlewright.mjs", "kill", "--json", "--data", owner.data]
  expect(await said(process.execPath, words, alone)).toEqual({ code: 0, out: '{"isOn":true}\n', err: "" })
  expect(await isThere()).toBe(true)
  expect((await said(process.execPath, [...words, "--release"], alone)).code).toBe(0)
  expect((await said(process.execPath, ["candlewright.mjs", "kill", "--help"], alone)).out).toMatch(
    /^candlewright kill/,
  )
  await rm(alone, { recursive: true })
})

test("where it cannot be turned on or released it says how it is now", async () => {
  await mkdir(join(owner.data, "KILL"))
  expect(await kill()).toMatchObject({ code: 0 })
  expect(await kill("--release")).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^The kill switch is still on: /),
  })
  await rm(owner.data, { recursive: true })
  expect(await kill("--json")).toMatchObject({
    code: 1,
    out: expect.stringContaining('"error":'),
    err: expect.stringMatching(/^There is no data folder ".*", so nothing was changed/),
  })
  expect(await kill("now")).toMatchObject({ code: 2 })
  expect(await kill("--relase")).toMatchObject({ code: 2 })
})
