import type { Formula } from "../formula/formula.ts"
import { functionCatalogue } from "../formula/function-catalogue.ts"
import { binary, call, choice, named, NotOurs, number, outputOf } from "./formula-making.ts"

/** A call's arguments by position or name, as formulas; `otherwise` where one is missing. */
export type Given = (place: number, name: string, otherwise?: Formula) => Formula

/** A value, or the named columns of one that has several (`macd["macdsignal"]`). */
export type Columns = Formula | { columns: Map<string, Formula> }

const close = named("close")
const timeperiod = (given: Given, otherwise: number, place = 1) => given(place, "timeperiod", number(otherwise))

/** TA-Lib's abstract functions take the frame or one of its columns first. */
const ofPrice =
  (name: string, period: number) =>
  (given: Given): Columns =>
    call(name, given(0, "real", close), timeperiod(given, period))
const ofFrame =
  (name: string, period: number) =>
  (given: Given): Columns =>
    call(name, timeperiod(given, period))
const columns = (of: Formula, names: Record<string, string>): Columns => ({
  columns: new Map(Object.entries(names).map(([theirs, ours]) => [theirs, outputOf(of, ours)])),
})

const talibOfPrice: Record<string, number> = {
  sma: 30,
  ema: 30,
  wma: 30,
  dema: 30,
  tema: 30,
  trima: 30,
  kama: 30,
  rsi: 14,
  cmo: 14,
  mom: 10,
  roc: 10,
  rocp: 10,
  rocr: 10,
  trix: 30,
  linreg: 14,
  tsf: 14,
  midpoint: 14,
  sum: 30,
}
const talibOfFrame: Record<string, [string, number]> = {
  ADX: ["adx", 14],
  ADXR: ["adxr", 14],
  DX: ["dx", 14],
  PLUS_DI: ["plusDi", 14],
  MINUS_DI: ["minusDi", 14],
  PLUS_DM: ["plusDm", 14],
  MINUS_DM: ["minusDm", 14],
  ATR: ["atr", 14],
  NATR: ["natr", 14],
  CCI: ["cci", 14],
  MFI: ["mfi", 14],
  WILLR: ["willr", 14],
  AROONOSC: ["aroonosc", 14],
  MIDPRICE: ["midprice", 14],
}

/** Functions of pandas_ta whose values are TA-Lib's. */
const pandasOfPrice: Record<string, [string, number]> = {
  rsi: ["rsi", 14],
  ema: ["ema", 10],
  sma: ["sma", 10],
  wma: ["wma", 10],
  hma: ["hma", 10],
  rma: ["rma", 10],
  mom: ["mom", 10],
  roc: ["roc", 10],
}

/** Functions of `talib.abstract` (as `ta`), `qtpylib` and `pandas_ta` that freqtrade's strategies use. */
export const freqtradeFunctions: ReadonlyMap<string, (given: Given) => Columns> = new Map([
  ...Object.entries(talibOfPrice).map(([name, period]) => [`ta.${name.toUpperCase()}`, ofPrice(name, period)] as const),
  ...Object.entries(talibOfFrame).map(([name, [ours, period]]) => [`ta.${name}`, ofFrame(ours, period)] as const),
  ...Object.entries(pandasOfPrice).map(
    ([name, [ours, period]]) =>
      [
        `pandas_ta.${name}`,
        (given: Given): Columns => call(ours, given(0, "close"), given(1, "length", number(period))),
      ] as const,
  ),
  ["pandas_ta.atr", (given: Given): Columns => (ofPrices(given), call("atr", given(3, "length", number(14))))],
  ["pandas_ta.supertrend", pandasSupertrend],
  ["np.where", (given: Given): Columns => choice(given(0, "condition"), given(1, "x"), given(2, "y"))],
  ["np.maximum", (given: Given): Columns => call("max", given(0, "x1"), given(1, "x2"))],
  ["np.minimum", (given: Given): Columns => call("min", given(0, "x1"), given(1, "x2"))],
  ...["abs", "sqrt", "log", "exp"].map(
    (name) => [`np.${name}`, (given: Given): Columns => call(name, given(0, "x"))] as const,
  ),
  ["ta.TRANGE", (): Columns => call("trange")],
  ["ta.OBV", (): Columns => call("obv")],
  ["ta.AD", (): Columns => call("ad")],
  ["ta.BOP", (): Columns => call("bop")],
  [
    "ta.SAR",
    (given: Given): Columns => call("sar", given(1, "acceleration", number(0.02)), given(2, "maximum", number(0.2))),
  ],
  ["ta.MAX", (given: Given): Columns => call("highest", given(0, "real", close), timeperiod(given, 30))],
  ["ta.MIN", (given: Given): Columns => call("lowest", given(0, "real", close), timeperiod(given, 30))],
  ["ta.STDDEV", (given: Given): Columns => call("stddev", given(0, "real", close), timeperiod(given, 5))],
  ...patterns(),
  ["ta.MACD", macd],
  ["ta.BBANDS", bbands],
  ["ta.STOCH", stoch],
  ["ta.STOCHF", stochf],
  ["ta.STOCHRSI", stochRsi],
  [
    "ta.AROON",
    (given: Given) =>
      columns(call("aroon", timeperiod(given, 14)), {
        aroonup: "up",
        aroondown: "down",
      }),
  ],
  ["qtpylib.bollinger_bands", qtpylibBands],
  ["qtpylib.typical_price", (): Columns => named("hlc3")],
  ["qtpylib.crossed_above", (given: Given): Columns => call("crossover", given(0, "series1"), given(1, "series2"))],
  ["qtpylib.crossed_below", (given: Given): Columns => call("crossunder", given(0, "series1"), given(1, "series2"))],
  ["qtpylib.crossed", (given: Given): Columns => call("cross", given(0, "series1"), given(1, "series2"))],
  ["qtpylib.sma", (given: Given): Columns => call("sma", given(0, "series"), given(1, "window"))],
  ["qtpylib.rolling_mean", (given: Given): Columns => call("sma", given(0, "series"), given(1, "window", number(200)))],
])

/** TA-Lib's candle patterns: 100, -100 or 0, as ours. `penetration` is how deep a candle reaches into another. */
function patterns(): [string, (given: Given) => Columns][] {
  return [...functionCatalogue.values()]
    .filter(({ name }) => name.startsWith("cdl"))
    .map(({ name, arguments: asked }) => {
      const [depth] = asked
      const usual = depth && number(Number(depth.default))
      return [`ta.${name.toUpperCase()}`, (given) => call(name, ...(usual ? [given(1, "penetration", usual)] : []))]
    })
}

function macd(given: Given): Columns {
  const [fast, slow, signal] = ["fastperiod", "slowperiod", "signalperiod"]
  const whole = call(
    "macd",
    given(0, "real", close),
    given(1, fast, number(12)),
    given(2, slow, number(26)),
    given(3, signal, number(9)),
  )
  return columns(whole, {
    macd: "line",
    macdsignal: "signal",
    macdhist: "histogram",
  })
}

function bbands(given: Given): Columns {
  const [up, down] = [given(2, "nbdevup", number(2)), given(3, "nbdevdn", number(2))]
  const whole = call("bbands", given(0, "real", close), timeperiod(given, 5), up, down)
  return columns(whole, {
    upperband: "upper",
    middleband: "middle",
    lowerband: "lower",
  })
}

/** Pandas divides by one less than the count, TA-Lib by the count. */
export function sampleDeviation(of: Formula, length: Formula): Formula {
  return binary("*", call("stddev", of, length), call("sqrt", binary("/", length, binary("-", length, number(1)))))
}

/** Qtpylib's bands use the sample's deviation, which is wider. */
function qtpylibBands(given: Given): Columns {
  const [source, window, stds] = [given(0, "series"), given(1, "window", number(20)), given(2, "stds", number(2))]
  const middle = call("sma", source, window)
  const away = binary("*", stds, sampleDeviation(source, window))
  return {
    columns: new Map([
      ["upper", binary("+", middle, away)],
      ["mid", middle],
      ["lower", binary("-", middle, away)],
    ]),
  }
}

function pandasSupertrend(given: Given): Columns {
  ofPrices(given)
  const whole = call("supertrend", given(3, "length", number(7)), given(4, "multiplier", number(3)))
  return columns(whole, { SUPERT: "line", SUPERTd: "direction" })
}

/** High, low and close of the frame, in this order: other columns would mean something else. */
function ofPrices(given: Given) {
  for (const [place, name] of ["high", "low", "close"].entries()) {
    const asked = given(place, name)
    if (asked.kind !== "name" || asked.name !== name) throw new NotOurs("here it is always of high, low and close")
  }
}

function stoch(given: Given): Columns {
  for (const [place, name] of [
    [3, "slowk_matype"],
    [5, "slowd_matype"],
  ] as const) {
    const kind = given(place, name, number(0))
    if (kind.kind !== "number" || kind.value !== 0) throw new NotOurs("another kind of average has no equal here")
  }
  const [k, smooth, d] = [["fastk_period", 5] as const, ["slowk_period", 3] as const, ["slowd_period", 3] as const]
  const whole = call(
    "stoch",
    given(1, k[0], number(k[1])),
    given(2, smooth[0], number(smooth[1])),
    given(4, d[0], number(d[1])),
  )
  return columns(whole, { slowk: "k", slowd: "d" })
}

function stochf(given: Given): Columns {
  const whole = call("stochf", given(1, "fastk_period", number(5)), given(2, "fastd_period", number(3)))
  return columns(whole, { fastk: "k", fastd: "d" })
}

function stochRsi(given: Given): Columns {
  const [length, k, d] = [
    timeperiod(given, 14),
    given(2, "fastk_period", number(5)),
    given(3, "fastd_period", number(3)),
  ]
  return columns(call("stochRsi", given(0, "real", close), length, k, d), {
    fastk: "k",
    fastd: "d",
  })
}
