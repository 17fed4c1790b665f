import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { strategyFromJson } from "../document/strategy-document-from-json.ts"
import type { StrategyDocument } from "../document/strategy-document.ts"
import { translateStrategy } from "./translate-strategy.ts"

/** The document from a script, checked as any other, and the lines left out. */
function translated(script: string): {
  document: StrategyDocument
  missing: number[]
} {
  const found = translateStrategy(script)
  if (!found.ok) throw new Error(found.because)
  const checked = strategyFromJson(found.document)
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  return {
    document: checked.strategy,
    missing: found.notUnderstood.map(({ line }) => line),
  }
}

const dip = `//@version=5
strategy("RSI dip", overlay=true, default_qty_type=strategy.percent_of_equity, default_qty_value=50)
length = input.int(14, "RSI length", minval=2, maxval=50)
useTrend = input.bool(true, "Only in an uptrend")
kind = input.string("EMA", options=["EMA", "SMA"])
loss = input.float(2.0, "Stop %") / 100
strength = ta.rsi(close, length)
trend = kind == "EMA" ? ta.ema(close, 200) : ta.sma(close, 200)
[_, _, momentum] = ta.macd(close, 12, 26, 9)
daily = request.security(syminfo.tickerid, "D", ta.ema(close, 20))
wanted = ta.crossover(strength, 30) and (not useTrend or close > trend)
    and momentum > 0
if wanted and close > daily
    strategy.entry("Long", strategy.long)
if strength > 70
    strategy.close("Long")
strategy.exit("Out", "Long", stop=strategy.position_avg_price * (1 - loss), limit=strategy.position_avg_price * 1.04)
plot(trend, color=color.red)`

test("a Pine strategy becomes rules with its settings as sliders", () => {
  const { document, missing } = translated(dip)
  expect(missing).toEqual([])
  expect(document.params).toMatchObject({
    length: { value: 14, min: 2, max: 50 },
    loss: { value: 2 },
  })
  expect(document.long!.enter).toEqual({
    all: ["crossover(strength, 30)", "not useTrend or close > trend", "momentum > 0", "close > daily"],
  })
  expect(document.long!.exit).toEqual({ all: ["strength > 70"] })
  expect(document.series).toMatchObject({
    trend: "ema(close, 200)",
    daily: "ema(close, 20) @ 1d",
  })
  expect(document.protect.stopLoss).toEqual({
    kind: "percent",
    percent: "loss",
  })
  expect(document.protect.takeProfit).toEqual([{ percent: 4, share: 1 }])
  expect(document.size).toEqual({ kind: "equity", percent: 50 })
})

test("an entry of the other side turns a Pine position round", () => {
  const { document } = translated(`strategy("Turn")
fast = ta.sma(close, 10)
slow = ta.sma(close, 30)
if ta.crossover(fast, slow)
    strategy.entry("L", strategy.long)
else if ta.crossunder(fast, slow)
    strategy.entry("S", strategy.short)`)
  expect(document.long!.exit).toEqual(document.short!.enter)
  expect(document.short!.exit).toEqual(document.long!.enter)
})

test("what rules cannot express is listed with its line, and everything that depends on it", () => {
  const found = translateStrategy(`strategy("Kept")
var float best = na
best := math.max(best, close)
if close < best
    strategy.close_all()
if close > open
    strategy.entry("L", strategy.long)`)
  expect(found.ok).toBe(true)
  expect(found.notUnderstood.map(({ line }) => line)).toEqual([2, 3, 4, 5])
})

test("a script without an entry we understand is refused in a sentence, with its lines", () => {
  const found = translateStrategy('indicator("None")\nx = ta.pivothigh(5, 5)')
  expect(found).toMatchObject({ ok: false, notUnderstood: [{ line: 2 }] })
  expect(translateStrategy("§")).toMatchObject({
    ok: false,
    notUnderstood: [{ line: 1, text: "§" }],
  })
})

const bands = `from freqtrade.strategy import IStrategy, IntParameter
import talib.abstract as ta

class BandsAndStrength(IStrategy):
    """Buys below the lower band."""
    timeframe = '1h'
    minimal_roi = {"60": 0.05, "0": 0.1}
    stoploss = -0.25
    trailing_stop = True
    trailing_stop_positive = 0.02
    trailing_stop_positive_offset = 0.03
    trailing_only_offset_is_reached = True
    buy_rsi = IntParameter(10, 50, default=30, space="buy")
    use_custom_stoploss = True

    def populate_indicators(self, dataframe: DataFrame, metadata: dict) -> DataFrame:
        dataframe['rsi'] = ta.RSI(dataframe, timeperiod=14)
        bollinger = qtpylib.bollinger_bands(qtpylib.typical_price(dataframe), window=20, stds=2)
        dataframe['lower'] = bollinger['lower']
        return dataframe

    def populate_entry_trend(self, dataframe: DataFrame, metadata: dict) -> DataFrame:
        conditions = []
        conditions.append(dataframe['rsi'] < self.buy_rsi.value)
        conditions.append(dataframe['close'] < dataframe['lower'].shift(1))
        if conditions:
            dataframe.loc[reduce(lambda x, y: x & y, conditions), 'enter_long'] = 1
        return dataframe

    def populate_exit_trend(self, dataframe: DataFrame, metadata: dict) -> DataFrame:
        dataframe.loc[
            (
                (dataframe['rsi'] > 70) &
                (dataframe['volume'] > 0)
            ), ['exit_long', 'exit_tag']] = (1, 'rsi')
        return dataframe

    def custom_stoploss(self, pair, trade):
        return 0.1`

test("a freqtrade class becomes rules; its own Python decisions are listed", () => {
  const { document, missing } = translated(bands)
  expect(missing).toEqual([38])
  expect(document.name).toBe("Bands And Strength")
  expect(document.long).toEqual({
    enter: { all: ["rsiValue < buy_rsi", "close < lower[1]"] },
    exit: { all: ["rsiValue > 70", "volume > 0"] },
  })
  expect(document.series).toEqual({
    rsiValue: "rsi(close, 14)",
    lower: "sma(hlc3, 20) - 2 * (stddev(hlc3, 20) * sqrt(1.0526315789473684))",
  })
  expect(document.protect).toMatchObject({
    stopLoss: { kind: "percent", percent: 25 },
    trailing: { percent: 2, armAtPercent: 3 },
    roi: [
      { afterMinutes: 0, percent: 10 },
      { afterMinutes: 60, percent: 5 },
    ],
  })
})

test("what freqtrade never asks a class counts as not used, and as no stop that was lost", () => {
  for (const off of ["", "use_custom_stoploss = False"]) {
    const script = bands.replace("use_custom_stoploss = True", off).replace("stoploss = -0.25", "stoploss = -1")
    const { notUnderstood, leftOut, noStop } = { noStop: undefined, ...translateStrategy(script) }
    expect([notUnderstood, noStop]).toEqual([[], undefined])
    expect(leftOut).toContainEqual(
      expect.objectContaining({ line: 38, why: expect.stringMatching(/does not use it, as `use_custom_stoploss` is/) }),
    )
  }
  const adjusting = `${bands}

    def adjust_trade_position(self, trade):
        return 10`
  expect(translateStrategy(adjusting).leftOut.at(-1)).toMatchObject({
    line: 41,
    why: expect.stringContaining("`position_adjustment_enable` is not True"),
  })
})

test("a setting that nothing uses, or only a drawing, asks for no change: there is no rule to change for it", () => {
  const { leftOut } = translateStrategy(`//@version=5
strategy("Idle")
tip = input.string("Here", "Tip")
size = input.string("small", "Size")
kind = input.string("fast", "Kind", options=["fast", "slow"])
length = kind == "fast" ? 10 : 50
plotshape(true, text=size)
if ta.crossover(close, ta.sma(close, length))
    strategy.entry("L", strategy.long)
`)
  expect(leftOut.filter(({ line }) => line > 2 && line < 6).map(({ line, why }) => [line, why.split(";")[0]])).toEqual([
    [3, "nothing in the script uses it"],
    [4, "only what is drawn uses it"],
    [5, 'kept at its default of "fast"'],
  ])
  const idle = bands.replace("buy_rsi = Int", `kind = CategoricalParameter(["a", "b"], default="a")\n    buy_rsi = Int`)
  expect(translateStrategy(idle).leftOut).toContainEqual(
    expect.objectContaining({ line: 13, why: "nothing in the script uses it" }),
  )
})

test("a shift into the future is refused at its line", () => {
  const peeking = bands.replace("shift(1)", "shift(-1)")
  expect(translateStrategy(peeking).notUnderstood[0].why).toContain("future")
})

const scriptOf = (file: string) => readFileSync(new URL(`../../../fixtures/scripts/${file}`, import.meta.url), "utf8")

test("a setting that no slider can move is noted at its line with its default", () => {
  const kept = translateStrategy(scriptOf("kept-inputs-v5.pine")).leftOut.filter(({ why }) => why.startsWith("kept at"))
  expect(kept.map(({ line, why }) => [line, why.split(";")[0]])).toEqual([
    [3, 'kept at its default of "fast"'],
    [4, "kept at its default of hl2"],
    [5, "kept at its default of 2020-01-01 00:00"],
    [6, "kept at its default of 2021"],
  ])
  const { leftOut } = translateStrategy(scriptOf("categorical.py"))
  expect(leftOut).toContainEqual(
    expect.objectContaining({ line: 14, why: expect.stringContaining('default of "rsi"') }),
  )
})

test("two whole constants divide without a rest until version 5, and with it since", () => {
  const entryOf = (version: number, price: string) =>
    translated(`//@version=${version}\nstrategy("D")\nif close > ${price}\n    strategy.entry("L", strategy.long)`)
      .document.long!.enter
  expect(entryOf(5, "open * (3 / 2)")).toEqual({ all: ["close > open * 1"] })
  expect(entryOf(6, "open * (3 / 2)")).toEqual({ all: ["close > open * 1.5"] })
  expect(entryOf(5, "open * (3.0 / 2)")).toEqual({ all: ["close > open * 1.5"] })
  expect(entryOf(5, "open[-7 / -2]")).toEqual({ all: ["close > open[3]"] })
  expect(entryOf(5, "ta.sma(close, int(21 / 2.0))")).toEqual({ all: ["close > sma(close, 10)"] })
})

test("one bad length costs its own lines and nothing else", () => {
  const found = translateStrategy(scriptOf("bad-length-v6.pine"))
  expect(found.notUnderstood.map(({ line, why }) => [line, why])).toEqual([
    [4, "length must be a whole number, not 10.5"],
    [5, "it depends on a condition that was not understood"],
  ])
  expect(found.ok && found.document.long).toEqual({
    enter: { all: ["close > sma(close, 10)"] },
    exit: { all: ["crossunder(close, ema(close, 10))"] },
  })
})

test("one allowed direction drops the other side, whose entries still end positions", () => {
  const { document } = translated(scriptOf("one-direction-v5.pine"))
  expect(document.short).toBeNull()
  expect(document.long!.exit).toEqual({ all: ["crossunder(close, mean)"] })
  expect(document.limits).toMatchObject({ dailyLossPercent: 5, maxDrawdownPercent: 20 })
})

test("a value that chooses the direction enters each side under its own condition", () => {
  const { document } = translated(scriptOf("direction-by-value-v5.pine"))
  expect(document.long!.enter).toEqual({ all: ["crossover(close, sma(close, 20))", "close > sma(close, 100)"] })
  expect(document.short!.enter).toEqual({ all: ["crossover(close, sma(close, 20))", "not close > sma(close, 100)"] })
})

test("patterns, prices, statements in one row and masks of a freqtrade class become rules", () => {
  const { document } = translated(scriptOf("patterns-and-prices.py"))
  expect(document.long).toEqual({
    enter: {
      all: ["hammer == 100 or star > 0", "close < lower * offset", "not quiet or opens > close"],
    },
    exit: { any: ["close > upper", "hammer == -100"] },
  })
  expect(document.series).toMatchObject({ opens: "sma(open, 10)", star: "cdlmorningstar(0.4)" })
  expect(document.params.offset).toMatchObject({ step: 0.001 })
})

test("the slider of an oscillator's level runs over the oscillator's range", () => {
  const { params } = translated(scriptOf("oscillator-levels-v5.pine")).document
  expect(params).toMatchObject({
    over: { value: 70, min: 0, max: 100 },
    under: { value: 30, min: 0, max: 100 },
    depth: { value: -80, min: -100, max: -20 },
    length: { value: 14, max: 70 },
  })
})

test("several values for one name are noted at their line", () => {
  const found = translateStrategy(
    'strategy("M")\nx = macd(close, 12, 26, 9)\nif close > open\n    strategy.entry("L", strategy.long)',
  )
  expect(found).toMatchObject({ ok: true, notUnderstood: [{ line: 2, why: "there are 3 values for 1 name" }] })
})

test("notes name the lines of values that nothing uses, and of settings with a list of values", () => {
  const pine = `//@version=5
strategy("Unused")
length = input.int(14, "Length", options=[7, 14, 21])
slow = ta.sma(close, 200)
[macdLine, signalLine, _] = ta.macd(close, 12, 26, 9)
if ta.rsi(close, length) < 30
    strategy.entry("Long", strategy.long)
if ta.crossunder(close, ta.ema(close, 20))
    strategy.close("Long")`
  const found = translateStrategy(pine)
  const told = found.leftOut.filter(({ line }) => line > 2)
  expect(told.map(({ line, why }) => `${line}: ${why}`)).toEqual([
    "3: its list of values is left out: the slider also moves between them",
    "4: nothing in the script uses it",
    "5: nothing in the script uses it",
  ])
  expect(translated(pine).document.params.length).toMatchObject({ min: 7, max: 21 })
})
