import { readFile } from "node:fs/promises"
import { loadEngine, type Engine } from "../host/run/engine/engine.ts"

let engine: Promise<Engine> | undefined

/**
 * The shipped engine, as the last build made it; loaded once. Tests refuse to run where the sources have changed since
 * (scripts/engine-guard.ts). ENGINE_UNDER_TEST names another binary, such as a planted mutant.
 */
export function builtEngine(): Promise<Engine> {
  engine ??= engineBytes().then(loadEngine)
  return engine
}

/** The bytes of that engine. */
export function engineBytes(): Promise<Buffer<ArrayBuffer>> {
  return readFile(process.env.ENGINE_UNDER_TEST ?? new URL("../build/engine.wasm", import.meta.url))
}
