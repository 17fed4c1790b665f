import { withoutStrayListeners } from "./stray-listeners.ts"

/** tfjs, started: what training and predicting are done with. */
export type Trainer = { tfjs: typeof import("./tfjs.ts").tfjs }

type TrainerFiles = {
  /** Where the page serves `tfjs-backend-wasm-simd.wasm`; without it, as in Node, the installed package's own file is read. */
  wasmAddress?: string
}

let started: Promise<Trainer> | undefined

/**
 * Loads tfjs and its WebAssembly once for this thread; later calls get the same one. Rejects where a file cannot be
 * loaded, and the next call tries again.
 */
export function startTraining(files: TrainerFiles = {}): Promise<Trainer> {
  started ??= start(files).catch((error: unknown) => {
    started = undefined
    throw error
  })
  return started
}

async function start({ wasmAddress }: TrainerFiles): Promise<Trainer> {
  const { tfjs } = await import("./tfjs.ts")
  // Threads need a page that is cut off from others, and would add sums up in another order each time.
  tfjs.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false)
  if (!(await tfjs.env().getAsync("WASM_HAS_SIMD_SUPPORT"))) throw new Error(tooOld)
  if (wasmAddress !== undefined) tfjs.setWasmPaths(everyBuild(wasmAddress))
  if (!(await withoutStrayListeners(() => tfjs.setBackend("wasm")))) throw new Error(notLoaded)
  return { tfjs }
}

const tooOld = "Training needs WebAssembly with vectors (SIMD), which this browser does not have; update it."
const notLoaded = "The training library's WebAssembly file could not be loaded; go online once, then try again."

/** tfjs wants an address for each of its builds, though only the one with vectors and without threads is ever asked for. */
function everyBuild(address: string) {
  const builds = ["tfjs-backend-wasm", "tfjs-backend-wasm-simd", "tfjs-backend-wasm-threaded-simd"]
  return Object.fromEntries(builds.map((name) => [`${name}.wasm`, address]))
}
