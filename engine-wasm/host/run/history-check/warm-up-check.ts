import { sliceCandles } from "../../candles/candles.ts"
import type { MarketCandles } from "../engine/engine-session.ts"
import { endedTrades, isSameTrade, type DecidedRun, type RunOver } from "./decided-run.ts"

/** How much history a strategy needs before its trades no longer depend on where the candles begin. */
export type WarmUpCheck = {
  /** Strategy candles of history tried before trading begins. */
  triedCandles: number[]
  /** Trades compared. */
  tradeCount: number
  /** From so many on all trades are the same; null: they differed with each that was tried. */
  sameFromCandles: number | null
}

const LENGTHS = [50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000]
/** Trading begins after this share of the history; what comes before warms up. */
const WARMED_SHARE = 0.6

/** Trades the same part of the history after warm-ups of different lengths, and compares the trades. */
export function warmUpIn(run: RunOver, markets: readonly MarketCandles[], strategyMs: number): WarmUpCheck {
  const firstMs = Math.max(...markets.map(({ candles }) => candles.openTimeMs[0] ?? Infinity))
  const lastMs = Math.max(...markets.map(({ candles }) => candles.openTimeMs.at(-1) ?? -Infinity))
  const fromMs = Math.ceil((firstMs + (lastMs - firstMs) * WARMED_SHARE) / strategyMs) * strategyMs
  // The longest is what the others are compared with.
  const triedCandles = LENGTHS.filter((length) => 1.5 * length * strategyMs <= fromMs - firstMs)
  const whole = triedCandles.length === 0 ? undefined : run.whole(markets, fromMs)
  if (!whole) return { triedCandles, tradeCount: 0, sameFromCandles: null }
  const isSame = triedCandles.map((length) => {
    const later = markets.map((market) => ({
      ...market,
      candles: sliceCandles(market.candles, { fromMs: fromMs - length * strategyMs }),
    }))
    return hasSameTrades(whole, run.whole(later, fromMs))
  })
  const lastOther = isSame.lastIndexOf(false)
  return {
    triedCandles,
    tradeCount: whole.trades.count,
    sameFromCandles: triedCandles[lastOther + 1] ?? null,
  }
}

function hasSameTrades({ trades: one }: DecidedRun, { trades: other }: DecidedRun): boolean {
  const [ours, theirs] = [one, other].map((trades) => endedTrades(trades, () => true))
  return ours.length === theirs.length && ours.every((n, at) => isSameTrade(one, n, other, theirs[at]))
}
