import { expect, test } from "vitest"
import { HOUR_MS, sha256Hex } from "#engine/candles"
import { type BacktestResult, resultHashOf } from "#engine/result"
import { canonicalStrategy, chosenParams, strategyFromJson, strategyTemplates } from "#engine/strategy"
import { MOST_CURVE_POINTS } from "../../db/saved-run.ts"
import { strategiesFrom } from "./strategy-file.ts"

const checked = strategyFromJson(strategyTemplates.find(({ id }) => id === "rsi-dip")!.document)
if (!checked.ok) throw new Error("a template is a strategy")
const { strategy } = checked
const params = { oversold: 25 }
const chosen = chosenParams(strategy, params)
if (!chosen.ok) throw new Error("25 is one of its values")
const equity = Array.from({ length: 1_000 }, (_, n) => 250 + n / 10)
const times = equity.map((_, n) => Date.UTC(2024, 0, 1) + n * HOUR_MS)
const [engine, data] = ["e".repeat(64), "d".repeat(64)]

async function file(change: Record<string, unknown> = {}): Promise<string> {
  const result = { trades: [], equity: { equity: Float64Array.from(equity) } }
  return JSON.stringify({
    format: "candlewright.run/1",
    engine,
    strategy: await sha256Hex(new TextEncoder().encode(canonicalStrategy(strategy, chosen.ok ? chosen.values : {}))),
    data,
    trades: [],
    rejected: [],
    metrics: { startEquity: 250, finalEquity: 349.9, totalReturnPercent: 39.96, profitFactor: "Infinity" },
    resultHash: await resultHashOf(result as unknown as Pick<BacktestResult, "trades" | "equity">),
    curve: { openTimeMs: times, equity, holding: equity.map((value) => 2 * value) },
    setup: {
      document: strategy,
      params,
      account: {
        cash: 250,
        feePercent: 0.2,
        slippagePercent: 0,
        delayCandles: 0,
        fills: "conservative",
        leverage: 1,
        feeFrom: "cash",
        minNotional: 5,
        quantityStep: 0,
        priceTick: 0,
      },
      markets: [{ market: "BTC/USDT", lengthMs: HOUR_MS }],
      toMs: times.at(-1)! + HOUR_MS,
    },
    ...change,
  })
}

test("a run's file is kept as a run with the figures, the fingerprints and the whole curve of the file", async () => {
  const { strategies, refused } = await strategiesFrom(await file())
  expect(refused).toEqual([])
  const { ran, doubts } = strategies[0]
  expect(doubts).toEqual([])
  expect(ran).toMatchObject({
    market: "BTC/USDT",
    strategy: strategy.name,
    totalReturnPercent: 39.96,
    tradeCount: 0,
    hashes: { engine, data },
    detail: { appEngine: engine, cash: 250, holdingFinal: 2 * equity[999], metrics: { profitFactor: Infinity } },
  })
  expect(ran!.detail!.settings).toContain("fee 0.2")
  expect(ran!.detail!.document.params.oversold).toMatchObject({ value: 25 })
  const { curve } = ran!.detail!
  expect(curve.equity).toHaveLength(MOST_CURVE_POINTS)
  expect([curve.equity[0], curve.equity.at(-1), curve.openTimeMs.at(-1)]).toEqual([250, equity[999], times[999]])
})

test.for([
  [
    "its curve was changed",
    { curve: { openTimeMs: times, equity: equity.map((value) => value + 1), holding: equity } },
  ],
  ["its strategy was changed", { strategy: "0".repeat(64) }],
  ["it says no curve", { curve: undefined }],
  [
    "a figure does not follow from its curve",
    { metrics: { startEquity: 250, finalEquity: 349.9, totalReturnPercent: 900 } },
  ],
  ["its metrics are none", { metrics: "many" }],
] as const)("where %s the strategy is taken and the figures are not", async ([, change]) => {
  const { strategies } = await strategiesFrom(await file(change))
  expect(strategies).toHaveLength(1)
  expect(strategies[0].ran).toBeUndefined()
  expect(strategies[0].doubts).toHaveLength(1)
})
