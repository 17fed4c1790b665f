import { useLiveQuery } from "dexie-react-hooks"
import { isQuotaError } from "./database.ts"

/** What the database holds: not known yet, known (and told again whenever it changes), or out of reach. */
export type Kept<Value> = { state: "loading" } | { state: "ready"; value: Value } | { state: "unavailable"; because: string }

const loading = { state: "loading" } as const

/** Reads from the database and keeps the answer up to date. A browser that keeps nothing for us is an answer, not a crash. */
export function useKept<Value>(read: () => Promise<Value>, dependencies: unknown[] = []): Kept<Value> {
  return useLiveQuery(() => readSafely(read), dependencies, loading)
}

async function readSafely<Value>(read: () => Promise<Value>): Promise<Kept<Value>> {
  try {
    return { state: "ready", value: await read() }
  } catch (error) {
    return { state: "unavailable", because: unavailableBecause(error) }
  }
}

/** Why nothing can be kept, and what to do about it. */
export function unavailableBecause(error: unknown): string {
  if (isQuotaError(error)) return "The disk space this browser gives to Candlewright is used up. Delete a market under Data, or free some space, and try again."
  return "This browser keeps no data for Candlewright: that is usual in a private window. The sample market still works; to import your own candles, open a normal window."
}
