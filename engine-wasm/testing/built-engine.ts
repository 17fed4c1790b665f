import { readFileSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { loadEngine, type Engine } from "../host/run/engine/engine.ts"
import { coreSources } from "./core-sources.ts"

let engine: Promise<Engine> | undefined

/**
 * The shipped engine, as the last build made it; loaded once. Throws where the sources have changed since: a test of
 * yesterday's engine proves nothing. ENGINE_UNDER_TEST names another binary, such as a planted mutant.
 */
export function builtEngine(): Promise<Engine> {
  engine ??= engineBytes().then(loadEngine)
  return engine
}

/** The bytes of that engine. */
export async function engineBytes(): Promise<Buffer<ArrayBuffer>> {
  const planted = process.env.ENGINE_UNDER_TEST
  if (planted) return readFile(planted)
  const built = JSON.parse(readFileSync(new URL("../build/core-sources.json", import.meta.url), "utf8")) as object
  const isMade = readFileSync(new URL("../build/engine.made-of", import.meta.url), "utf8") !== ""
  const now = await coreSources()
  if (!isMade || !isSame(built as Record<string, string>, now)) {
    throw new Error("The built engine is of other sources than these; run `npm run build` and test again.")
  }
  return readFile(new URL("../build/engine.wasm", import.meta.url))
}

function isSame(built: Record<string, string>, now: Record<string, string>): boolean {
  const names = Object.keys(now)
  return names.length === Object.keys(built).length && names.every((name) => built[name] === now[name])
}
