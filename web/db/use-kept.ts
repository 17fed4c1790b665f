import { useLiveQuery } from "dexie-react-hooks"
import { unavailableBecause } from "./unavailable.ts"

/** What the database holds: not known yet, known (and updated on every change), or out of reach. */
export type Kept<Value> =
  | { state: "loading" }
  | { state: "ready"; value: Value }
  | { state: "unavailable"; because: string }

// Without IndexedDB Dexie's live queries stay silent: they do not even fail.
const beforeAnyAnswer = globalThis.indexedDB
  ? ({ state: "loading" } as const)
  : ({ state: "unavailable", because: unavailableBecause(undefined) } as const)

/**
 * Reads from the database and keeps the answer up to date. A browser that keeps nothing for us is an answer, not a
 * crash.
 */
export function useKept<Value>(read: () => Promise<Value>, dependencies: unknown[] = []): Kept<Value> {
  return useLiveQuery(() => readSafely(read), dependencies, beforeAnyAnswer)
}

async function readSafely<Value>(read: () => Promise<Value>): Promise<Kept<Value>> {
  try {
    return { state: "ready", value: await read() }
  } catch (error) {
    return { state: "unavailable", because: unavailableBecause(error) }
  }
}
