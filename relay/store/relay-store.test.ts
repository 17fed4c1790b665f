import { spawn } from "node:child_process"
import { once } from "node:events"
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { scriptOfSource } from "../source-script.ts"
import { realSurroundings } from "../surroundings.ts"
import { openRelayStore } from "./relay-store.ts"
import { announceRelay, announcedRelay, forgetRelay } from "./running-relay.ts"

const surroundings = realSurroundings()
let home: string
let dataDirectory: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "candlewright-store-"))
  dataDirectory = join(home, "data")
})

afterEach(() => rm(home, { recursive: true }))

const open = () => openRelayStore({ dataDirectory, surroundings })

test("an installation keeps its name", async () => {
  const first = await open()
  await first.close()
  const second = await open()
  expect(second.instanceId).toBe(first.instanceId)
  await second.close()
})

test("folder and files are the owner's alone, and a file that others can read is refused", async () => {
  const store = await open()
  await announceRelay(dataDirectory, { pid: 1, port: 8787, token: "cw_owner_x" })
  const names = await readdir(dataDirectory)
  expect(names).toEqual(expect.arrayContaining(["relay.db", "relay.json", "relay.lock"]))
  for (const name of names) expect((await stat(join(dataDirectory, name))).mode & 0o777, name).toBe(0o600)
  expect((await stat(dataDirectory)).mode & 0o777).toBe(0o700)
  await store.close()
  await writeFile(join(dataDirectory, "KILL"), "", { mode: 0o644 })
  await chmod(join(dataDirectory, "relay.db"), 0o640)
  await expect(open()).rejects.toThrow(
    `Other people on this computer can read ${join(dataDirectory, "relay.db")}. Run "chmod 600`,
  )
})

test("a second program on the folder is refused with the address of the first, in this process and in another", async () => {
  const store = await open()
  await expect(open()).rejects.toThrow(`Candlewright already runs on ${dataDirectory}. Use that one`)
  await announceRelay(dataDirectory, { pid: 77, port: 8790, token: "cw_owner_x" })
  await expect(open()).rejects.toThrow("at http://localhost:8790 (process 77)")
  const other = holder()
  expect(await other.said).toContain("already runs on")
  await forgetRelay(dataDirectory)
  expect(await announcedRelay(dataDirectory)).toBeUndefined()
  await store.close()
  await (await open()).close()
})

test("a program that kill -9 ended leaves no lock behind", async () => {
  const other = holder()
  expect(await other.said).toContain("holding")
  await expect(open()).rejects.toThrow("already runs on")
  other.program.kill("SIGKILL")
  await once(other.program, "exit")
  await (await open()).close()
})

const scriptOf = (source: string) => scriptOfSource(new URL(source, import.meta.url))

/** Another process that opens the store and keeps it, or says why not. */
function holder() {
  const script = `
    const { openRelayStore } = await import(${JSON.stringify(scriptOf("./relay-store.ts"))})
    const { realSurroundings } = await import(${JSON.stringify(scriptOf("../surroundings.ts"))})
    await openRelayStore({ dataDirectory: process.env.DATA, surroundings: realSurroundings() })
      .then(() => console.log("holding"), (error) => (console.log(error.message), process.exit()))
    setInterval(() => {}, 60_000)
  `
  const words = ["--input-type=module", "--eval", script]
  const program = spawn(process.execPath, words, { env: { ...process.env, DATA: dataDirectory } })
  const said = once(program.stdout, "data").then(([bytes]) => String(bytes))
  return { program, said }
}
