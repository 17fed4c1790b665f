import { isoTime } from "../../candles/iso-time.ts"
import { timeframesMs, type Timeframe } from "../../candles/timeframe.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import type { MarketCandles } from "../engine/engine-session.ts"
import type { History, Period } from "./optimisation.ts"

/** Fewer strategy candles than this in either part say nothing. */
const FEWEST_CANDLES = 50

/** The candles of all markets within a period. `toMs` is the end of the last one. */
export function historyOf(markets: readonly MarketCandles[], { fromMs = -Infinity, toMs = Infinity }): History {
  const all = markets.map(({ candles: { openTimeMs, timeframeMs } }) => {
    const times = openTimeMs.filter((timeMs) => timeMs >= fromMs && timeMs < toMs)
    return { fromMs: times[0] ?? Infinity, toMs: (times.at(-1) ?? -Infinity) + timeframeMs, candles: times.length }
  })
  return {
    fromMs: Math.min(...all.map((one) => one.fromMs)),
    toMs: Math.max(...all.map((one) => one.toMs)),
    candles: all.reduce((sum, { candles }) => sum + candles, 0),
  }
}

/** The part a search may look at, and the last part, which is locked away; cut where a strategy candle opens. */
export type Parts = { training: Period; heldOut: Period | undefined }

/** Cuts a history, or says why it is too short for that. */
export function splitHistory(
  { fromMs, toMs }: Period,
  { holdOutPercent, timeframe }: { holdOutPercent: number; timeframe: Timeframe },
): ({ ok: true } & Parts) | { ok: false; problems: StrategyProblem[] } {
  const candleMs = timeframesMs[timeframe]
  const heldMs = Math.floor(((toMs - fromMs) * holdOutPercent) / 100 / candleMs) * candleMs
  const cutMs = toMs - heldMs
  const isShort = (lengthMs: number) => lengthMs < FEWEST_CANDLES * candleMs
  if (isShort(cutMs - fromMs) || (heldMs > 0 && isShort(heldMs)))
    return { ok: false, problems: [{ path: "period", because: tooShort({ fromMs, toMs }, holdOutPercent) }] }
  return {
    ok: true,
    training: { fromMs, toMs: cutMs },
    heldOut: heldMs > 0 ? { fromMs: cutMs, toMs } : undefined,
  }
}

function tooShort({ fromMs, toMs }: Period, holdOutPercent: number): string {
  const history = toMs > fromMs ? `from ${isoTime(fromMs)} to ${isoTime(toMs)}` : "without a candle"
  return `the history ${history} is too short to lock ${holdOutPercent} % of it away: each part needs at least ${FEWEST_CANDLES} of the strategy's candles. Take a longer history or a shorter timeframe`
}
