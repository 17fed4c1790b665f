import { describe, expect, test } from "vitest"
import { builtEngine } from "./built-engine.ts"
import { defaultAccount, type FillMode } from "../host/run/backtest-request.ts"
import { candlesFromRows } from "../host/candles/candles.ts"
import { strategySchema, type WrittenStrategy } from "../host/strategy/document/strategy-document.ts"
import { engineRunner } from "./reference-agreement.ts"
import { HOUR_MS } from "../host/candles/timeframe.ts"

const runEngine = engineRunner(await builtEngine())

/** Open, high, low, close of an hour, and its close's signals: B buy, S sell short, X leave. */
type Hour = [number, number, number, number, string?]
/** Side, entry hour and price, exit hour and price, reason. */
type ExpectedTrade = ["long" | "short", number, number, number, number, string]
type Rule = { parts?: Partial<WrittenStrategy>; fromHour?: number; hours: Hour[]; trades: ExpectedTrade[] }

function tradesOf(fills: FillMode, { parts, fromHour, hours }: Rule): ExpectedTrade[] {
  const rows = hours.map(([open, high, low, close], hour) => [hour * HOUR_MS, open, high, low, close, 1])
  const gate = candlesFromRows(rows, { timeframe: "1h" })
  if (!gate.ok) throw new Error(gate.because)
  const signal = (word: string) => Float64Array.from(hours, (hour) => Number(hour[4]?.includes(word) ?? false))
  const candles = { ...gate.candles, extra: { buy: signal("B"), sell: signal("S"), leave: signal("X") } }
  const strategy = strategySchema.parse({
    format: "candlewright.strategy/1",
    name: "Rule",
    timeframe: "1h",
    size: { kind: "quote", amount: 1000 },
    long: { enter: { all: ["buy"] }, exit: { any: ["leave"] } },
    short: { enter: { all: ["sell"] }, exit: { any: ["leave"] } },
    ...parts,
  })
  const run = runEngine({
    strategy,
    account: { ...defaultAccount, cash: 100_000, feePercent: 0, fills },
    markets: [{ market: "A/USDT", candles }],
    fromMs: fromHour === undefined ? undefined : fromHour * HOUR_MS,
  })
  return run.trades.map((trade) => [
    trade.side > 0 ? "long" : "short",
    trade.entryTimeMs / HOUR_MS,
    near(trade.entryPrice),
    trade.exitTimeMs / HOUR_MS,
    near(trade.exitPrice),
    trade.exitReason,
  ])
}

const near = (price: number) => Number(price.toPrecision(10))
const quiet: [number, number, number, number] = [100, 101, 99, 100]
const stop = (percent: number) => ({ stopLoss: { kind: "percent" as const, percent } })
const limit = (offsetPercent: number, expireCandles: number) => ({
  entry: { kind: "limit" as const, offsetPercent, expireCandles },
})

const freqtradeRules: Record<string, Rule> = {
  "a signal acts on the next candle's open, and what is open at the end leaves at the last candle's open": {
    hours: [[...quiet, "B"], [102, 103, 101, 102], quiet, [104, 109, 103, 108]],
    parts: { protect: stop(20) },
    trades: [["long", 1, 102, 3, 104, "endOfData"]],
  },
  "nothing is entered on the last candle": { hours: [quiet, quiet, [...quiet, "B"], quiet], trades: [] },
  "a signal beside its own exit or the other side's entry enters nothing": {
    hours: [[...quiet, "BX"], quiet, [...quiet, "BS"], quiet, quiet],
    trades: [],
  },
  "a stop the open gapped through fills at the stop all the same": {
    hours: [[...quiet, "B"], quiet, [94, 96, 93, 95], quiet],
    parts: { protect: stop(5) },
    trades: [["long", 1, 100, 2, 95, "stop"]],
  },
  "a low exactly at the stop hits it, whatever the percentage": {
    hours: [[...quiet, "B"], [500, 500, 464, 470], quiet],
    parts: { protect: stop(7.2) },
    trades: [["long", 1, 500, 1, 464, "stop"]],
  },
  "a stop the whole candle lies beyond fills at the open": {
    hours: [[...quiet, "B"], quiet, [93, 94, 92, 93], quiet],
    parts: { protect: stop(5) },
    trades: [["long", 1, 100, 2, 93, "stop"]],
  },
  "for a short too": {
    hours: [[...quiet, "S"], quiet, [107, 108, 106, 107], quiet],
    parts: { protect: stop(5) },
    trades: [["short", 1, 100, 2, 107, "stop"]],
  },
  "an exit signal wins over a stop on the same candle": {
    hours: [[...quiet, "B"], [...quiet, "X"], [99, 100, 90, 91], quiet],
    parts: { protect: stop(5) },
    trades: [["long", 1, 100, 2, 99, "signal"]],
  },
  "a plain stop wins over the ROI table, the ROI table over a trailing stop": {
    hours: [[...quiet, "B"], [100, 106, 94, 100], [...quiet, "B"], [100, 106, 99, 100], quiet],
    parts: {
      protect: { ...stop(5), roi: [{ afterMinutes: 0, percent: 4 }], trailing: { percent: 1, armAtPercent: 2 } },
    },
    trades: [
      ["long", 1, 100, 1, 95, "stop"],
      ["long", 3, 100, 3, 104, "roi"],
    ],
  },
  "a candle's high lifts the trailing stop that its own low then hits": {
    hours: [[...quiet, "B"], quiet, [101, 110, 100, 101], quiet],
    parts: { protect: { ...stop(20), trailing: { percent: 2, armAtPercent: 5 } } },
    trades: [["long", 1, 100, 2, 107.8, "trailing"]],
  },
  "on the entry's candle the trailing stop is pessimistic: up to the offset and down": {
    hours: [[...quiet, "B"], [100, 110, 100, 101], quiet, quiet],
    parts: { protect: { ...stop(20), trailing: { percent: 2, armAtPercent: 5 } } },
    trades: [["long", 1, 100, 1, 103, "trailing"]],
  },
  "an ROI level that begins on this candle gives its open where that is better": {
    hours: [[...quiet, "B"], quiet, quiet, [103, 104, 102, 103], quiet],
    parts: {
      protect: {
        ...stop(20),
        roi: [
          { afterMinutes: 0, percent: 10 },
          { afterMinutes: 120, percent: 1 },
        ],
      },
    },
    trades: [["long", 1, 100, 3, 103, "roi"]],
  },
  "a profit of exactly the ROI is not beyond it, nor is one of exactly the trailing offset": {
    hours: [
      [...quiet, "B"],
      [1000, 1007, 999, 1000],
      [1000, 1007.1, 999, 1000],
      [...quiet, "B"],
      [1000, 1007, 1000, 1000],
      [1000, 1001, 899, 900],
      quiet,
    ],
    parts: {
      protect: {
        ...stop(10),
        roi: [{ afterMinutes: 0, percent: 0.7 }],
        trailing: { percent: 0.1, armAtPercent: 0.7, beforeArmPercent: 10 },
      },
    },
    trades: [
      ["long", 1, 1000, 2, 1007, "roi"],
      ["long", 4, 1000, 5, 906.3, "trailing"],
    ],
  },
  "a limit entry inside the candle fills at its own price, not at a better open; a falling entry candle then gives no ROI above its close":
    {
      hours: [[...quiet, "B"], [100, 103, 97, 98.5], [98, 101, 97, 100], quiet],
      parts: { orders: limit(2, 1), protect: { ...stop(20), roi: [{ afterMinutes: 0, percent: 1 }] } },
      trades: [["long", 1, 98, 2, 98.98, "roi"]],
    },
  "an entry that does not fill in its candles vanishes": {
    hours: [[...quiet, "B"], quiet, [95, 96, 90, 95], quiet],
    parts: { orders: limit(2, 1), protect: stop(20) },
    trades: [],
  },
  "a limit beyond the candle comes to its edge": {
    hours: [[...quiet, "B"], [96, 97, 95, 96], quiet, quiet],
    parts: { orders: limit(2, 1), protect: stop(20) },
    trades: [["long", 1, 97, 3, 100, "endOfData"]],
  },
  "the candle of an exit enters nothing, the next one may": {
    hours: [
      [...quiet, "B"],
      [...quiet, "BS"],
      [100, 100, 90, 91, "B"],
      [92, 93, 91, 92],
      [94, 95, 93, 94],
    ],
    parts: { protect: stop(5) },
    trades: [
      ["long", 1, 100, 2, 95, "stop"],
      ["long", 3, 92, 4, 94, "endOfData"],
    ],
  },
}

const taken: Record<string, Rule> = {
  "a short whose margin is gone is liquidated at that price, though the program would have waited": {
    hours: [quiet, [...quiet, "S"], quiet, [100, 210, 90, 95], quiet],
    parts: { protect: { stopLoss: { kind: "none" } } },
    trades: [["short", 2, 100, 3, 200, "liquidation"]],
  },
}

const target = (percent: number) => ({ takeProfit: [{ percent }] })
const backtestingPyRules: Record<string, Rule> = {
  "candles before the period are the warm-up: with them the period's first candle decides": {
    fromHour: 3,
    hours: [quiet, quiet, quiet, [...quiet, "B"], quiet, quiet],
    parts: { long: { enter: { all: ["buy", "sma(close, 2) > 0"] } }, short: null },
    trades: [["long", 4, 100, 5, 100, "endOfData"]],
  },
  "the first bar decides nothing; a later one acts at the next open; the end leaves at the last open": {
    hours: [
      [...quiet, "B"],
      [...quiet, "B"],
      [102, 103, 101, 102],
      [104, 109, 103, 108],
    ],
    parts: { protect: { stopLoss: { kind: "none" } } },
    trades: [["long", 2, 102, 3, 104, "endOfData"]],
  },
  "decisions wait for a shifted formula: the first is one bar after its first value": {
    hours: [...Array.from({ length: 5 }, (): Hour => [...quiet, "B"]), [104, 109, 103, 108]],
    parts: {
      long: { enter: { all: ["buy", "highest(high, 2)[1] > 0"] } },
      protect: { stopLoss: { kind: "none" } },
    },
    trades: [["long", 4, 100, 5, 104, "endOfData"]],
  },
  "stop and target in one bar: the stop": {
    hours: [quiet, [...quiet, "B"], quiet, [100, 111, 94, 100], quiet],
    parts: { protect: { ...stop(5), ...target(10) } },
    trades: [["long", 2, 100, 3, 95, "stop"]],
  },
  "stop and target count on the bar of a market entry": {
    hours: [quiet, [...quiet, "B"], [100, 111, 99, 100], [...quiet, "S"], [100, 106, 99, 100], quiet],
    parts: { protect: { ...stop(5), ...target(10) } },
    trades: [
      ["long", 2, 100, 2, 110, "takeProfit"],
      ["short", 4, 100, 4, 105, "stop"],
    ],
  },
  "but not on the bar of a limit entry, which a gap improves": {
    hours: [quiet, [...quiet, "B"], [96, 101, 80, 97], [97, 98, 95, 96], [95, 96, 90, 91], quiet],
    parts: { orders: limit(2, 1), protect: stop(5) },
    trades: [["long", 2, 96, 4, 91.2, "stop"]],
  },
  "a gap beyond the stop fills at the worse open, one beyond the target at the better": {
    hours: [quiet, [...quiet, "B"], quiet, [90, 91, 89, 90], [...quiet, "B"], quiet, [115, 116, 114, 115], quiet],
    parts: { protect: { ...stop(5), ...target(10) } },
    trades: [
      ["long", 2, 100, 3, 90, "stop"],
      ["long", 5, 100, 6, 115, "takeProfit"],
    ],
  },
  "a position with a closing order leaves at the next open, before that bar's stop": {
    hours: [quiet, [...quiet, "B"], [...quiet, "X"], [97, 98, 80, 81], quiet],
    parts: { protect: stop(5) },
    trades: [["long", 2, 100, 3, 97, "signal"]],
  },
}

describe.each<[FillMode, Record<string, Rule>]>([
  ["freqtrade", { ...freqtradeRules, ...taken }],
  ["backtesting.py", { ...backtestingPyRules, ...taken }],
])("as %s fills", (fills, rules) => {
  test.for(Object.keys(rules))("%s", (claim) => expect(tradesOf(fills, rules[claim])).toEqual(rules[claim].trades))
})

test("as backtesting.py buys: whole units, the commission paid on both sides", () => {
  const gate = candlesFromRows(
    [100, 100, 100, 110].map((price, hour) => [hour * HOUR_MS, price, price, price, price, 1]),
    { timeframe: "1h" },
  )
  if (!gate.ok) throw new Error(gate.because)
  const strategy = strategySchema.parse({
    format: "candlewright.strategy/1",
    name: "All",
    timeframe: "1h",
    long: { enter: { all: ["close > 0"] } },
    protect: { stopLoss: { kind: "none" } },
    size: { kind: "equity", percent: 100 },
  })
  const {
    trades: [trade],
  } = runEngine({
    strategy,
    account: { ...defaultAccount, cash: 100_000, fills: "backtesting.py" },
    markets: [{ market: "A/USDT", candles: gate.candles }],
  })
  expect([trade.quantity, trade.feesPaid, trade.profit].map(near)).toEqual([999, 209.79, 9780.21])
})
