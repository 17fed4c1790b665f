import { readdir, readFile } from "node:fs/promises"
import type { CoreSources } from "../host/strategy/code/code-compile.ts"

const assembly = new URL("../assembly/", import.meta.url)

/** The engine's core as text, read from its source files. */
export async function coreSources(): Promise<CoreSources> {
  const names = await readdir(assembly, { recursive: true })
  const files = names.filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  const texts = await Promise.all(files.map((name) => readFile(new URL(name, assembly), "utf8")))
  return Object.fromEntries(files.map((name, n) => [name.replaceAll("\\", "/"), texts[n]]))
}
