import { existsSync } from "node:fs"
import { Worker } from "node:worker_threads"
import { scriptOfSource } from "./source-script.ts"

type ThreadOptions = {
  /** What its script finds as `workerData`. */
  data: unknown
  mostMemoryMb?: number
}

/**
 * Starts a script of ours in a thread of its own: "practice-worker", beside the file at `from`. A built program has it
 * beside itself; from the source it is made first, also by a thread that was made so.
 */
export function startThread(name: string, from: string, { data, mostMemoryMb }: ThreadOptions): Worker {
  const own = { workerData: data, resourceLimits: { maxOldGenerationSizeMb: mostMemoryMb } }
  const places = [`./${name}.mjs`, `./${name}.ts`, `../../relay/jobs/${name}.ts`]
  const script = places.map((place) => new URL(place, from)).find((url) => existsSync(url))
  if (script === undefined) throw new Error(`There is no script ${name}. Run \`npm run build\` once.`)
  return new Worker(script.pathname.endsWith(".mjs") ? script : scriptOfSource(script), own)
}
