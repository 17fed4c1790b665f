import type { Formula } from "../formula/formula.ts"
import {
  ago,
  binary,
  call,
  isKnown,
  isNumber,
  minus,
  named,
  no,
  not,
  NotOurs,
  number,
  outputOf,
  word,
  yes,
} from "./formula-making.ts"

import { rounded, withRest } from "./pine-whole-numbers.ts"

/** A call's arguments: by position, or by the name in Pine's manual. */
export type Given = (place: number, name: string, otherwise?: Formula) => Formula

/** `count` is the number of positional arguments. */
type Translate = (given: Given, count: number, version: number) => Formula | Formula[]

const source = (given: Given) => given(0, "source")
const length = (given: Given, place = 1) => given(place, "length")
const sameArguments =
  (name: string): Translate =>
  (given) =>
    call(name, source(given), length(given))
const ofCandles =
  (name: string, argument = "length"): Translate =>
  (given) =>
    call(name, given(0, argument))
const crossed =
  (name: string): Translate =>
  (given) =>
    call(name, given(0, "source1"), given(1, "source2"))
const maths =
  (name: string): Translate =>
  (given) =>
    rounded(name, given(0, "number"))

/** `ta.highest(20)` means the highest high, `ta.highest(close, 20)` the highest close. */
const extreme =
  (name: string, ownSource: string) =>
  (given: Given): Formula => {
    const second = given(1, "length", number(Number.NaN))
    return isNumber(second) && Number.isNaN(second.value)
      ? call(name, named(ownSource), given(0, "length"))
      : call(name, given(0, "source"), second)
  }

/** Pine's `ta.` and `math.` functions (TradingView's reference manual, v5 and v6) as formulas of ours. */
export const pineFunctions: ReadonlyMap<string, Translate> = new Map<string, Translate>([
  ...["sma", "ema", "wma", "rma", "hma", "vwma", "rsi", "mom", "roc", "median"].map(
    (name) => [`ta.${name}`, sameArguments(name)] as const,
  ),
  ["ta.cmo", chande],
  ["ta.swma", symmetric],
  [
    "ta.range",
    (given) => binary("-", call("highest", source(given), length(given)), call("lowest", source(given), length(given))),
  ],
  ["ta.stdev", sameArguments("stddev")],
  ["ta.variance", sameArguments("variance")],
  ["ta.percentrank", sameArguments("percentRank")],
  ["ta.linreg", linreg],
  ["ta.atr", ofCandles("atr")],
  ["ta.wpr", ofCandles("willr")],
  // Pine has it in `ta.dmi` only, but people write it this way.
  ["ta.adx", ofCandles("adx")],
  ["ta.tr", (given) => (given(0, "handle_na", no), call("trange"))],
  ["ta.vwap", (given) => (needing(given, "hlc3"), call("vwap"))],
  ["ta.mfi", (given) => (needing(given, "hlc3"), call("mfi", length(given)))],
  ["ta.cci", (given) => (needing(given, "hlc3"), call("cci", length(given)))],
  ["ta.highest", extreme("highest", "high")],
  ["ta.lowest", extreme("lowest", "low")],
  ["ta.highestbars", (given) => minus(extreme("highestBars", "high")(given))],
  ["ta.lowestbars", (given) => minus(extreme("lowestBars", "low")(given))],
  ["ta.crossover", crossed("crossover")],
  ["ta.crossunder", crossed("crossunder")],
  ["ta.cross", crossed("cross")],
  ["ta.change", (given) => call("change", source(given), given(1, "length", number(1)))],
  ["ta.rising", sameArguments("rising")],
  ["ta.falling", sameArguments("falling")],
  ["ta.barssince", (given) => call("barsSince", given(0, "condition"))],
  ["ta.valuewhen", (given) => call("valueWhen", given(0, "condition"), source2(given), given(2, "occurrence"))],
  ["ta.correlation", (given) => call("correl", given(0, "source1"), given(1, "source2"), given(2, "length"))],
  ["ta.stoch", stoch],
  ["ta.macd", macd],
  ["ta.bb", bands],
  ["ta.bbw", (given, _, version) => binary("*", outputOf(bollinger(given), "width"), number(version >= 6 ? 100 : 1))],
  ["ta.kc", keltner],
  ["ta.supertrend", supertrend],
  ["ta.dmi", directional],
  ["ta.sar", parabolic],
  [
    "ta.tsi",
    (given) => binary("/", call("tsi", source(given), given(2, "long_length"), given(1, "short_length")), number(100)),
  ],
  ...["abs", "floor", "ceil", "round", "sqrt", "log", "exp", "sign"].map(
    (name) => [`math.${name}`, maths(name)] as const,
  ),
  ["math.max", (given, count) => ofAll(given, count).reduce((a, b) => call("max", a, b))],
  ["math.min", (given, count) => ofAll(given, count).reduce((a, b) => call("min", a, b))],
  ["math.pow", (given) => call("pow", given(0, "base"), given(1, "exponent"))],
  [
    "math.avg",
    (given, count) =>
      binary(
        "/",
        ofAll(given, count).reduce((a, b) => binary("+", a, b)),
        number(count),
      ),
  ],
  ["math.sum", sameArguments("sum")],
  ["nz", (given) => call("nz", source(given), given(1, "replacement", no))],
  ["fixnan", (given) => call("valueWhen", isKnown(source(given)), source(given), no)],
  ["bool", (given) => given(0, "x")],
  ["float", (given) => withRest(given(0, "x"))],
  ["not", (given) => not(given(0, "x"))],
])

function source2(given: Given) {
  return given(1, "source")
}

function linreg(given: Given) {
  const offset = given(2, "offset", no)
  if (!isNumber(offset, 0)) throw new NotOurs("a regression with an offset looks at a point off its end")
  return call("linreg", source(given), length(given))
}

/** Our `cci` and `mfi` are always of the typical price, as in the books. */
function needing(given: Given, wanted: string) {
  const asked = given(0, "source", named(wanted))
  if (asked.kind !== "name" || asked.name !== wanted) throw new NotOurs(`here it is always of ${wanted}`)
}

/** All positional arguments, two at least. */
function ofAll(given: Given, count: number): Formula[] {
  return Array.from({ length: Math.max(2, count) }, (_, n) => given(n, `number${n}`))
}

/** Pine's Chande momentum sums rises and falls; TA-Lib's, which ours is, averages them Wilder's way. */
function chande(given: Given) {
  const change = call("change", source(given), yes)
  return binary(
    "/",
    binary("*", number(100), call("sum", change, length(given))),
    call("sum", call("abs", change), length(given)),
  )
}

/** Weights 1, 2, 2, 1 over four candles. */
function symmetric(given: Given) {
  const weighed = [1, 2, 2, 1].map((weight, n) => binary("*", ago(source(given), number(n)), number(weight / 6)))
  return weighed.reduce((a, b) => binary("+", a, b))
}

function stoch(given: Given) {
  const names = [given(0, "source"), given(1, "high"), given(2, "low")].map((one) =>
    one.kind === "name" ? one.name : "",
  )
  if (names.join() !== "close,high,low")
    return place(given(0, "source"), given(1, "high"), given(2, "low"), given(3, "length"))
  return outputOf(call("stochf", given(3, "length"), number(1)), "k")
}

/** The place of a series between the lowest and highest of others, 0 to 100. */
function place(of: Formula, high: Formula, low: Formula, length: Formula) {
  const lowest = call("lowest", low, length)
  const range = binary("-", call("highest", high, length), lowest)
  return binary("/", binary("*", number(100), binary("-", of, lowest)), range)
}

function macd(given: Given) {
  const whole = call("macd", source(given), given(1, "fastlen"), given(2, "slowlen"), given(3, "siglen"))
  return ["line", "signal", "histogram"].map((output) => outputOf(whole, output))
}

function bollinger(given: Given) {
  return call("bbands", given(0, "series"), given(1, "length"), given(2, "mult"))
}

function bands(given: Given) {
  return ["middle", "upper", "lower"].map((output) => outputOf(bollinger(given), output))
}

function keltner(given: Given) {
  const asked = given(0, "series")
  if (asked.kind !== "name" || asked.name !== "close")
    throw new NotOurs("here a Keltner channel is always of the close")
  const whole = call("keltner", given(1, "length"), given(2, "mult"))
  return ["middle", "upper", "lower"].map((output) => outputOf(whole, output))
}

/** Pine says -1 while the trend is up, we say 1. */
function supertrend(given: Given) {
  const whole = call("supertrend", given(1, "atrPeriod"), given(0, "factor"))
  return [outputOf(whole, "line"), minus(outputOf(whole, "direction"))]
}

function directional(given: Given) {
  const [diLength, smoothing] = [given(0, "diLength"), given(1, "adxSmoothing")]
  const [plus, minus] = [call("plusDi", diLength), call("minusDi", diLength)]
  const isOwn = JSON.stringify(diLength) === JSON.stringify(smoothing)
  return [plus, minus, isOwn ? call("adx", diLength) : call("rma", call("dx", diLength), smoothing)]
}

function parabolic(given: Given) {
  const [start, step] = [given(0, "start"), given(1, "inc")]
  if (JSON.stringify(start) !== JSON.stringify(step)) throw new NotOurs("here a parabolic stop starts with its step")
  return call("sar", step, given(2, "max"))
}

/** Names that are values: Pine's built-in series and constants. */
export const pineNames: ReadonlyMap<string, Formula> = new Map<string, Formula>([
  ["ta.accdist", call("ad")],
  ...["open", "high", "low", "close", "volume", "hl2", "hlc3", "ohlc4", "hour"].map(
    (name) => [name, named(name)] as const,
  ),
  ["hlcc4", call("wclPrice")],
  ["true", yes],
  ["false", no],
  ["na", number(Number.NaN)],
  ["ta.tr", call("trange")],
  ["ta.obv", call("obv")],
  ["ta.vwap", call("vwap")],
  ["math.pi", number(Math.PI)],
  ["barstate.isconfirmed", yes],
  ["barstate.ishistory", yes],
  ...["long", "short", "direction.long", "direction.short", "direction.all"].map(
    (name) => [`strategy.${name}`, word(name.replace("direction.", ""))] as const,
  ),
  ["strategy.position_avg_price", named("position.entryPrice")],
])
