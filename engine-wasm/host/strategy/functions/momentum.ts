import { Op } from "../../../assembly/operators/opcode.ts"
import type { FunctionSpec } from "../formula/function-spec.ts"
import { average, candles, length, source } from "./argument.ts"
import { averageWarmUp, emaSettles, wilderSettles } from "./average-warm-up.ts"

type Rest = Pick<FunctionSpec, "readyAfter" | "settledAfter"> & Partial<FunctionSpec>

const itsLength: Rest = { readyAfter: ([n]) => n!, settledAfter: ([n]) => n! + 1 }
const itsWindow: Rest = { readyAfter: ([n]) => n! - 1, settledAfter: ([n]) => n! }
const wilder: Rest = { readyAfter: ([n]) => n!, settledAfter: ([n]) => 1 + wilderSettles(n!) }
const price: FunctionSpec["candle"] = ["high", "low", "close"]

/** How fast and how far a series moves, and its place in its range. */
export const momentum: FunctionSpec[] = [
  ofSource(
    "rsi",
    Op.rsi,
    14,
    "Relative strength index, 0 to 100: rises over rises and falls, by Wilder's averages (TA-Lib RSI).",
    wilder,
    2,
  ),
  ofSource("cmo", Op.cmo, 14, "Chande momentum oscillator, -100 to 100, by Wilder's averages (TA-Lib CMO).", wilder, 2),
  ofSource("mom", Op.mom, 10, "Momentum: the change over `length` candles (TA-Lib MOM).", {
    ...itsLength,
    resultParts: (_, parts) => parts,
  }),
  ofSource("roc", Op.roc, 10, "Rate of change over `length` candles in percent (TA-Lib ROC).", itsLength),
  ofSource("rocp", Op.rocp, 10, "Rate of change over `length` candles as a fraction (TA-Lib ROCP).", itsLength),
  ofSource("rocr", Op.rocr, 10, "Ratio to the value `length` candles ago (TA-Lib ROCR).", itsLength),
  ofSource(
    "rocr100",
    Op.rocr100,
    10,
    "Ratio to the value `length` candles ago in percent (TA-Lib ROCR100).",
    itsLength,
  ),
  ofSource("trix", Op.trix, 30, "One-candle change, in percent, of a threefold EMA (TA-Lib TRIX).", {
    readyAfter: ([n]) => 3 * (n! - 1) + 1,
    settledAfter: ([n]) => 3 * emaSettles(n!) + 1,
  }),
  {
    name: "macd",
    op: Op.macd,
    doc: "Moving average convergence/divergence: fast EMA less slow EMA, its signal, and their difference (TA-Lib MACD).",
    candle: [],
    arguments: [source, candles("fast", 12, 2), candles("slow", 26, 2), candles("signal", 9)],
    ticks: "source",
    outputs: ["line", "signal", "histogram"],
    readyAfter: ([fast, slow, signal]) => Math.max(fast!, slow!) + signal! - 2,
    settledAfter: ([fast, slow, signal]) => emaSettles(Math.max(fast!, slow!)) + emaSettles(signal!),
  },
  oscillator(
    "ppo",
    Op.ppo,
    "Percentage price oscillator: fast average less slow average, in percent of the slow (TA-Lib PPO).",
  ),
  oscillator("apo", Op.apo, "Absolute price oscillator: fast average less slow average (TA-Lib APO)."),
  {
    name: "stoch",
    op: Op.stoch,
    doc: "Slow stochastic, 0 to 100: the close's place in the range, smoothed, and its average (TA-Lib STOCH).",
    candle: price,
    arguments: [candles("kLength", 5), candles("kSmooth", 3), candles("dLength", 3), average("sma")],
    ticks: "price",
    outputs: ["k", "d"],
    readyAfter: ([k, smooth, d, kind]) => k! - 1 + averageWarmUp(smooth!, kind!).ready + averageWarmUp(d!, kind!).ready,
    settledAfter: ([k, smooth, d, kind]) =>
      k! + averageWarmUp(smooth!, kind!).settled + averageWarmUp(d!, kind!).settled,
  },
  {
    name: "stochf",
    op: Op.stochf,
    doc: "Fast stochastic, 0 to 100: the close's place in the range, and its average (TA-Lib STOCHF).",
    candle: price,
    arguments: [candles("kLength", 5), candles("dLength", 3), average("sma")],
    ticks: "price",
    outputs: ["k", "d"],
    readyAfter: ([k, d, kind]) => k! - 1 + averageWarmUp(d!, kind!).ready,
    settledAfter: ([k, d, kind]) => k! + averageWarmUp(d!, kind!).settled,
  },
  {
    name: "stochRsi",
    op: Op.stochRsi,
    doc: "Fast stochastic of the RSI, 0 to 100, and its average (Chande & Kroll; TA-Lib STOCHRSI).",
    candle: [],
    arguments: [source, length(14, 2), candles("kLength", 5), candles("dLength", 3), average("sma")],
    ticks: "source",
    outputs: ["k", "d"],
    readyAfter: ([n, k, d, kind]) => n! + k! - 1 + averageWarmUp(d!, kind!).ready,
    settledAfter: ([n, k, d, kind]) => 1 + wilderSettles(n!) + k! + averageWarmUp(d!, kind!).settled,
  },
  ofPrice(
    "cci",
    Op.cci,
    14,
    "Commodity channel index: distance of the typical price from its mean in 0.015 mean deviations (TA-Lib CCI).",
    itsWindow,
    2,
  ),
  ofPrice(
    "willr",
    Op.willr,
    14,
    "Williams %R, -100 to 0: how far the close is below the highest high (TA-Lib WILLR).",
    itsWindow,
  ),
  ofPrice(
    "mfi",
    Op.mfi,
    14,
    "Money flow index, 0 to 100: an RSI of price x volume (TA-Lib MFI).",
    { ...itsLength, candle: [...price, "volume"] },
    2,
  ),
  {
    name: "ultosc",
    op: Op.ultosc,
    doc: "Ultimate oscillator, 0 to 100: buying pressure over true range in three windows (Williams; TA-Lib ULTOSC).",
    candle: price,
    arguments: [candles("a", 7), candles("b", 14), candles("c", 28)],
    ticks: "price",
    outputs: [],
    readyAfter: (lengths) => Math.max(...lengths),
    settledAfter: (lengths) => Math.max(...lengths) + 1,
  },
  {
    name: "bop",
    op: Op.bop,
    doc: "Balance of power, -1 to 1: how much of its range the candle kept from open to close (TA-Lib BOP).",
    candle: ["open", "high", "low", "close"],
    arguments: [],
    ticks: "price",
    outputs: [],
    readyAfter: () => 0,
    settledAfter: () => 0,
  },
  ofPrice(
    "aroon",
    Op.aroon,
    14,
    "Aroon, 0 to 100: how fresh the highest high and the lowest low are (TA-Lib AROON).",
    {
      ...itsLength,
      candle: ["high", "low"],
      outputs: ["up", "down"],
    },
    2,
  ),
  ofPrice(
    "aroonosc",
    Op.aroonosc,
    14,
    "Aroon oscillator, -100 to 100: aroon up less aroon down (TA-Lib AROONOSC).",
    { ...itsLength, candle: ["high", "low"] },
    2,
  ),
  {
    name: "ao",
    op: Op.ao,
    doc: "Awesome oscillator: fast SMA less slow SMA of (high + low) / 2 (Williams; Pine ta.sma(hl2, 5) - ta.sma(hl2, 34)).",
    candle: ["high", "low"],
    arguments: [candles("fast", 5), candles("slow", 34)],
    ticks: "price",
    reach: "weighted",
    outputs: [],
    readyAfter: (lengths) => Math.max(...lengths) - 1,
    settledAfter: (lengths) => Math.max(...lengths),
  },
  {
    name: "tsi",
    op: Op.tsi,
    doc: "True strength index, -100 to 100: the change, smoothed twice, over its size smoothed twice (Blau; Pine ta.tsi x 100).",
    candle: [],
    arguments: [source, candles("long", 25), candles("short", 13)],
    ticks: "source",
    outputs: [],
    readyAfter: ([long, short]) => long! + short! - 1,
    settledAfter: ([long, short]) => 1 + emaSettles(long!) + emaSettles(short!),
  },
]

function ofSource(name: string, op: Op, usual: number, doc: string, rest: Rest, min = 1): FunctionSpec {
  return { name, op, doc, candle: [], arguments: [source, length(usual, min)], outputs: [], ticks: "source", ...rest }
}

function ofPrice(name: string, op: Op, usual: number, doc: string, rest: Rest, min = 1): FunctionSpec {
  return { name, op, doc, candle: price, arguments: [length(usual, min)], outputs: [], ticks: "price", ...rest }
}

function oscillator(name: string, op: Op, doc: string): FunctionSpec {
  return {
    name,
    op,
    doc,
    candle: [],
    arguments: [source, candles("fast", 12, 2), candles("slow", 26, 2), average("ema")],
    ticks: "source",
    reach: "weighted",
    outputs: [],
    readyAfter: ([fast, slow, kind]) => averageWarmUp(Math.max(fast!, slow!), kind!).ready,
    settledAfter: ([fast, slow, kind]) => averageWarmUp(Math.max(fast!, slow!), kind!).settled,
  }
}
