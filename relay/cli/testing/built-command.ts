import { execFile } from "node:child_process"
import { existsSync } from "node:fs"
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises"
import { dirname, join } from "node:path"
import { inject } from "vitest"
import { bundleRelay } from "../../../scripts/bundle-relay.ts"

export type Said = { code: number | null; out: string; err: string }

/** The file of the command, bundled from the sources as they are now by the first test of a run that asks. */
export function builtCommand(): Promise<string> {
  return builtProgram("candlewright.mjs")
}

/** The same of relay/main.ts, for a test that starts it with options of its own in another process. */
export function builtRelay(): Promise<string> {
  return builtProgram("main.mjs")
}

async function builtProgram(name: string): Promise<string> {
  const folder = inject("programsFolder")
  if (!existsSync(folder)) await bundleInto(folder)
  return join(folder, name)
}

async function bundleInto(folder: string) {
  await mkdir(dirname(folder), { recursive: true })
  const own = await mkdtemp(`${folder}-`)
  await bundleRelay(own, { sourcemap: false, beside: { main: "relay/main.ts" } })
  // Another test file may have been quicker.
  await rename(own, folder).catch(() => rm(own, { recursive: true }))
}

/** What a program says, and how it ends. */
export function said(program: string, words: string[], cwd: string): Promise<Said> {
  return new Promise((resolve) => {
    execFile(program, words, { cwd, maxBuffer: 2 ** 28 }, (error, out, err) => {
      resolve({ code: typeof error?.code === "number" ? error.code : error ? -1 : 0, out, err })
    })
  })
}
