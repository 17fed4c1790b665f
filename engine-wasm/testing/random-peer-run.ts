import fc from "fast-check"
import { defaultAccount, type AccountSettings, type FillMode } from "../host/run/backtest-request.ts"
import { strategySchema, type StrategyDocument } from "../host/strategy/document/strategy-document.ts"
import { randomDocument } from "./random-document.ts"
import { marketPlan } from "./random-market.ts"
import type { RandomRun } from "./random-run.ts"

/** Runs over one market's own candles, with only what freqtrade has something like. */
export const randomFreqtradeRun: fc.Arbitrary<RandomRun> = peerRun(
  { fills: "freqtrade", feePercents: [0, 0.1], leverages: [1, 1, 3] },
  ({ protect, ...rest }) => ({
    ...rest,
    size: { kind: "quote", amount: 100 },
    protect: {
      ...protect,
      breakEven: null,
      takeProfit: [],
      stopLoss: protect.stopLoss.kind === "percent" ? protect.stopLoss : { kind: "none" },
    },
  }),
)

/** The same with what backtesting.py has something like; always with a fee, so that no number of units is a tie. */
export const randomBacktestingPyRun: fc.Arbitrary<RandomRun> = peerRun(
  { fills: "backtesting.py", feePercents: [0.1], leverages: [1] },
  ({ protect, size, ...rest }) => ({
    ...rest,
    size: size.kind === "equity" ? size : { kind: "equity", percent: 100 },
    protect: {
      ...protect,
      breakEven: null,
      trailing: null,
      roi: [],
      takeProfit: protect.takeProfit
        .filter((target) => "percent" in target)
        .slice(0, 1)
        .map((target) => ({ ...target, share: 1 })),
      stopLoss: protect.stopLoss.kind === "percent" ? protect.stopLoss : { kind: "none" },
    },
  }),
)

type Peer = { fills: FillMode; feePercents: number[]; leverages: number[] }

function peerRun(
  { fills, feePercents, leverages }: Peer,
  own: (document: StrategyDocument) => unknown,
): fc.Arbitrary<RandomRun> {
  const terms = fc.record({ feePercent: fc.constantFrom(...feePercents), leverage: fc.constantFrom(...leverages) })
  const account: fc.Arbitrary<AccountSettings> = terms.map((some) => ({
    ...defaultAccount,
    cash: 1_000_003.713_579,
    fills,
    ...some,
  }))
  return fc.record({
    strategy: randomDocument("5m").map((document) =>
      strategySchema.parse({ ...(own(document) as object), add: null, limits: { maxOpenPositions: 1 } }),
    ),
    markets: fc.tuple(marketPlan("A/USDT", "5m", 160).map((plan) => ({ ...plan, fundingPercent: 0 }))),
    account,
    fromMinutes: fc.constant(null),
  })
}
