import { expect, test } from "vitest"
import {
  ATR,
  BollingerBands,
  CCI,
  DEMA,
  EMA,
  HMA,
  LinearRegression,
  MACD,
  MFI,
  MOM,
  NATR,
  OBV,
  ROC,
  RSI,
  SMA,
  StochasticOscillator,
  TEMA,
  TRIMA,
  VWMA,
  WilliamsR,
  WMA,
} from "trading-signals"
import { series } from "../host/run/series.ts"
import { syntheticCandles } from "../host/candles/synthetic/synthetic-candles.ts"
import { builtEngine } from "./built-engine.ts"

type Candle = { open: number; high: number; low: number; close: number; volume: number }
type Opinion = { formula: string; next: (candle: Candle) => number | null | undefined }

const CANDLES = 3000
/** From here on neither depends on how its averages began. */
const SETTLED = 1500

const candles = syntheticCandles({
  seed: 21,
  candles: CANDLES,
  timeframe: "1h",
  startMs: 0,
  startPrice: 100,
  kind: "mixed",
})

/** An indicator of closes, or of candles, of a third-party library that shares no code with TA-Lib. */
const ofCloses = (formula: string, indicator: { update(price: number, replace: boolean): number | null }): Opinion => ({
  formula,
  next: ({ close }) => indicator.update(close, false),
})
const ofCandles = (
  formula: string,
  indicator: { update(candle: Candle, replace: boolean): number | null },
): Opinion => ({ formula, next: (candle) => indicator.update(candle, false) })

/** Computed in whole ticks, for the library compares raw prices: two that are equal on paper need not be in doubles. */
const ofTicks: typeof ofCandles = (formula, indicator) => ({
  formula,
  next: (candle) => indicator.update(inTicks(candle), false),
})

function inTicks({ open, high, low, close, volume }: Candle): Candle {
  const [o, h, l, c] = [open, high, low, close].map((price) => Math.round(price * 10 ** candles.priceDecimals))
  return { open: o, high: h, low: l, close: c, volume }
}

const macd = () => new MACD(new EMA(12), new EMA(26), new EMA(9))
const stoch = () => new StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 3, dPeriod: 3 })

// Not the ADX: where a candle reaches exactly as far up as down, TA-Lib and we count neither move, this library both.
const opinions: Opinion[] = [
  ofCloses("sma(close, 20)", new SMA(20)),
  ofCloses("ema(close, 20)", new EMA(20)),
  ofCloses("wma(close, 20)", new WMA(20)),
  ofCloses("dema(close, 20)", new DEMA(20)),
  ofCloses("tema(close, 20)", new TEMA(20)),
  ofCloses("trima(close, 21)", new TRIMA(21)),
  ofCloses("hma(close, 16)", new HMA(16)),
  ofCloses("rsi(close, 14)", new RSI(14)),
  ofCloses("roc(close, 10) / 100", new ROC(10)),
  ofCloses("mom(close, 10)", new MOM(10)),
  ofCandles("atr(14)", new ATR(14)),
  ofCandles("natr(14)", new NATR(14)),
  ofCandles("cci(20)", new CCI(20)),
  ofTicks("mfi(14)", new MFI(14)),
  ofCandles("willr(14)", new WilliamsR(14)),
  ofCandles("vwma(close, 20)", new VWMA(20)),
  ofCandles("change(obv(), 1)", differenceOf(new OBV(2))),
  ...parts(
    "macd(close, 12, 26, 9)",
    { line: "macd", signal: "signal", histogram: "histogram" },
    macd,
    ({ close }) => close,
  ),
  ...parts("stoch(14, 3, 3)", { k: "stochK", d: "stochD" }, stoch, (candle) => candle),
  ...parts(
    "bbands(close, 20, 2)",
    { upper: "upper", middle: "middle", lower: "lower" },
    () => new BollingerBands(20, 2),
    ({ close }) => close,
  ),
  ...parts(
    "tsf(close, 14)",
    { "": "prediction" },
    () => new LinearRegression(14),
    ({ close }) => close,
  ),
]

test("a second library, written by others, has the same values once it has settled", async () => {
  const answer = await series(await builtEngine(), { candles, formulas: opinions.map(({ formula }) => formula) })
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
  expect(opinions.flatMap(({ formula, next }) => firstDifference(formula, answer.series[formula], next))).toEqual([])
})

/** One opinion for each part of a result with several, each with an indicator of its own. */
function parts<Input, Result extends object>(
  formula: string,
  names: Record<string, keyof Result>,
  make: () => { update(input: Input, replace: boolean): Result | null },
  inputOf: (candle: Candle) => Input,
): Opinion[] {
  return Object.entries(names).map(([output, name]) => {
    const indicator = make()
    return {
      formula: output === "" ? formula : `${formula}.${output}`,
      next: (candle) => indicator.update(inputOf(candle), false)?.[name] as number | undefined,
    }
  })
}

/** Sums that begin elsewhere differ by a constant; their steps do not. */
function differenceOf(indicator: { update(candle: Candle, replace: boolean): number | null }) {
  let before = Number.NaN
  return {
    update(candle: Candle): number {
      const value = indicator.update(candle, false) ?? Number.NaN
      const step = value - before
      before = value
      return step
    },
  }
}

function firstDifference(formula: string, ours: Float64Array, next: Opinion["next"]): string[] {
  for (let n = 0; n < CANDLES; n++) {
    const theirs = next({
      open: candles.open[n],
      high: candles.high[n],
      low: candles.low[n],
      close: candles.close[n],
      volume: candles.volume[n],
    })
    if (n >= SETTLED && !(Math.abs(ours[n] - (theirs ?? Number.NaN)) <= 1e-8 * Math.max(1, Math.abs(ours[n]))))
      return [`${formula} at candle ${n}: ${ours[n]}, the other library ${theirs}`]
  }
  return []
}
