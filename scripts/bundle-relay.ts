import { readdir, rm } from "node:fs/promises"
import { join } from "node:path"
import { build } from "esbuild"
import { forNode } from "../relay/source-script.ts"
import { projectPath } from "./project-path.ts"

type BundleOptions = {
  sourcemap: boolean
  /** Programs beside the command and its threads: their names, and their sources from the project's root. */
  beside?: Record<string, string>
}

/** The command stands alone and starts this one; threads are started by name. */
const programs = {
  commands: "relay/cli/main.ts",
  "job-worker": "relay/jobs/job-worker.ts",
  "sweep-worker": "relay/jobs/sweep-worker.ts",
  "task-worker": "relay/jobs/task-worker.ts",
  "practice-worker": "relay/exchange/practice-worker.ts",
}

/**
 * Bundles the relay into a folder: `candlewright.mjs`, which stands alone, and what it starts, in parts that these
 * share, so that no command waits for the code of another.
 */
export async function bundleRelay(folder: string, { sourcemap, beside }: BundleOptions): Promise<void> {
  await removeParts(folder)
  const sources = Object.entries({ ...programs, ...beside }).map(([name, source]) => [name, projectPath(source)])
  await Promise.all([
    build({
      ...forNode,
      sourcemap,
      entryPoints: [projectPath("relay/cli/start.ts")],
      outfile: join(folder, "candlewright.mjs"),
    }),
    build({
      ...forNode,
      sourcemap,
      entryPoints: Object.fromEntries(sources) as Record<string, string>,
      outdir: folder,
      outExtension: { ".js": ".mjs" },
      splitting: true,
      chunkNames: "part-[hash]",
    }),
  ])
}

/** Each build names its parts anew. */
async function removeParts(folder: string) {
  const parts = (await readdir(folder)).filter((name) => /^part-\w+\.mjs(\.map)?$/.test(name))
  await Promise.all(parts.map((name) => rm(join(folder, name))))
}
