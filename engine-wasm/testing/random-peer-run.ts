import fc from "fast-check"
import { defaultAccount, type AccountSettings, type FillMode } from "../host/backtest-request.ts"
import { strategySchema, type StrategyDocument } from "../host/strategy-document.ts"
import { randomDocument } from "./random-document.ts"
import { marketPlan } from "./random-market.ts"
import type { RandomRun } from "./random-run.ts"

/** Runs over one market's own candles, with only what freqtrade has something like. */
export const randomFreqtradeRun: fc.Arbitrary<RandomRun> = peerRun("freqtrade", ({ protect, ...rest }) => ({
  ...rest,
  size: { kind: "quote", amount: 100 },
  protect: { ...protect, breakEven: null, takeProfit: [], stopLoss: protect.stopLoss.kind === "percent" ? protect.stopLoss : { kind: "none" } },
}))

function peerRun(fills: FillMode, own: (document: StrategyDocument) => unknown): fc.Arbitrary<RandomRun> {
  const account: fc.Arbitrary<AccountSettings> = fc.constantFrom(0, 0.1).map((feePercent) => ({ ...defaultAccount, cash: 1e6, fills, feePercent }))
  return fc.record({
    strategy: randomDocument("5m").map((document) => strategySchema.parse({ ...(own(document) as object), add: null, limits: { maxOpenPositions: 1 } })),
    markets: fc.tuple(marketPlan("A/USDT", "5m", 160).map((plan) => ({ ...plan, fundingPercent: 0 }))),
    account,
    fromMinutes: fc.constant(null),
  })
}
