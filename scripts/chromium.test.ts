import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { findChromium, findWholeChromium } from "./chromium.ts"

let folder: string
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "candlewright-path-"))))
afterEach(() => rm(folder, { recursive: true }))

async function program(name: string, mode = 0o755) {
  const path = join(folder, name)
  await writeFile(path, "#!/bin/sh\n")
  await chmod(path, mode)
  return path
}

test("the browser named by CHROMIUM is taken before any on PATH", async () => {
  await program("chromium")
  expect(findChromium({ CHROMIUM: "/opt/mine", PATH: folder })).toBe("/opt/mine")
})

test("Chrome on PATH serves as well as Chromium, which comes first", async () => {
  const chrome = await program("google-chrome")
  expect(findChromium({ PATH: `/nowhere${delimiter}${folder}` })).toBe(chrome)
  const chromium = await program("chromium")
  expect(findChromium({ PATH: folder })).toBe(chromium)
})

test("one without windows comes before others, but not where windows are needed, nor before the one named by CHROMIUM", async () => {
  const [whole, small] = [await program("chromium"), await program("chromium-headless-shell")]
  expect([findChromium({ PATH: folder }), findWholeChromium({ PATH: folder })]).toEqual([small, whole])
  expect(findChromium({ CHROMIUM: whole, PATH: folder })).toBe(whole)
})

test("a file that cannot be started is no browser", async () => {
  const path = await program("chromium", 0o644)
  expect(findChromium({ PATH: folder })).not.toBe(path)
})
