import { expect, test } from "vitest"
import { builtEngine } from "../../../testing/built-engine.ts"
import { HOUR_MS } from "../../candles/timeframe.ts"
import { backtest } from "../../run/backtest.ts"
import { defaultAccount } from "../../run/backtest-request.ts"
import { strategyFromJson } from "../document/strategy-document-from-json.ts"
import { translateStrategy } from "./translate-strategy.ts"

const startMs = Date.UTC(2024, 0, 1)

/** Hourly candles that open where the last one closed, without wicks. */
function candlesOf(closes: number[]) {
  const open = closes.map((close, n) => closes[n - 1] ?? close)
  const column = (value: (close: number, n: number) => number) => Float64Array.from(closes, value)
  return {
    openTimeMs: column((_, n) => startMs + n * HOUR_MS),
    open: Float64Array.from(open),
    high: column((close, n) => Math.max(close, open[n])),
    low: column((close, n) => Math.min(close, open[n])),
    close: Float64Array.from(closes),
    volume: column(() => 1),
    extra: {},
    timeframeMs: HOUR_MS,
    priceDecimals: 2,
  }
}

type Trade = [side: string, entryHour: number, entryPrice: number, exitHour: number, exitPrice: number, reason: string]

/** The trades that had ended before the candles did. */
async function tradesOf(script: string, closes: number[]): Promise<Trade[]> {
  const found = translateStrategy(script)
  if (!found.ok) throw new Error(found.because)
  expect(found.notUnderstood).toEqual([])
  const read = strategyFromJson(found.document)
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  const run = await backtest(await builtEngine(), {
    strategy: read.strategy,
    markets: [{ market: "BTC/USDT", candles: candlesOf(closes) }],
    account: { ...defaultAccount, feePercent: 0 },
  })
  if (!run.ok) throw new Error(JSON.stringify(run.problems))
  const hour = (timeMs: number) => (timeMs - startMs) / HOUR_MS
  return run.result.trades
    .filter(({ exitReason }) => exitReason !== "endOfData")
    .map((one) => [
      one.side,
      hour(one.entryTimeMs),
      one.entryPrice,
      hour(one.exitTimeMs),
      one.exitPrice,
      one.exitReason,
    ])
}

test("a cross of averages trades as worked out by hand", async () => {
  // Of two:  10 11 13 13.5 11 8 7.5 10 … from candle 3; of four: 10 10.5 11.5 12.25 12 10.75 9.25 9 … Over at 4,
  // under at 7; over again at 10, which stays open.
  const script = `//@version=4
strategy("Cross")
fast = sma(close, input(2, type=input.integer))
slow = sma(close, 4)
strategy.entry("L", strategy.long, when=crossover(fast, slow))
strategy.close("L", when=crossunder(fast, slow))`
  const closes = [10, 10, 10, 10, 12, 14, 13, 9, 7, 8, 12, 14, 14]
  expect(await tradesOf(script, closes)).toEqual([["long", 5, 12, 8, 9, "signal"]])
})

test("entries of both sides turn a position round as worked out by hand", async () => {
  // Up at 1 and 2, down at 3 and 4, up from 5: long from 2, turned at 4, turned again at 6.
  const script = `//@version=5
strategy("Turn")
switch
    close > open => strategy.entry("L", strategy.long)
    close < open => strategy.entry("S", strategy.short)`
  expect(await tradesOf(script, [10, 11, 12, 11, 10, 11, 12, 13])).toEqual([
    ["long", 2, 11, 4, 11, "signal"],
    ["short", 4, 11, 6, 11, "signal"],
  ])
})

test("percent stops and targets of the entry's price trade as worked out by hand", async () => {
  // In at 12: the stop is 11.4, touched in candle 3; in again at 12: the target is 13.2, touched in candle 6.
  const script = `//@version=5
strategy("Percents")
loss = input.float(5, "Stop %") / 100
if close == 12
    strategy.entry("L", strategy.long)
entry = strategy.position_avg_price
strategy.exit("X", "L", stop=strategy.position_size > 0 ? entry * (1 - loss) : na, limit=entry * 1.1)`
  expect(await tradesOf(script, [10, 12, 12.5, 11, 12, 12, 14, 14])).toEqual([
    ["long", 2, 12, 3, 11.4, "stop"],
    ["long", 5, 12, 6, 13.2, "takeProfit"],
  ])
})

test("a window of dates lets in only what it should, as worked out by hand", async () => {
  // Up at 1 (before the window) and at 3; down at 5.
  const script = `//@version=5
strategy("Window")
start = input.time(timestamp("2024-01-01T03:00:00"), "From")
if time >= start and close > open and strategy.position_size == 0
    strategy.entry("L", strategy.long)
if strategy.position_size > 0 and close < open
    strategy.close_all()`
  expect(await tradesOf(script, [10, 11, 10, 11, 12, 11, 10])).toEqual([["long", 4, 11, 6, 11, "signal"]])
})

test("prices set at the entry stay, as worked out by hand", async () => {
  // Turns up at 2 (low 9, close 10): stop 8, target 13. Turns up at 8 (low 11, close 12): stop 10, target 15.
  const script = `//@version=6
strategy("Fixed prices")
if close > open and close[1] < open[1]
    strategy.entry("L", strategy.long)
    strategy.exit("X", "L", stop=low - 1, limit=close + 3)`
  expect(await tradesOf(script, [10, 9, 10, 11, 12, 13.5, 12, 11, 12, 9.5, 9, 8])).toEqual([
    ["long", 3, 10, 5, 13, "takeProfit"],
    ["long", 9, 12, 9, 10, "stop"],
  ])
})

test("an average chosen by name in a function trades as worked out by hand", async () => {
  // Lowest close of three: 8 at 4, when the close is not above it; 9 at 5 is above. Out below the average of two at 8.
  const script = `//@version=5
strategy("Chosen")
base(kind, len) =>
    switch kind
        "low" => ta.lowest(close, len)
        "mean" => ta.sma(close, len)
if close > base("low", 3) and close[1] == base("low", 3)
    strategy.entry("L", strategy.long)
if close < base("mean", 2)
    strategy.close("L")`
  expect(await tradesOf(script, [10, 10, 10, 9, 8, 9, 10, 11, 10, 10])).toEqual([["long", 6, 9, 9, 10, "signal"]])
})

test("stops of their own on each side trade as worked out by hand", async () => {
  // Long at 20: its stop is 19, touched in candle 4. Short at 10: its stop is 10.2, its target 9.8.
  const script = `//@version=5
strategy("Two stops")
avg = strategy.position_avg_price
if close == 20
    strategy.entry("L", strategy.long)
if close == 10
    strategy.entry("S", strategy.short)
strategy.exit("XL", "L", stop=avg * 0.95, limit=avg * 1.2)
strategy.exit("XS", "S", stop=avg * 1.02, limit=avg * 0.98)`
  expect(await tradesOf(script, [15, 20, 20, 19.5, 18, 18, 10, 10, 9.9, 9.5, 10, 10.1, 11, 12])).toEqual([
    ["long", 2, 20, 4, 19, "stop"],
    ["short", 7, 10, 9, 9.8, "takeProfit"],
    ["short", 11, 10, 12, 10.2, "stop"],
  ])
})
