import { existsSync } from "node:fs"
import { Worker } from "node:worker_threads"

type ThreadOptions = {
  /** What its script finds as `workerData`. */
  data: unknown
  mostMemoryMb?: number
}

/**
 * Starts a script of ours in a thread of its own: "practice-worker", beside the file at `from`. A built program has it
 * beside itself; the source needs a loader first, since Node cannot read it.
 */
export function startThread(name: string, from: string, { data, mostMemoryMb }: ThreadOptions): Worker {
  const own = { workerData: data, resourceLimits: { maxOldGenerationSizeMb: mostMemoryMb } }
  const bundled = new URL(`./${name}.mjs`, from)
  if (existsSync(bundled)) return new Worker(bundled, own)
  const source = new URL(`./${name}.ts`, from).href
  const loader = import.meta.resolve("tsx/esm/api")
  const script = `import(${JSON.stringify(loader)}).then(({ register }) => (register(), import(${JSON.stringify(source)})))`
  return new Worker(script, { eval: true, ...own })
}
