import { type Engine, loadEngine } from "#engine/run"
import address from "#engine/wasm?url"

let engine: Promise<Engine> | undefined

/** The engine, fetched and compiled once; a failed try is not cached. */
export function fetchEngine(): Promise<Engine> {
  engine ??= load().catch((error: unknown) => {
    engine = undefined
    throw error
  })
  return engine
}

async function load(): Promise<Engine> {
  const response = await fetch(address)
  if (!response.ok)
    throw new Error("The engine could not be fetched. Check the connection and reload; your own data is safe.")
  return loadEngine(await response.arrayBuffer())
}
