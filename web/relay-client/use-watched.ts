import { useEffect, useState } from "react"
import { RelayAway, RelayRefusal } from "./relay.ts"
import { hearNews } from "./relay-news.ts"

/** What the relay said last. With `awayBecause` it has not answered since `awaySinceMs`, and the value is from before. */
export type Watched<Value> =
  | { state: "loading" }
  | { state: "ready"; value: Value; awayBecause?: string; awaySinceMs?: number }
  | { state: "failed"; because: string; isUnknown: boolean }

/**
 * What the relay answers, again and again for as long as it is shown. `ask` is the same function from one drawing to
 * the next; another one begins anew.
 */
export function useWatched<Value>(ask: () => Promise<Value>): Watched<Value> {
  const [watched, setWatched] = useState<Watched<Value>>({ state: "loading" })
  useEffect(() => {
    const watch = watchOver(ask, (change) => setWatched(change))
    return watch
  }, [ask])
  return watched
}

type Change<Value> = (before: Watched<Value>) => Watched<Value>

/** Asks now and at all news, one after the other. */
function watchOver<Value>(ask: () => Promise<Value>, onAnswer: (change: Change<Value>) => void): () => void {
  let isOpen = true
  let asked: Promise<void> | undefined
  let isStale = false
  const look = async () => {
    isStale = asked !== undefined
    if (isStale) return
    asked = lookOnce()
    await asked
    asked = undefined
    if (isStale && isOpen) void look()
  }
  const lookOnce = async () => {
    const change = await answerOf(ask)
    if (isOpen) onAnswer(change)
  }
  void look()
  const deaf = hearNews(() => void look())
  return () => {
    isOpen = false
    deaf()
  }
}

async function answerOf<Value>(ask: () => Promise<Value>): Promise<Change<Value>> {
  try {
    const value = await ask()
    return () => ({ state: "ready", value })
  } catch (error) {
    const because = (error as Error).message
    const isUnknown = error instanceof RelayRefusal && error.code === "unknown-id"
    return (before) =>
      before.state === "ready" && error instanceof RelayAway
        ? { ...before, awayBecause: because, awaySinceMs: before.awaySinceMs ?? Date.now() }
        : { state: "failed", because, isUnknown }
  }
}
