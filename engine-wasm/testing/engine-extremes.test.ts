import { describe, expect, test } from "vitest"
import { backtest } from "../host/run/backtest.ts"
import { defaultAccount, type AccountSettings, type FillMode } from "../host/run/backtest-request.ts"
import type { BacktestResult } from "../host/result/backtest-result.ts"
import { candlesFromRows, type Candles } from "../host/candles/candles.ts"
import { strategySchema, type WrittenStrategy } from "../host/strategy/document/strategy-document.ts"
import { builtEngine } from "./built-engine.ts"
import { HOUR_MS } from "../host/candles/timeframe.ts"

const START_MS = Date.UTC(2024, 0, 1)
const engine = await builtEngine()
const modes: FillMode[] = ["conservative", "freqtrade", "backtesting.py"]

/** Up and down by a tenth, so that the strategy below buys and sells every few hours. */
function waves(count: number, { price = 100, volume = 1 } = {}): Candles {
  const at = (hour: number) => price * (1 + 0.1 * Math.sin(hour))
  return candlesOf(
    Array.from({ length: count }, (_, n) => {
      const [open, close] = [at(n), at(n + 1)]
      return [START_MS + n * HOUR_MS, open, Math.max(open, close), Math.min(open, close), close, volume]
    }),
  )
}

function candlesOf(rows: number[][]): Candles {
  const gate = candlesFromRows(rows, { timeframe: "1h" })
  if (!gate.ok) throw new Error(gate.because)
  return gate.candles
}

async function resultOf(
  candles: Candles,
  account: Partial<AccountSettings>,
  parts: Partial<WrittenStrategy> = {},
): Promise<BacktestResult> {
  const strategy = strategySchema.parse({
    format: "candlewright.strategy/1",
    name: "waves",
    timeframe: "1h",
    long: { enter: { all: ["close > close[1]"] }, exit: { any: ["close < close[1]"] } },
    protect: { stopLoss: { kind: "none" } },
    size: { kind: "equity", percent: 90 },
    ...parts,
  })
  const run = await backtest(engine, {
    strategy,
    markets: [{ market: "A/USDT", candles }],
    account: { ...defaultAccount, ...account },
  })
  if (!run.ok) throw new Error(run.problems[0].because)
  for (const [name, value] of Object.entries(run.result.metrics)) expect(value, name).not.toBeNaN()
  expect(run.result.equity.equity.every(Number.isFinite)).toBe(true)
  return run.result
}

describe.for(modes)("with the fills of %s", (fills) => {
  test("one candle is a whole run without a trade", async () => {
    const result = await resultOf(waves(1), { fills })
    expect(result.trades).toEqual([])
    expect(result.equity.equity).toEqual(Float64Array.of(1000))
  })

  test("a formula that never has a value never trades and is no mistake", async () => {
    const result = await resultOf(waves(50), { fills }, { long: { enter: { any: ["close > sma(close, 400)"] } } })
    expect([result.trades.length, result.rejected.length]).toEqual([0, 0])
  })

  test("hours without volume trade like others, and what divides by the volume has no value there", async () => {
    const silent = waves(60, { volume: 0 })
    expect((await resultOf(silent, { fills })).trades).toEqual((await resultOf(waves(60), { fills })).trades)
    expect(
      (await resultOf(silent, { fills }, { long: { enter: { any: ["close > vwma(close, 5)"] } } })).trades,
    ).toEqual([])
  })

  test("missing hours are skipped", async () => {
    const gaps = candlesOf(
      Array.from({ length: 200 }, (_, n) => n)
        .filter((n) => n % 7 > 2)
        .map((n) => {
          const close = 100 + 10 * Math.sin(n)
          return [START_MS + n * HOUR_MS, close, close, close, close, 1]
        }),
    )
    const result = await resultOf(gaps, { fills })
    expect(result.trades.length).toBeGreaterThan(10)
    for (const trade of result.trades) expect(gaps.openTimeMs).toContain(trade.exitTimeMs)
  })

  test.for([1e-12, 1e12])("a price of %d gives the same returns as one of 100", async (price) => {
    const far = await resultOf(waves(60, { price }), { fills, cash: price * 1000 })
    const usual = await resultOf(waves(60), { fills, cash: 100_000 })
    expect(usual.trades.length).toBeGreaterThan(5)
    expect(far.trades.length).toBe(usual.trades.length)
    expect(far.metrics.totalReturnPercent).toBeCloseTo(usual.metrics.totalReturnPercent!, 6)
  })

  test("less than one step of quantity, or less than a whole unit where only those are traded, is refused by its name", async () => {
    const tooLittle = fills === "backtesting.py" ? { cash: 50 } : { quantityStep: 1000 }
    const result = await resultOf(waves(30), { fills, ...tooLittle })
    expect(result.trades).toEqual([])
    expect(new Set(result.rejected.map(({ reason }) => reason))).toEqual(
      new Set([fills === "backtesting.py" ? "cash" : "quantityStep"]),
    )
  })
})

test.each([
  ["open", 1],
  ["high", 2],
  ["low", 3],
  ["close", 4],
  ["volume", 5],
] as const)("a candle whose %s is not a number is refused at the gate with its row", (name, column) => {
  const rows = Array.from({ length: 3 }, (_, n) => [START_MS + n * HOUR_MS, 1, 1, 1, 1, 1])
  rows[1][column] = NaN
  expect(candlesFromRows(rows, { timeframe: "1h" })).toMatchObject({
    ok: false,
    because: expect.stringMatching(new RegExp(`Row 2.*${name}`)),
  })
})
