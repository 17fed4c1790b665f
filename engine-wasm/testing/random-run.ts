import fc from "fast-check"
import type { AccountSettings } from "../host/run/backtest-request.ts"
import type { StrategyDocument } from "../host/strategy/document/strategy-document.ts"
import type { Timeframe } from "../host/candles/timeframe.ts"
import { randomDocument, swarm } from "./random-document.ts"
import { marketOf, marketPlan, withoutHole, type MarketPlan } from "./random-market.ts"
import type { ReferenceRequest } from "./reference-broker.ts"

/** A whole run as plain JSON, so that a counterexample can be kept as a file. */
export type RandomRun = {
  strategy: StrategyDocument
  markets: MarketPlan[]
  account: AccountSettings
  fromMinutes: number | null
}

const marketNames = ["A/USDT", "B/USDT", "C/USDT"]

const terms = fc.record({
  feePercent: fc.constantFrom(0.1, 1),
  slippagePercent: fc.constantFrom(0.05, 1.5),
  delayCandles: fc.constantFrom(1, 3),
  feeFrom: fc.constant("received" as const),
  minNotional: fc.constantFrom(10, 60),
  quantityStep: fc.constantFrom(0.01, 0.3, 1),
  priceTick: fc.constantFrom(0.01, 0.5, 0.1),
  leverage: fc.constantFrom(3, 20),
})
const noTerms = {
  feePercent: 0,
  slippagePercent: 0,
  delayCandles: 0,
  feeFrom: "quote" as const,
  minNotional: 0,
  quantityStep: 0,
  priceTick: 0,
  leverage: 1,
}

/** Accounts with each of their terms by a coin, as documents are drawn. */
const account: fc.Arbitrary<AccountSettings> = fc
  .tuple(fc.constantFrom(1000, 1000, 20_000, 150), terms, swarm(Object.keys(noTerms)))
  .map(([cash, all, on]) => ({
    cash,
    fills: "conservative" as const,
    ...noTerms,
    ...Object.fromEntries(Object.entries(all).filter(([name]) => on.has(name))),
  }))

const clocks: fc.Arbitrary<{ base: Timeframe; own: Timeframe }> = fc.constantFrom(
  { base: "5m", own: "5m" },
  { base: "5m", own: "5m" },
  { base: "5m", own: "15m" },
  { base: "1m", own: "3m" },
  { base: "15m", own: "1h" },
)

/** Any strategy over one to three markets of different lengths, with holes, on finer candles or its own. */
export const randomRun: fc.Arbitrary<RandomRun> = runsOf({ longest: 160 })

/** The same over a few candles. */
export const shortRun: fc.Arbitrary<RandomRun> = runsOf({ longest: 25 })

/** The same over some thousand candles. */
export const longRun: fc.Arbitrary<RandomRun> = runsOf({ longest: 5_000 })

function runsOf({ longest }: { longest: number }): fc.Arbitrary<RandomRun> {
  return clocks.chain(({ base, own }) =>
    fc.record({
      strategy: randomDocument(own),
      markets: fc
        .constantFrom(1, 1, 2, 3)
        .chain((count) => fc.tuple(...marketNames.slice(0, count).map((name) => marketPlan(name, base, longest)))),
      account,
      fromMinutes: fc.constantFrom(null, null, 47, 120),
    }),
  )
}

/** One market on the strategy's own candles. */
export const plainRun: fc.Arbitrary<RandomRun> = fc.record({
  strategy: randomDocument("5m"),
  markets: fc.tuple(marketPlan("A/USDT", "5m", 400)),
  account,
  fromMinutes: fc.constantFrom(null, null, null, null, null, null, null, 47),
})

/** Two or three markets whose candles open at the same times, without holes, on the strategy's own candles. */
export const evenRun: fc.Arbitrary<RandomRun> = fc.record({
  strategy: randomDocument("5m"),
  markets: fc
    .constantFrom(2, 3)
    .chain((count) => fc.tuple(...marketNames.slice(0, count).map((name) => marketPlan(name, "5m", 400))))
    .map(evened),
  account,
  fromMinutes: fc.constantFrom(null, null, null, null, null, null, null, 47),
})

/**
 * Two or three markets whose candles differ in length, grid, beginning and end, in any order, on one strategy's
 * clock.
 */
export const mixedRun: fc.Arbitrary<RandomRun> = fc.record({
  strategy: randomDocument("15m"),
  markets: fc
    .constantFrom(2, 2, 3)
    .chain((count) => fc.tuple(...marketNames.slice(0, count).map((name) => mixedPlan(name)))),
  account,
  fromMinutes: fc.constantFrom(null, null, null, 47),
})

function mixedPlan(name: string): fc.Arbitrary<MarketPlan> {
  return fc
    .constantFrom(..."15m 15m 5m 3m 1m".split(" ").map((text) => text as Timeframe))
    .chain((timeframe) =>
      fc
        .tuple(marketPlan(name, timeframe, 200), fc.constantFrom(0, 0, 60_000, 150_000))
        .map(([plan, offGridMs]) => ({ ...plan, offGridMs })),
    )
}

function evened(plans: MarketPlan[]): MarketPlan[] {
  const length = Math.min(...plans.map(({ candles }) => candles.length))
  return plans.map((plan) => ({
    ...plan,
    startMs: plans[0].startMs,
    candles: plan.candles.slice(0, length).map(withoutHole),
  }))
}

/** The plan in both brokers' terms. */
export function requestOf({ strategy, markets, account, fromMinutes }: RandomRun): ReferenceRequest {
  const fromMs = fromMinutes === null ? undefined : markets[0].startMs + fromMinutes * 60_000
  return { strategy, markets: markets.map(marketOf), account, fromMs }
}
