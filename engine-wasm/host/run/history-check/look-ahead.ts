import { countBefore, sliceCandles, type Candles } from "../../candles/candles.ts"
import type { TradeColumns } from "../../result/backtest-result.ts"
import type { MarketCandles } from "../engine/engine-session.ts"
import { endedTrades, isSameTrade, type DecidedRun, type RunOver } from "./decided-run.ts"

/** What a shorter history decided otherwise, though it had not happened yet. */
export type LookAhead = { atMs: number; what: "trade" | "equity" | "refusal" | "line" | "wish" }
export type LookAheadCheck = { cuts: number; found?: LookAhead }

const CUTS = 8

/**
 * Runs over histories that end earlier and compares what was decided until then: what a strategy decides by a moment
 * must not depend on what comes after it. Knowledge that the strategy was written with, or that a candle file's further
 * columns carry, cannot be seen this way.
 */
export function lookAheadIn(run: RunOver, markets: readonly MarketCandles[], strategyMs: number): LookAheadCheck {
  const moments = cutsOf(markets, strategyMs)
  const whole = run.whole(markets)
  for (const nowMs of moments) {
    const ended = markets.map((market) => ({ ...market, candles: sliceCandles(market.candles, { toMs: nowMs }) }))
    const found =
      firstDifference(whole, run.whole(ended), { nowMs, markets, strategyMs }) ??
      wishDifference(run, { nowMs, markets, strategyMs }, ended)
    if (found) return { cuts: moments.length, found }
  }
  return { cuts: moments.length }
}

/** What it wants next, at the end of the shorter history, where no candle is left that would show it. */
function wishDifference(
  run: RunOver,
  { nowMs, markets, strategyMs }: Cut,
  ended: MarketCandles[],
): LookAhead | undefined {
  if (!goesOn(markets, nowMs)) return undefined
  const [one, other] = [markets, ended].map((candles) => run.stateAt(candles, nowMs))
  const isSame = one.length === other.length && one.every((byte, at) => byte === other[at])
  return isSame ? undefined : { atMs: nowMs - strategyMs, what: "wish" }
}

/** Moments at which strategy candles open, evenly spread after every market has begun. */
function cutsOf(markets: readonly MarketCandles[], strategyMs: number): number[] {
  const fromMs = Math.max(...markets.map(({ candles }) => candles.openTimeMs[0] ?? Infinity))
  const toMs = Math.max(...markets.map(({ candles }) => candles.openTimeMs.at(-1) ?? -Infinity))
  const step = (toMs - fromMs) / (CUTS + 1)
  const moments = Array.from({ length: CUTS }, (_, n) => {
    const earliest = Math.ceil((fromMs + step * (n + 1)) / strategyMs) * strategyMs
    for (let nowMs = earliest; nowMs < Math.min(toMs, earliest + step); nowMs += strategyMs)
      if (markets.every(({ candles }) => isWholeUntil(candles, nowMs))) return nowMs
    return undefined
  })
  return moments.filter((nowMs) => nowMs !== undefined)
}

/**
 * Whether a market has a candle that ends at the moment, or ended before for good: one that pauses there would seem to
 * have ended, and its positions with it.
 */
function isWholeUntil({ openTimeMs, timeframeMs }: Candles, nowMs: number): boolean {
  const last = countBefore(openTimeMs, nowMs) - 1
  return openTimeMs[last] + timeframeMs >= nowMs || last === openTimeMs.length - 1
}

/** Whether every market goes on over the moment without a pause, with a candle that ends at it. */
function goesOn(markets: readonly MarketCandles[], nowMs: number): boolean {
  return markets.every(({ candles: { openTimeMs, timeframeMs } }) => {
    const next = countBefore(openTimeMs, nowMs)
    return openTimeMs[next - 1] + timeframeMs === nowMs && openTimeMs[next] === nowMs
  })
}

type Cut = { nowMs: number; markets: readonly MarketCandles[]; strategyMs: number }

function firstDifference(whole: DecidedRun, cut: DecidedRun, at: Cut): LookAhead | undefined {
  const longestMs = Math.max(at.strategyMs, ...at.markets.map(({ candles }) => candles.timeframeMs))
  // That a candle is missing shows when the next one comes: until then a longer candle may wait.
  const doneMs = at.nowMs - (goesOn(at.markets, at.nowMs) ? 1 : longestMs)
  const found = [
    tradeDifference(whole.trades, cut.trades, doneMs - longestMs),
    equityDifference(whole, cut, doneMs - longestMs),
    refusalDifference(whole, cut, doneMs - longestMs),
    lineDifference(whole, cut, doneMs),
  ].filter((one) => one !== undefined)
  return found.toSorted((one, other) => one.atMs - other.atMs)[0]
}

function tradeDifference(whole: TradeColumns, cut: TradeColumns, untilMs: number): LookAhead | undefined {
  const [ours, theirs] = [whole, cut].map((trades) => endedTrades(trades, (n) => trades.exitTimeMs[n] <= untilMs))
  for (let at = 0; at < Math.max(ours.length, theirs.length); at++) {
    const [n, m] = [ours[at], theirs[at]]
    if (n !== undefined && m !== undefined && isSameTrade(whole, n, cut, m)) continue
    const entries = [n === undefined ? Infinity : whole.entryTimeMs[n], m === undefined ? Infinity : cut.entryTimeMs[m]]
    return { atMs: Math.min(...entries), what: "trade" }
  }
  return undefined
}

function equityDifference(
  { equity: whole }: DecidedRun,
  { equity: cut }: DecidedRun,
  untilMs: number,
): LookAhead | undefined {
  // The last sample of a history comes after its open positions are closed.
  for (let at = 0; at < cut.equity.length - 1; at++) {
    if (cut.openTimeMs[at] > untilMs) return undefined
    if (!Object.is(whole.equity[at], cut.equity[at])) return { atMs: cut.openTimeMs[at], what: "equity" }
  }
  return undefined
}

function refusalDifference(whole: DecidedRun, cut: DecidedRun, untilMs: number): LookAhead | undefined {
  const [ours, theirs] = [whole, cut].map(({ rejected }) => rejected.filter(({ timeMs }) => timeMs <= untilMs))
  for (let at = 0; at < Math.max(ours.length, theirs.length); at++) {
    const [one, other] = [ours[at], theirs[at]]
    const isSame = one?.timeMs === other?.timeMs && one?.market === other?.market && one?.reason === other?.reason
    if (!isSame) return { atMs: Math.min(one?.timeMs ?? Infinity, other?.timeMs ?? Infinity), what: "refusal" }
  }
  return undefined
}

function lineDifference(
  { shown: whole }: DecidedRun,
  { shown: cut }: DecidedRun,
  untilMs: number,
): LookAhead | undefined {
  if (!whole || !cut) return undefined
  const differences = cut.series.flatMap(({ name, values }) => {
    const other = whole.series.find((series) => series.name === name)?.values
    const at = values.findIndex((value, n) => !Object.is(value, other?.[n]))
    return at >= 0 && cut.openTimeMs[at] <= untilMs ? [cut.openTimeMs[at]] : []
  })
  return differences.length === 0 ? undefined : { atMs: Math.min(...differences), what: "line" }
}
