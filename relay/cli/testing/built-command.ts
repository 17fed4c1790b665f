import { execFile } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const project = fileURLToPath(new URL("../../../", import.meta.url))

export type Said = { code: number | null; out: string; err: string }

/** The command bundled from the sources as they are now, in a folder of its own; `remove` it at the end. */
export async function builtCommand(): Promise<{ command: string; remove: () => Promise<void> }> {
  const outdir = await mkdtemp(join(project, "build/command-"))
  await build({
    entryPoints: {
      candlewright: join(project, "relay/cli/start.ts"),
      commands: join(project, "relay/cli/main.ts"),
    },
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    target: "node20.19",
    format: "esm",
    packages: "external",
    alias: { "#engine": join(project, "engine-wasm/host") },
    logLevel: "error",
  })
  return { command: join(outdir, "candlewright.mjs"), remove: () => rm(outdir, { recursive: true }) }
}

/** What a program says, and how it ends. */
export function said(program: string, words: string[], cwd: string): Promise<Said> {
  return new Promise((resolve) => {
    execFile(program, words, { cwd, maxBuffer: 2 ** 28 }, (error, out, err) => {
      resolve({ code: typeof error?.code === "number" ? error.code : error ? -1 : 0, out, err })
    })
  })
}
