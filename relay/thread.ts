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
 * beside itself; from the source it is made first.
 */
export function startThread(name: string, from: string, { data, mostMemoryMb }: ThreadOptions): Worker {
  const own = { workerData: data, resourceLimits: { maxOldGenerationSizeMb: mostMemoryMb } }
  const built = new URL(`./${name}.mjs`, from)
  return new Worker(existsSync(built) ? built : scriptOfSource(new URL(`./${name}.ts`, from)), own)
}
