import { readFile } from "node:fs/promises"
import { loadEngine, type Engine } from "../host/run/engine/engine.ts"

let engine: Promise<Engine> | undefined

/** The shipped engine, as the last build made it; loaded once. */
export function builtEngine(): Promise<Engine> {
  engine ??= readFile(new URL("../build/engine.wasm", import.meta.url)).then(loadEngine)
  return engine
}
