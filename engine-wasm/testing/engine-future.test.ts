import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { Candles } from "../host/candles/candles.ts"
import { timeframesMs } from "../host/candles/timeframe.ts"
import { prepareRun } from "../host/run/engine/engine-run.ts"
import { openSession } from "../host/run/engine/engine-session.ts"
import { newInstance } from "../host/run/engine/engine.ts"
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

/** The run with every candle that ends after the moment changed; an open is known when it comes. */
function withAnotherFuture(request: ReferenceRequest, nowMs: number, random: () => number): ReferenceRequest {
  const markets = request.markets.map((market) => ({ ...market, candles: changedAfter(market.candles, nowMs, random) }))
  return { ...request, markets }
}

function changedAfter(candles: Candles, nowMs: number, random: () => number): Candles {
  const changed = { ...candles }
  for (const name of ["open", "high", "low", "close"] as const) changed[name] = candles[name].slice()
  // Prices come from the market itself, so that it keeps its grid and its highest price.
  const anyPrice = () => candles.close[Math.floor(random() * candles.close.length)]
  candles.openTimeMs.forEach((openMs, i) => {
    if (openMs + candles.timeframeMs <= nowMs) return
    if (openMs > nowMs) changed.open[i] = anyPrice()
    changed.close[i] = anyPrice()
    const prices = [changed.open[i], changed.close[i], anyPrice(), anyPrice()]
    changed.high[i] = Math.max(...prices)
    changed.low[i] = Math.min(...prices)
  })
  return changed
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

/** A whole run's records of candles that had ended by the moment. */
function doneBy(request: ReferenceRequest, nowMs: number) {
  const { trades, equity, rejected } = runEngine(request)
  const isPeer = request.account.fills !== "conservative"
  const strategyMs = timeframesMs[request.strategy.timeframe]
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

function expectFor(runs: fc.Arbitrary<RandomRun>, count: number): number {
  let trades = 0
  const property = fc.property(runs, fc.integer({ min: 0 }), (plan, seed) => {
    const random = seededRandom(seed)
    const request = requestOf(plan)
    const nowMs = someMoment(request, random)
    const other = withAnotherFuture(request, nowMs, random)
    const done = doneBy(request, nowMs)
    trades += done.trades.length
    expect(doneBy(other, nowMs)).toEqual(done)
    expect(stateAt(other, nowMs) === stateAt(request, nowMs), `all that is known at ${nowMs}`).toBe(true)
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
