import type { AccountSettings } from "../host/run/backtest-request.ts"
import type { MarketCandles } from "../host/run/engine/engine-session.ts"
import { resolvedStrategy } from "../host/strategy/document/strategy-document-params.ts"
import type { StrategyDocument } from "../host/strategy/document/strategy-document.ts"
import { timeframesMs } from "../host/candles/timeframe.ts"
import { equityNow, type Market, type Run, type Told } from "./reference-book.ts"
import { baseCandles, strategyCandles } from "./reference-candles.ts"
import { exitsAtOpen, entriesAtOpen, insideCandle } from "./reference-candle.ts"
import { decide } from "./reference-decisions.ts"
import { exitEverything } from "./reference-exit.ts"
import { formulaOf } from "./reference-formula.ts"
import { takeSample } from "./reference-sample.ts"

export type ReferenceRequest = {
  strategy: StrategyDocument
  markets: MarketCandles[]
  account: AccountSettings
  fromMs?: number
}

/**
 * A strategy document over candles by the rules of docs/fills.md, as plainly as they can be written: the second
 * opinion on the engine.
 * Numbers in rules comments are those of that page.
 */
export function referenceRun(request: ReferenceRequest): Told {
  const run = beginRun(request)
  // Rule 1: one clock for all markets.
  for (const timeMs of openTimes(run)) {
    closeUntil(run, timeMs)
    const here = run.markets.filter((market) => market.base[market.finished]?.openTimeMs === timeMs)
    for (const market of here) exitsAtOpen(run, market, market.base[market.finished])
    for (const market of here) entriesAtOpen(run, market, market.base[market.finished])
    for (const market of here) insideCandle(run, market, market.base[market.finished])
    for (const market of here) finishCandle(market)
  }
  closeUntil(run, endOfData(request))
  endRun(run)
  return run.told
}

function beginRun({ strategy, markets, account, fromMs = -Infinity }: ReferenceRequest): Run {
  const timeframeMs = timeframesMs[strategy.timeframe]
  const values = Object.fromEntries(Object.entries(strategy.params).map(([name, param]) => [name, param.value]))
  const numbers = Object.entries(values).map(([name, value]) => [name, { kind: "number", value: Number(value), at: 0 }])
  const series = Object.entries(strategy.series).map(([name, text]) => [name, formulaOf(text)])
  return {
    strategy: resolvedStrategy(strategy, values),
    names: Object.fromEntries([...numbers, ...series]),
    timeframeMs,
    account,
    fromMs,
    markets: markets.map((market, number) => beginMarket(market, number, timeframeMs)),
    cash: account.cash,
    peakEquity: account.cash,
    day: Number.NaN,
    dayStartEquity: account.cash,
    sample: account.cash,
    halted: false,
    told: { trades: [], equity: [], rejected: [], ambiguousCandles: 0, exposedSamples: 0 },
  }
}

function beginMarket({ market, candles }: MarketCandles, number: number, timeframeMs: number): Market {
  return {
    number,
    name: market,
    base: baseCandles(candles),
    strategy: strategyCandles(candles, timeframeMs),
    finished: 0,
    closed: 0,
    lastClose: Number.NaN,
    position: undefined,
    exit: undefined,
    entry: undefined,
    closesSinceExit: Infinity,
    closes: [],
    dust: 0,
  }
}

function openTimes(run: Run): number[] {
  const times = new Set(run.markets.flatMap((market) => market.base.map((candle) => candle.openTimeMs)))
  return [...times].sort((a, b) => a - b)
}

function endOfData({ markets }: ReferenceRequest): number {
  return Math.max(...markets.map(({ candles }) => (candles.openTimeMs.at(-1) ?? -Infinity) + candles.timeframeMs))
}

/** Rules 1.1 and 2: strategy candles that end by now close, the earliest end first. */
function closeUntil(run: Run, timeMs: number): void {
  for (;;) {
    const endMs = Math.min(...run.markets.map((market) => nextEnd(run, market)))
    if (!(endMs <= timeMs)) return
    closeAt(
      run,
      run.markets.filter((market) => nextEnd(run, market) === endMs),
      endMs,
    )
  }
}

function nextEnd(run: Run, market: Market): number {
  return (market.strategy.openTimeMs[market.closed] ?? Infinity) + run.timeframeMs
}

function closeAt(run: Run, markets: Market[], endMs: number): void {
  const counts = endMs - run.timeframeMs >= run.fromMs
  if (counts) {
    takeSample(run, endMs - run.timeframeMs)
    for (const market of markets) decide(run, market)
  }
  for (const market of markets) market.closed++
}

function finishCandle(market: Market): void {
  const candle = market.base[market.finished]
  if (market.entry && market.entry.delay > 0) market.entry.delay--
  market.finished++
  market.lastClose = candle.close
}

/** Rule 3. */
function endRun(run: Run): void {
  for (const market of run.markets) {
    const candle = market.base.at(-1)
    if (market.position && candle)
      exitEverything(run, market, { price: candle.close, timeMs: candle.openTimeMs, reason: "endOfData", slippage: 0 })
  }
  const last = run.told.equity.at(-1)
  if (last) last.equity = equityNow(run)
}
