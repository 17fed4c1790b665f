import { Op } from "../../../assembly/operators/opcode.ts"
import { averageKinds, type CandleInput, type FunctionSpec } from "../formula/function-spec.ts"
import { average, decimal, length, source } from "./argument.ts"
import { averageWarmUp, emaSettles, wilderSettles } from "./average-warm-up.ts"

type Average = Pick<FunctionSpec, "name" | "op" | "doc" | "reach" | "readyAfter" | "settledAfter"> & {
  usual?: number
  min?: number
  candle?: CandleInput[]
}

const before = (n: number) => n - 1
const middleHalf = (n: number) => Math.floor((n + 1) / 2) * Math.floor(n / 2 + 1)

/** Sum of an average's weights: its values are whole in this many parts of its source's unit. */
const weightSum = (n: number, kind: number) => {
  if (kind === averageKinds.sma || n === 1) return n
  if (kind === averageKinds.wma) return (n * (n + 1)) / 2
  return kind === averageKinds.trima ? middleHalf(n) : 0
}

/** Averages of a series or of the candles. */
export const averages: FunctionSpec[] = [
  exact("sma", Op.sma, averageKinds.sma, "Simple moving average: the mean of the last `length` values (TA-Lib SMA)."),
  exact(
    "wma",
    Op.wma,
    averageKinds.wma,
    "Weighted moving average: the newest value weighs `length`, the oldest 1 (TA-Lib WMA).",
  ),
  exact("trima", Op.trima, averageKinds.trima, "Triangular moving average: an average of an average (TA-Lib TRIMA)."),
  recursive(
    "ema",
    Op.ema,
    averageKinds.ema,
    "Exponential moving average, weight 2 / (length + 1), seeded with an SMA (TA-Lib EMA).",
  ),
  recursive(
    "dema",
    Op.dema,
    averageKinds.dema,
    "Double exponential moving average: less lag than an EMA (Mulloy; TA-Lib DEMA).",
  ),
  recursive(
    "tema",
    Op.tema,
    averageKinds.tema,
    "Triple exponential moving average: less lag again (Mulloy; TA-Lib TEMA).",
  ),
  recursive(
    "kama",
    Op.kama,
    averageKinds.kama,
    "Kaufman's adaptive average: fast in a straight move, slow in a zigzag (TA-Lib KAMA).",
  ),
  ofSource({
    name: "hma",
    op: Op.hma,
    usual: 16,
    min: 2,
    doc: "Hull moving average: WMA over sqrt(length) of 2 WMA(length / 2) - WMA(length) (Hull; Pine ta.hma).",
    reach: "weighted",
    readyAfter: ([n]) => before(n!) + before(Math.floor(Math.sqrt(n!))),
    settledAfter: ([n]) => n! + Math.floor(Math.sqrt(n!)),
  }),
  ofSource({
    name: "rma",
    op: Op.rma,
    usual: 14,
    doc: "Wilder's average: an EMA of weight 1 / length, seeded with an SMA (Wilder; Pine ta.rma).",
    readyAfter: ([n]) => before(n!),
    settledAfter: ([n]) => wilderSettles(n!),
  }),
  ofSource({
    name: "vwma",
    op: Op.vwma,
    usual: 20,
    candle: ["volume"],
    doc: "Volume-weighted moving average: sum of value x volume over sum of volume (Pine ta.vwma).",
    readyAfter: ([n]) => before(n!),
    settledAfter: ([n]) => n!,
  }),
  {
    name: "t3",
    op: Op.t3,
    doc: "T3: six EMAs in a row, mixed by the volume factor (Tillson; TA-Lib T3).",
    candle: [],
    arguments: [source, length(5, 2), decimal("vFactor", 0.7, 0, 1)],
    outputs: [],
    ticks: "source",
    readyAfter: ([n]) => 6 * before(n!),
    settledAfter: ([n]) => 6 * emaSettles(n!),
  },
  {
    name: "ma",
    op: Op.ma,
    doc: "An average of the kind you choose (TA-Lib MA).",
    candle: [],
    arguments: [source, length(30), average("sma")],
    outputs: [],
    ticks: "source",
    reach: "weighted",
    resultParts: ([n, kind], parts) => parts * weightSum(n!, kind!),
    readyAfter: ([n, kind]) => averageWarmUp(n!, kind!).ready,
    settledAfter: ([n, kind]) => averageWarmUp(n!, kind!).settled,
  },
  {
    name: "mama",
    op: Op.mama,
    doc: "MESA adaptive average and its follower: the faster the phase turns, the less it smooths (Ehlers; TA-Lib MAMA).",
    candle: [],
    arguments: [source, decimal("fastLimit", 0.5, 0.01, 0.99), decimal("slowLimit", 0.05, 0.01, 0.99)],
    outputs: ["mama", "fama"],
    ticks: "source",
    readyAfter: () => 32,
    settledAfter: ([, slow]) => 1000 + Math.ceil(emaSettles(4 / slow!)),
  },
  {
    name: "vwap",
    op: Op.vwap,
    doc: "Volume-weighted average price since midnight UTC, of (high + low + close) / 3 (Pine ta.vwap).",
    candle: ["high", "low", "close", "volume", "time"],
    arguments: [],
    outputs: [],
    ticks: "price",
    readyAfter: () => 0,
    // The longest day there is, in candles of one minute.
    settledAfter: () => 1440,
  },
  fit(
    "linreg",
    Op.linreg,
    "The least-squares line of the last `length` values, at the newest candle (TA-Lib LINEARREG).",
  ),
  fit("linregSlope", Op.linregSlope, "Rise per candle of the least-squares line (TA-Lib LINEARREG_SLOPE)."),
  fit("linregAngle", Op.linregAngle, "Angle of the least-squares line in degrees (TA-Lib LINEARREG_ANGLE)."),
  fit(
    "linregIntercept",
    Op.linregIntercept,
    "The least-squares line at the oldest candle of its window (TA-Lib LINEARREG_INTERCEPT).",
  ),
  fit("tsf", Op.tsf, "Time series forecast: the least-squares line one candle ahead (TA-Lib TSF)."),
  {
    name: "htTrendline",
    op: Op.htTrendline,
    doc: "Instantaneous trend line: the average price of one dominant cycle, smoothed (Ehlers; TA-Lib HT_TRENDLINE).",
    candle: [],
    arguments: [source],
    outputs: [],
    ticks: "source",
    readyAfter: () => 63,
    settledAfter: () => 1000,
  },
]

function ofSource({ usual = 30, min = 1, candle = [], reach = "window", ...spec }: Average): FunctionSpec {
  return { ...spec, reach, candle, arguments: [source, length(usual, min)], outputs: [], ticks: "source" }
}

function exact(name: string, op: Op, kind: number, doc: string): FunctionSpec {
  const spec = ofSource({ name, op, doc, readyAfter: ([n]) => before(n!), settledAfter: ([n]) => n! })
  return {
    ...spec,
    reach: kind === averageKinds.sma ? "window" : "weighted",
    resultParts: ([n], parts) => parts * weightSum(n!, kind),
  }
}

function recursive(name: string, op: Op, kind: number, doc: string): FunctionSpec {
  const warmUp = ([n]: number[]) => averageWarmUp(n!, kind)
  return ofSource({
    name,
    op,
    doc,
    min: 2,
    readyAfter: (numbers) => warmUp(numbers).ready,
    settledAfter: (numbers) => warmUp(numbers).settled,
  })
}

function fit(name: string, op: Op, doc: string): FunctionSpec {
  const spec = ofSource({
    name,
    op,
    doc,
    usual: 14,
    min: 2,
    readyAfter: ([n]) => before(n!),
    settledAfter: ([n]) => n!,
  })
  return { ...spec, reach: "fitted" }
}
