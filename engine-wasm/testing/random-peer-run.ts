import fc from "fast-check"
import { defaultAccount, type AccountSettings, type FillMode } from "../host/run/backtest-request.ts"
import { strategySchema, type StrategyDocument } from "../host/strategy/document/strategy-document.ts"
import { randomDocument } from "./random-document.ts"
import { marketPlan } from "./random-market.ts"
import { mixedRun, type RandomRun } from "./random-run.ts"

/** Runs over one market's own candles, with only the features freqtrade has. */
export const randomFreqtradeRun: fc.Arbitrary<RandomRun> = peerRun(
  { fills: "freqtrade", feePercents: [0, 0.1], leverages: [1, 1, 3] },
  (document) => ({ ...inFreqtradesWay(document), size: { kind: "quote", amount: 100 } }),
)

/** The same with backtesting.py's features; always with a fee, so that no number of units is a tie. */
export const randomBacktestingPyRun: fc.Arbitrary<RandomRun> = peerRun(
  { fills: "backtesting.py", feePercents: [0.1], leverages: [1] },
  ({ size, ...rest }) => ({
    ...inBacktestingPysWay(rest),
    size: size.kind === "equity" ? size : { kind: "equity", percent: 100 },
  }),
)

/** Portfolios of any candles, sizes and limits under fills of another program. */
export const peerPortfolio: fc.Arbitrary<RandomRun> = fc
  .tuple(mixedRun, fc.constantFrom("freqtrade" as const, "backtesting.py" as const))
  .map(([{ strategy, account, ...run }, fills]) => ({
    ...run,
    account: { ...account, fills, slippagePercent: 0, delayCandles: 0 },
    strategy: strategySchema.parse({
      ...(fills === "freqtrade" ? inFreqtradesWay(strategy) : inBacktestingPysWay(strategy)),
      add: null,
    }),
  }))

function inFreqtradesWay<Document extends Pick<StrategyDocument, "protect">>({ protect, ...rest }: Document) {
  const stopLoss = protect.stopLoss.kind === "percent" ? protect.stopLoss : { kind: "none" as const }
  return { ...rest, protect: { ...protect, breakEven: null, takeProfit: [], stopLoss } }
}

function inBacktestingPysWay<Document extends Pick<StrategyDocument, "protect">>({ protect, ...rest }: Document) {
  const [target] = protect.takeProfit.filter((target) => "percent" in target)
  return {
    ...rest,
    protect: {
      ...protect,
      breakEven: null,
      trailing: null,
      roi: [],
      takeProfit: target ? [{ ...target, share: 1 }] : [],
      stopLoss: protect.stopLoss.kind === "percent" ? protect.stopLoss : { kind: "none" as const },
    },
  }
}

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
