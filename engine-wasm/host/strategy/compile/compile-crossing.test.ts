import { expect, test } from "vitest"
import { builtEngine } from "../../../testing/built-engine.ts"
import { engineRunner } from "../../../testing/reference-agreement.ts"
import { defaultAccount, type FillMode } from "../../run/backtest-request.ts"
import { candlesFromRows } from "../../candles/candles.ts"
import { strategySchema } from "../document/strategy-document.ts"
import { HOUR_MS } from "../../candles/timeframe.ts"

const runEngine = engineRunner(await builtEngine())

/** The hours at whose opens a position is entered and left, over hourly candles of these closes. */
function heldHours({
  fills,
  enter,
  exit,
  closes,
}: {
  fills: FillMode
  enter: string
  exit: string
  closes: number[]
}): number[][] {
  const gate = candlesFromRows(
    closes.map((close, hour) => [hour * HOUR_MS, close, close, close, close, 1]),
    { timeframe: "1h" },
  )
  if (!gate.ok) throw new Error(gate.because)
  const strategy = strategySchema.parse({
    format: "candlewright.strategy/1",
    name: "Crossings",
    timeframe: "1h",
    size: { kind: "quote", amount: 100 },
    long: { enter: { all: [enter] }, exit: { any: [exit] } },
    protect: { stopLoss: { kind: "none" } },
  })
  const run = runEngine({
    strategy,
    account: { ...defaultAccount, fills },
    markets: [{ market: "A/USDT", candles: gate.candles }],
  })
  return run.trades.map(({ entryTimeMs, exitTimeMs }) => [entryTimeMs / HOUR_MS, exitTimeMs / HOUR_MS])
}

const fromATie = {
  enter: "crossover(close, 10)",
  exit: "crossunder(close, 12)",
  closes: [10, 10, 11, 9, 11, 12, 11, 13, 11, 11],
}

test("as in backtesting.py, lines that part after a tie have not crossed", () => {
  expect(heldHours({ ...fromATie, fills: "backtesting.py" })).toEqual([[5, 9]])
})

test("elsewhere parting from a tie is a crossing", () => {
  expect(heldHours({ ...fromATie, fills: "freqtrade" })).toEqual([[3, 7]])
})

test("as backtesting.py, cross is strict both ways too", () => {
  expect(
    heldHours({
      fills: "backtesting.py",
      enter: "cross(close, 10)",
      exit: "close == 12",
      closes: [9, 9, 10, 11, 9, 9, 11, 12, 12],
    }),
  ).toEqual([[5, 8]])
})

test.for([
  ["crossover(close, sma(close, 20))", 22],
  ["crossover(close, sma(close, 20))[1]", 23],
  ["crossunder(close[2], sma(close, 20))[3]", 25],
  ["cross(close, sma(close, 20))[1]", 23],
  ["not crossover(close, sma(close, 20))[4]", 26],
] as const)("as backtesting.py, the first decision comes a bar after %s has had its first value", ([formula, hour]) => {
  const closes = Array.from({ length: 40 }, (_, n) => 10 + ((n * 7) % 5))
  const held = heldHours({
    fills: "backtesting.py",
    enter: `(${formula}) >= 0 or close > 0`,
    exit: "close < 0",
    closes,
  })
  expect(held[0][0]).toBe(hour)
})
