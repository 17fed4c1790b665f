import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { brotliDecompressSync, gunzipSync } from "node:zlib"
import { expect, test } from "vitest"
import { precompress } from "./precompress.ts"

test("text gets packed twins with the same contents; small, packed and incompressible files do not", async () => {
  const folder = await mkdtemp(join(tmpdir(), "candlewright-pack-"))
  await mkdir(join(folder, "assets"))
  const script = "const candle = 1;\n".repeat(500)
  await writeFile(join(folder, "assets/index.js"), script)
  await writeFile(join(folder, "small.js"), "1")
  await writeFile(join(folder, "icon.png"), script)
  await writeFile(join(folder, "sample.csv.gz"), script)
  await precompress(folder)
  expect((await readdir(folder)).toSorted()).toEqual(["assets", "icon.png", "sample.csv.gz", "small.js"])
  expect((await readdir(join(folder, "assets"))).toSorted()).toEqual(["index.js", "index.js.br", "index.js.gz"])
  expect(brotliDecompressSync(await readFile(join(folder, "assets/index.js.br"))).toString()).toBe(script)
  expect(gunzipSync(await readFile(join(folder, "assets/index.js.gz"))).toString()).toBe(script)
  await rm(folder, { recursive: true })
})
