import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises"
import { join, relative } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { isFresh } from "./freshness.ts"
import { projectPath } from "./project-path.ts"

let folder: string
beforeEach(async () => {
  await mkdir(projectPath("build"), { recursive: true })
  folder = await mkdtemp(projectPath("build/freshness-"))
})
afterEach(() => rm(folder, { recursive: true }))

const named = (name: string) => relative(projectPath("."), join(folder, name))

async function put(name: string, seconds: number) {
  await mkdir(join(folder, name, ".."), { recursive: true })
  await writeFile(join(folder, name), "")
  await utimes(join(folder, name), seconds, seconds)
  await utimes(join(folder, name, ".."), seconds, seconds)
}

test("what was made after the last change is fresh, what was made before it is not", async () => {
  await put("source/a.ts", 100)
  await put("made", 200)
  expect(await isFresh(named("made"), [named("source")])).toBe(true)
  await put("source/b.ts", 300)
  expect(await isFresh(named("made"), [named("source")])).toBe(false)
})

test("a deleted source makes a build stale as well", async () => {
  await put("source/a.ts", 100)
  await put("source/b.ts", 100)
  await put("made", 200)
  await rm(join(folder, "source/b.ts"))
  expect(await isFresh(named("made"), [named("source")])).toBe(false)
})

test("what was never made is not fresh", async () => {
  expect(await isFresh(named("made"), [named("none")])).toBe(false)
})
