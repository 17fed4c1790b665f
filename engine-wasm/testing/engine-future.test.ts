import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { Candles } from "../host/candles/candles.ts"
import { priceDecimalsOf } from "../host/candles/price-decimals.ts"
import { timeframesMs } from "../host/candles/timeframe.ts"
import { prepareRun } from "../host/run/engine/engine-run.ts"
import { openSession } from "../host/run/engine/engine-session.ts"
import { newInstance } from "../host/run/engine/engine.ts"
import { conditionsOf, type StrategyDocument } from "../host/strategy/document/strategy-document.ts"
import { builtEngine } from "./built-engine.ts"
import { seededRandom } from "./random-candles.ts"
import { peerPortfolio } from "./random-peer-run.ts"
import { evenRun, mixedRun, randomRun, requestOf, type RandomRun } from "./random-run.ts"
import { engineRunner } from "./reference-agreement.ts"
import type { ReferenceRequest } from "./reference-broker.ts"

const engine = await builtEngine()
const runEngine = engineRunner(engine)
const instance = newInstance(engine)
const floor = instance.mark()

/** A future: what its prices are to those of now, and whether candles are missing in it. */
type Future = { price: (now: number, random: () => number) => number; isShorter: boolean }

const futures: Record<string, Future> = {
  "of the same prices": { price: (now) => now, isShorter: false },
  "with digits none had before": { price: (now, random) => now * (1 + random() / 100), isShorter: false },
  "a thousand times higher": { price: (now) => Math.round(now * 1e5) / 100, isShorter: false },
  "of fifteen digits": { price: (now) => Number((now * 1.000_000_123).toPrecision(15)) * 1e8, isShorter: false },
  "a thousandth as high": { price: (now) => now / 1024, isShorter: false },
  "with fewer candles": { price: (now) => now, isShorter: true },
}

/** The run with every candle that ends after the moment changed; an open is known when it comes. */
function withAnotherFuture(
  request: ReferenceRequest,
  nowMs: number,
  future: Future,
  random: () => number,
): ReferenceRequest {
  const markets = request.markets.map((market) => ({
    ...market,
    candles: changedAfter(market.candles, nowMs, future, random),
  }))
  return { ...request, markets }
}

function changedAfter(candles: Candles, nowMs: number, { price, isShorter }: Future, random: () => number): Candles {
  const extra = Object.fromEntries(Object.entries(candles.extra).map(([name, column]) => [name, column.slice()]))
  const changed = { ...candles, extra, volume: candles.volume.slice() }
  for (const name of ["open", "high", "low", "close"] as const) changed[name] = candles[name].slice()
  const any = (column: Float64Array) => column[Math.floor(random() * column.length)]
  const anyPrice = () => price(any(candles.close), random)
  candles.openTimeMs.forEach((openMs, i) => {
    if (openMs + candles.timeframeMs <= nowMs) return
    if (openMs > nowMs) changed.open[i] = anyPrice()
    changed.close[i] = anyPrice()
    const prices = [changed.open[i], changed.close[i], anyPrice(), anyPrice()]
    changed.high[i] = Math.max(...prices)
    changed.low[i] = Math.min(...prices)
    changed.volume[i] = Math.floor(random() * 1000) / 8
    for (const [name, column] of Object.entries(candles.extra)) extra[name][i] = any(column)
  })
  const known = { ...changed, priceDecimals: priceDecimalsOf(changed) }
  return isShorter ? withoutSome(known, nowMs, random) : known
}

/** Without a part of the candles that open after the moment, here and there and at the end. */
function withoutSome(candles: Candles, nowMs: number, random: () => number): Candles {
  const endMs = nowMs + random() * (candles.openTimeMs.at(-1)! - nowMs)
  const stays = candles.openTimeMs.map((openMs) => Number(openMs <= nowMs || (openMs <= endMs && random() < 0.8)))
  const kept = (column: Float64Array) => column.filter((_, i) => stays[i] === 1)
  const { openTimeMs, open, high, low, close, volume } = candles
  const extra = Object.fromEntries(Object.entries(candles.extra).map(([name, column]) => [name, kept(column)]))
  const [times, opens, highs, lows, closes, volumes] = [openTimeMs, open, high, low, close, volume].map(kept)
  return { ...candles, openTimeMs: times, open: opens, high: highs, low: lows, close: closes, volume: volumes, extra }
}

/** The strategy with its entries on hours, and on volume and a further column besides. */
function onSlowerCandles({ strategy, ...request }: ReferenceRequest): ReferenceRequest {
  const side = (rules: StrategyDocument["long"]): StrategyDocument["long"] => {
    if (!rules) return rules
    const { join, formulas } = conditionsOf(rules.enter)
    const slower = formulas.map((text, n) =>
      n % 2 === 0 ? `(${text}) @ 1h or volume > volume[1]` : `${text} or (mark @ 1h) > 2`,
    )
    return { ...rules, enter: join === "all" ? { all: slower } : { any: slower } }
  }
  const markets = request.markets.map(({ candles, ...market }) => ({
    ...market,
    candles: { ...candles, extra: { ...candles.extra, mark: candles.close.map((close) => Math.round(close * 7) % 5) } },
  }))
  return { ...request, markets, strategy: { ...strategy, long: side(strategy.long), short: side(strategy.short) } }
}

/** Some moment at which a candle of some market opens. */
function someMoment({ markets }: ReferenceRequest, random: () => number): number {
  const times = markets[Math.floor(random() * markets.length)].candles.openTimeMs
  return times[Math.floor(random() * times.length)]
}

/** Everything the engine remembers once it has handled what ends by the moment and what opens at it, to the byte. */
function stateAt(request: ReferenceRequest, nowMs: number): string {
  instance.release(floor)
  const prepared = prepareRun(openSession(engine, request.markets, instance), request)
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems))
  while (instance.advance(65_536, nowMs + 0.5) > 0) instance.emptyRecords()
  const state = new Uint8Array(instance.memory.buffer, instance.stateAddress(), instance.stateBytes())
  return Buffer.from(state).toString("base64")
}

const strategyMsOf = ({ strategy }: ReferenceRequest) => timeframesMs[strategy.timeframe]

/** A whole run's records of candles that had ended by the moment. */
function doneBy(request: ReferenceRequest, nowMs: number) {
  const { trades, equity, rejected } = runEngine(request)
  const isPeer = request.account.fills !== "conservative"
  const strategyMs = strategyMsOf(request)
  const lengths = request.markets.map(({ candles }) => (isPeer ? strategyMs : candles.timeframeMs))
  const numberOf = new Map(request.markets.map(({ market }, n) => [market, n]))
  return {
    trades: trades.filter(
      ({ market, exitTimeMs, exitReason }) => exitReason !== "endOfData" && exitTimeMs + lengths[market] <= nowMs,
    ),
    // Off the grid a strategy candle closes with its last base candle.
    equity: equity.slice(0, -1).filter(({ openTimeMs }) => openTimeMs + strategyMs + Math.max(...lengths) <= nowMs),
    rejected: rejected.filter(({ market, timeMs }) => timeMs + lengths[numberOf.get(market)!] <= nowMs),
  }
}

function longestCandleMs(request: ReferenceRequest): number {
  return Math.max(strategyMsOf(request), ...request.markets.map(({ candles }) => candles.timeframeMs))
}

function expectFor(runs: fc.Arbitrary<RandomRun>, count: number): number {
  let trades = 0
  const futureName = fc.constantFrom(...Object.keys(futures))
  const property = fc.property(runs, futureName, fc.boolean(), fc.nat(), (plan, name, isSlower, seed) => {
    const random = seededRandom(seed)
    const request = isSlower ? onSlowerCandles(requestOf(plan)) : requestOf(plan)
    const nowMs = someMoment(request, random)
    const other = withAnotherFuture(request, nowMs, futures[name], random)
    const isShorter = futures[name].isShorter
    // That a candle is missing shows when the next one comes: until then a longer candle or a sample may wait.
    const waitMs = isShorter ? longestCandleMs(request) : 0
    const done = doneBy(request, nowMs - waitMs)
    const otherDone = doneBy(other, nowMs - waitMs)
    trades += done.trades.length
    expect({ ...otherDone, equity: isShorter ? done.equity : otherDone.equity }).toEqual(done)
    // A market's first price, when it comes, says what it is counted in.
    const haveBegun = request.markets.every(({ candles }) => candles.openTimeMs[0] <= nowMs)
    const isSame = isShorter || !haveBegun || stateAt(other, nowMs) === stateAt(request, nowMs)
    expect(isSame, `all that is known at ${nowMs}`).toBe(true)
  })
  fc.assert(property, { numRuns: count })
  return trades
}

describe("changing anything that ends after a moment changes nothing done at it", () => {
  test.for([
    ["one market and several of one length", randomRun, 200],
    ["markets that share every candle", evenRun, 100],
    ["candles of any length and grid", mixedRun, 200],
    ["the same under the fills of freqtrade and backtesting.py", peerPortfolio, 200],
  ] as const)("over %s", ([, runs, count]) => {
    expect(expectFor(runs, count)).toBeGreaterThan(count / 2)
  })
})
