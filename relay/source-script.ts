import { createHash } from "node:crypto"
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { fileURLToPath } from "node:url"

/** This file is in relay/; bundled into another thread's script it is in build/threads/. */
const above = ["../", "../../"].map((up) => new URL(up, import.meta.url))
const project = above.find((folder) => existsSync(new URL("package.json", folder))) ?? above[0]
const inProject = (path: string) => fileURLToPath(new URL(path, project))

/** How our sources become a script of Node's: in one file, with packages left where they are. */
export const forNode = {
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "esm",
  packages: "external",
  alias: { "#engine": inProject("engine-wasm/host") },
  logLevel: "warning",
} as const

const made = new Map<string, string>()

/** The file of a source as Node can read it, for a program that is run without being built; made once for the program. */
export function scriptOfSource({ href }: URL): string {
  const before = made.get(href)
  if (before !== undefined) return before
  const { buildSync } = createRequire(import.meta.url)("esbuild") as typeof import("esbuild")
  const { outputFiles } = buildSync({ ...forNode, entryPoints: [fileURLToPath(href)], write: false })
  const script = keptScript(outputFiles[0].contents)
  made.set(href, script)
  return script
}

/** Named by what is in it: programs beside each other share it, and none reads a half of it. */
function keptScript(bytes: Uint8Array): string {
  const folder = inProject("build/threads")
  const file = `${folder}/${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}.mjs`
  if (existsSync(file)) return file
  mkdirSync(folder, { recursive: true })
  const part = `${file}.${process.pid}`
  writeFileSync(part, bytes)
  renameSync(part, file)
  return file
}
