import type { Formula } from "../formula/formula.ts"
import { ago, binary, call, isNumber, minus, named, no, not, NotOurs, number, outputOf, yes } from "./formula-making.ts"

/** What a call was given: by place, or by the name Pine's manual gives the argument. */
export type Given = (place: number, name: string, otherwise?: Formula) => Formula

type Translate = (given: Given) => Formula | Formula[]

const close = named("close")
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
    call(name, given(0, "number"))

/** `ta.highest(20)` means the highest high, `ta.highest(close, 20)` the highest close. */
const extreme =
  (name: string, ownSource: string): Translate =>
  (given) => {
    const second = given(1, "length", number(Number.NaN))
    return isNumber(second) && Number.isNaN(second.value)
      ? call(name, named(ownSource), given(0, "length"))
      : call(name, given(0, "source"), second)
  }

/** Pine's `ta.` and `math.` functions (TradingView's reference manual, v5 and v6) as formulas of ours. */
export const pineFunctions: ReadonlyMap<string, Translate> = new Map<string, Translate>([
  ...["sma", "ema", "wma", "rma", "hma", "vwma", "rsi", "cmo", "mom", "roc", "median"].map(
    (name) => [`ta.${name}`, sameArguments(name)] as const,
  ),
  ["ta.stdev", sameArguments("stddev")],
  ["ta.variance", sameArguments("variance")],
  ["ta.percentrank", sameArguments("percentRank")],
  ["ta.linreg", linreg],
  ["ta.atr", ofCandles("atr")],
  ["ta.wpr", ofCandles("willr")],
  ["ta.tr", () => call("trange")],
  ["ta.obv", () => call("obv")],
  ["ta.vwap", () => call("vwap")],
  ["ta.mfi", (given) => call("mfi", needing(given, "hlc3"))],
  ["ta.cci", (given) => call("cci", needing(given, "hlc3"))],
  ["ta.highest", extreme("highest", "high")],
  ["ta.lowest", extreme("lowest", "low")],
  ["ta.highestbars", (given) => minus(extreme("highestBars", "high")(given) as Formula)],
  ["ta.lowestbars", (given) => minus(extreme("lowestBars", "low")(given) as Formula)],
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
  ["ta.bbw", (given) => outputOf(bollinger(given), "width")],
  ["ta.kc", keltner],
  ["ta.supertrend", supertrend],
  ["ta.dmi", directional],
  ["ta.sar", parabolic],
  ["ta.tsi", (given) => call("tsi", source(given), given(2, "long_length"), given(1, "short_length"))],
  ...["abs", "floor", "ceil", "round", "sqrt", "log", "exp", "sign"].map(
    (name) => [`math.${name}`, maths(name)] as const,
  ),
  ["math.max", (given) => call("max", given(0, "number0"), given(1, "number1"))],
  ["math.min", (given) => call("min", given(0, "number0"), given(1, "number1"))],
  ["math.pow", (given) => call("pow", given(0, "base"), given(1, "exponent"))],
  ["math.avg", (given) => binary("/", binary("+", given(0, "number0"), given(1, "number1")), number(2))],
  ["math.sum", sameArguments("sum")],
  ["nz", (given) => call("nz", source(given), given(1, "replacement", no))],
  ["fixnan", (given) => call("nz", source(given), ago(source(given), yes))],
  ["bool", (given) => given(0, "x")],
  ["int", (given) => given(0, "x")],
  ["float", (given) => given(0, "x")],
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
  const asked = source(given)
  if (asked.kind !== "name" || asked.name !== wanted) throw new NotOurs(`here it is always of ${wanted}`)
  return length(given)
}

function stoch(given: Given) {
  const names = [given(0, "source"), given(1, "high"), given(2, "low")].map((one) =>
    one.kind === "name" ? one.name : "",
  )
  if (names.join() !== "close,high,low") throw new NotOurs("here a stochastic is always of close, high and low")
  return outputOf(call("stochf", given(3, "length"), number(1)), "k")
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
  if (JSON.stringify(diLength) !== JSON.stringify(smoothing))
    throw new NotOurs("here the movement index is smoothed over its own length")
  return [call("plusDi", diLength), call("minusDi", diLength), call("adx", diLength)]
}

function parabolic(given: Given) {
  const [start, step] = [given(0, "start"), given(1, "inc")]
  if (JSON.stringify(start) !== JSON.stringify(step)) throw new NotOurs("here a parabolic stop starts with its step")
  return call("sar", step, given(2, "max"))
}

/** Names that stand for a value: Pine's built-in series and constants. */
export const pineNames: ReadonlyMap<string, Formula> = new Map<string, Formula>([
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
  ["strategy.position_avg_price", named("position.entryPrice")],
  ["input.source", close],
])
