import { useEffect, useEffectEvent, useRef, useState } from "react"
import { BackgroundWorker } from "../../worker/background-worker.ts"
import type { ChartColumns } from "../../run/chart-columns.ts"
import type { SavedMarket } from "../../db/market-catalogue.ts"
import { unavailableIfDatabase } from "../../db/unavailable.ts"
import { toastWithUndo } from "../../ui/toast.tsx"
import type { Inspection, MendApi, WantedMend } from "./mend-worker.ts"
import address from "./mend-worker.ts?worker&url"

export type { Inspection, WantedMend } from "./mend-worker.ts"

/** The worker's answer: not yet, ready, or why it failed. */
export type Reading<Value> =
  | { state: "loading" }
  | { state: "ready"; value: Value }
  | { state: "failed"; because: string }

let worker: BackgroundWorker<MendApi> | undefined
/** Checks of this visit, by their inputs: a list of markets is checked once. */
const inspections = new Map<string, Promise<Inspection>>()

/** What is odd about a market's candles; checked again whenever they or its mends change. */
export function useInspection(market: SavedMarket): Reading<Inspection> {
  return useReading(
    `${market.id} ${market.hash} ${market.mends.map(({ atMs }) => atMs).join()} ${market.fetched.length}`,
    (key) => {
      const known = inspections.get(key) ?? ask((remote) => remote.inspect(market))
      inspections.set(key, known)
      known.catch(() => inspections.delete(key)) // worth another try
      return known
    },
  )
}

/** A market's prices, to draw. */
export function usePrices(market: SavedMarket): Reading<ChartColumns> {
  return useReading(`${market.id} ${market.hash}`, () => ask((remote) => remote.prices(market)))
}

/** Mends defects, says so, and offers to undo it. Resolves when it is kept, to a sentence when that failed. */
export async function mend(market: SavedMarket, wanted: WantedMend, done: string): Promise<string | undefined> {
  const atMs = Date.now()
  try {
    await ask((remote) => remote.mend(market, wanted, atMs))
  } catch (error) {
    return `Nothing was changed: ${because(error)}`
  }
  void toastWithUndo({ text: done, onUndo: () => void undoMend(market, atMs), onExpire: () => {} })
}

/** Restores a market's candles to before the mend of that moment. */
export async function undoMend(market: SavedMarket, atMs: number) {
  await ask((remote) => remote.undo(market, atMs))
}

function ask<Answer>(
  question: (remote: Parameters<Parameters<BackgroundWorker<MendApi>["call"]>[0]>[0]) => Promise<Answer>,
): Promise<Answer> {
  worker ??= new BackgroundWorker<MendApi>(address)
  return worker.call(question)
}

// A download changes a market twenty times a second; checking a million candles each time would hold it up.
const QUIET_MS = 400

/** While the next answer is on its way the last one stays, so that nothing flickers. */
function useReading<Value>(key: string, read: (key: string) => Promise<Value>): Reading<Value> {
  const [reading, setReading] = useState<Reading<Value>>({ state: "loading" })
  const isFirst = useRef(true)
  const onKey = useEffectEvent(read)
  useEffect(() => {
    let isGone = false
    const look = () =>
      void onKey(key).then(
        (value) => !isGone && setReading({ state: "ready", value }),
        (error: unknown) => !isGone && setReading({ state: "failed", because: because(error) }),
      )
    const timer = setTimeout(look, isFirst.current ? 0 : QUIET_MS)
    isFirst.current = false
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [key])
  return reading
}

function because(error: unknown): string {
  return unavailableIfDatabase(error) ?? (error as Error).message
}
