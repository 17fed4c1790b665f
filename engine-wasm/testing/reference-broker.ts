import type { AccountSettings } from "../host/run/backtest-request.ts"
import type { MarketCandles } from "../host/run/engine/engine-session.ts"
import { resolvedStrategy } from "../host/strategy/document/strategy-document-params.ts"
import type { StrategyDocument } from "../host/strategy/document/strategy-document.ts"
import { timeframesMs } from "../host/candles/timeframe.ts"
import { equityNow, freeCash, type Market, type Run, type ReferenceRecord } from "./reference-book.ts"
import { baseCandles, strategyCandles } from "./reference-candles.ts"
import { exitsAtOpen, entriesAtOpen, insideCandle } from "./reference-candle.ts"
import { decide } from "./reference-decisions.ts"
import { exitEverything } from "./reference-exit.ts"
import { formulaOf } from "./reference-formula.ts"
import { setAside } from "./reference-set-aside.ts"
import { takeSample } from "./reference-sample.ts"

export type ReferenceRequest = {
  strategy: StrategyDocument
  markets: MarketCandles[]
  account: AccountSettings
  fromMs?: number
}

/**
 * A strategy document over candles by the rules of docs/fills.md, as plainly as they can be written: the second
 * opinion on the engine. Rule numbers in comments are those of that page.
 */
export function referenceRun(request: ReferenceRequest): ReferenceRecord {
  const run = beginRun(request)
  // Rule 1: one clock for all markets.
  for (const timeMs of moments(run)) {
    endCandles(run, timeMs)
    closeCandles(run, timeMs)
    leaveMarkets(run, timeMs)
    openCandles(run, timeMs)
  }
  endRun(run)
  return run.record
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
    isDayLost: false,
    sample: account.cash,
    halted: false,
    record: { trades: [], equity: [], rejected: [], ambiguousCandles: 0, exposedSamples: 0 },
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
    opened: undefined,
    freeBefore: undefined,
    hasLeft: false,
  }
}

/** When anything opens or ends, up to the end of the data. */
function moments(run: Run): number[] {
  const times = run.markets.flatMap((market) => [
    ...market.base.flatMap(({ openTimeMs, endTimeMs }) => [openTimeMs, endTimeMs]),
    ...market.strategy.endTimeMs,
  ])
  return [...new Set(times)].filter((timeMs) => timeMs <= endOfData(run)).sort((a, b) => a - b)
}

function endOfData({ markets }: Run): number {
  return Math.max(...markets.map(endOf))
}

function endOf({ base }: Market): number {
  return base.at(-1)?.endTimeMs ?? -Infinity
}

/** Rule 1.1: fills inside the candles that end now, then their closes. */
function endCandles(run: Run, timeMs: number): void {
  const ending = run.markets.filter((market) => market.opened && market.base[market.finished].endTimeMs === timeMs)
  for (const market of ending) {
    market.freeBefore = freeCash(run)
    insideCandle(run, market, market.base[market.finished])
    market.opened = market.freeBefore = undefined
  }
  for (const market of ending) finishCandle(market)
}

/** Rules 1.2 and 2: strategy candles that end now. */
function closeCandles(run: Run, timeMs: number): void {
  const isClosing = ({ hasLeft, strategy, closed }: Market) => !hasLeft && strategy.endTimeMs[closed] === timeMs
  const closing = run.markets.filter(isClosing)
  const counting = closing.filter(({ strategy, closed }) => strategy.openTimeMs[closed] >= run.fromMs)
  if (counting.length > 0) takeSample(run, counting[0].strategy.openTimeMs[counting[0].closed])
  for (const market of counting) decide(run, market)
  for (const market of closing) market.closed++
}

/** Rule 3: a market that ends before the others. */
function leaveMarkets(run: Run, timeMs: number): void {
  if (timeMs === endOfData(run)) return
  for (const market of run.markets.filter((market) => endOf(market) === timeMs)) {
    closeAtEnd(run, market)
    market.entry = undefined
    market.hasLeft = true
  }
}

/** Rules 1.3 to 1.5. */
function openCandles(run: Run, timeMs: number): void {
  const here = run.markets.filter((market) => market.base[market.finished]?.openTimeMs === timeMs)
  for (const market of here) exitsAtOpen(run, market, market.base[market.finished])
  for (const market of here) entriesAtOpen(run, market, market.base[market.finished])
  for (const market of here) setAside(run, market, market.base[market.finished])
}

function finishCandle(market: Market): void {
  const candle = market.base[market.finished]
  if (market.entry && market.entry.delay > 0) market.entry.delay--
  market.finished++
  market.lastClose = candle.close
}

/** Rule 3. */
function endRun(run: Run): void {
  for (const market of run.markets) closeAtEnd(run, market)
  const last = run.record.equity.at(-1)
  if (last) last.equity = equityNow(run)
}

function closeAtEnd(run: Run, market: Market): void {
  const candle = market.base.at(-1)
  if (market.position && candle)
    exitEverything(run, market, { price: candle.close, timeMs: candle.openTimeMs, reason: "endOfData", slippage: 0 })
}
