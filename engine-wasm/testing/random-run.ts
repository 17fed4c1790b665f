import fc from "fast-check"
import type { AccountSettings } from "../host/run/backtest-request.ts"
import type { StrategyDocument } from "../host/strategy/document/strategy-document.ts"
import type { Timeframe } from "../host/candles/timeframe.ts"
import { randomDocument } from "./random-document.ts"
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

const account: fc.Arbitrary<AccountSettings> = fc.record({
  cash: fc.constantFrom(1000, 1000, 20_000, 150),
  feePercent: fc.constantFrom(0, 0.1, 1),
  slippagePercent: fc.constantFrom(0, 0, 0.05, 1.5),
  delayCandles: fc.constantFrom(0, 0, 0, 1, 3),
  fills: fc.constant("conservative" as const),
  feeFrom: fc.constantFrom("quote" as const, "quote" as const, "received" as const),
  minNotional: fc.constantFrom(0, 0, 10),
  quantityStep: fc.constantFrom(0, 0, 0.01, 0.3, 1),
  priceTick: fc.constantFrom(0, 0.01, 0.5, 0.1),
  leverage: fc.constantFrom(1, 1, 3, 20),
})

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

/** Two or three markets whose candles open at the same times, without holes, on the strategy's own candles. */
export const evenRun: fc.Arbitrary<RandomRun> = fc.record({
  strategy: randomDocument("5m"),
  markets: fc
    .constantFrom(2, 3)
    .chain((count) => fc.tuple(...marketNames.slice(0, count).map((name) => marketPlan(name, "5m", 400))))
    .map(evened),
  account,
  fromMinutes: fc.constantFrom(null, null, null, 47),
})

function evened(plans: MarketPlan[]): MarketPlan[] {
  const length = Math.min(...plans.map(({ candles }) => candles.length))
  return plans.map((plan) => ({
    ...plan,
    startMs: plans[0].startMs,
    candles: plan.candles.slice(0, length).map(withoutHole),
  }))
}

/** The plan as both brokers take it. */
export function requestOf({ strategy, markets, account, fromMinutes }: RandomRun): ReferenceRequest {
  const fromMs = fromMinutes === null ? undefined : markets[0].startMs + fromMinutes * 60_000
  return { strategy, markets: markets.map(marketOf), account, fromMs }
}
