import { DAY_MS } from "../candles/timeframe.ts"
import type { RunRecord } from "./run-record.ts"

/** How one part of a run went. */
export type RunPart = {
  returnPercent: number
  days: number
  /** Trades closed within it. */
  tradeCount: number
}

/**
 * A run cut in two at a moment: how the money did before it and from it on. Both are the same run, so positions open
 * at the cut stay open. Undefined where one part would have no sample.
 */
export function splitResult(run: RunRecord, atMs: number): { seen: RunPart; unseen: RunPart } | undefined {
  const { openTimeMs, equity } = run.equity
  // The first sample after the cut.
  const cut = openTimeMs.findIndex((timeMs) => timeMs + run.timeframeMs > atMs)
  if (cut <= 0) return undefined
  const [before, end] = [equity[cut - 1], equity[equity.length - 1]]
  const endMs = openTimeMs[openTimeMs.length - 1] + run.timeframeMs
  return {
    seen: partOf(run, { from: run.cash, to: before, fromMs: openTimeMs[0], toMs: atMs }),
    unseen: partOf(run, { from: before, to: end, fromMs: atMs, toMs: endMs }),
  }
}

/** The share of a period that is looked at by itself, as if it had not been seen. */
const UNSEEN_SHARE = 0.3

/** A run cut where its last part begins. */
export function splitAtLastPart(run: RunRecord): ReturnType<typeof splitResult> {
  const { openTimeMs } = run.equity
  const [firstMs, lastMs] = [openTimeMs[0] ?? 0, openTimeMs.at(-1) ?? 0]
  return splitResult(run, lastMs - UNSEEN_SHARE * (lastMs - firstMs))
}

type Stretch = { from: number; to: number; fromMs: number; toMs: number }

function partOf({ trades }: RunRecord, { from, to, fromMs, toMs }: Stretch): RunPart {
  const exits = trades.exitTimeMs.subarray(0, trades.count)
  return {
    returnPercent: from > 0 ? (to / from - 1) * 100 : 0,
    days: (toMs - fromMs) / DAY_MS,
    tradeCount: exits.reduce((count, exitMs) => count + Number(exitMs >= fromMs && exitMs < toMs), 0),
  }
}
