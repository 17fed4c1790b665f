import { Op } from "../../../assembly/operators/opcode.ts"
import type { FunctionSpec } from "../formula/function-spec.ts"
import { average, decimal, length, source } from "./argument.ts"
import { averageWarmUp, emaSettles, wilderSettles } from "./average-warm-up.ts"

const price: FunctionSpec["candle"] = ["high", "low", "close"]
const wilder = {
  candle: price,
  ticks: "price" as const,
  outputs: [],
  readyAfter: ([n]: number[]) => n!,
  settledAfter: ([n]: number[]) => 1 + wilderSettles(n!),
}
const spread = { candle: [], outputs: [], readyAfter: ([n]: number[]) => n! - 1, settledAfter: ([n]: number[]) => n! }

/** How far prices spread. */
export const volatility: FunctionSpec[] = [
  {
    name: "atr",
    op: Op.atr,
    doc: "Average true range, by Wilder's average (TA-Lib ATR).",
    arguments: [length(14)],
    ...wilder,
  },
  {
    name: "natr",
    op: Op.natr,
    doc: "Average true range in percent of the close (TA-Lib NATR).",
    arguments: [length(14)],
    ...wilder,
  },
  {
    name: "trange",
    op: Op.trange,
    doc: "True range: the candle's range, with the gap to the previous close (Wilder; TA-Lib TRANGE).",
    candle: price,
    arguments: [],
    outputs: [],
    ticks: "price",
    resultParts: (_, parts) => parts,
    readyAfter: () => 1,
    settledAfter: () => 1,
  },
  {
    name: "bbands",
    op: Op.bbands,
    doc: "Bollinger bands: an average, standard deviations above and below it, and the bands' distance over the middle (TA-Lib BBANDS).",
    candle: [],
    arguments: [
      source,
      length(5, 2),
      decimal("deviationsUp", 2, -100, 100),
      decimal("deviationsDown", 2, -100, 100),
      average("sma"),
    ],
    outputs: ["upper", "middle", "lower", "width"],
    ticks: "source",
    reach: "squared",
    readyAfter: ([n, , , kind]) => averageWarmUp(n!, kind!).ready,
    settledAfter: ([n, , , kind]) => averageWarmUp(n!, kind!).settled,
  },
  {
    name: "keltner",
    op: Op.keltner,
    doc: "Keltner channel: an EMA of the close, and multiples of an EMA of the true range around it (Pine ta.kc).",
    candle: price,
    arguments: [length(20), decimal("multiple", 2, 0, 100)],
    outputs: ["upper", "middle", "lower"],
    ticks: "price",
    readyAfter: ([n]) => n!,
    settledAfter: ([n]) => 1 + emaSettles(n!),
  },
  {
    name: "donchian",
    op: Op.donchian,
    doc: "Donchian channel: highest high and lowest low, this candle included, and their middle (Donchian; Pine ta.highest, ta.lowest).",
    candle: ["high", "low"],
    arguments: [length(20)],
    outputs: ["upper", "middle", "lower"],
    ticks: "price",
    resultParts: (_, parts) => 2 * parts,
    readyAfter: ([n]) => n! - 1,
    settledAfter: ([n]) => n!,
  },
  {
    name: "stddev",
    op: Op.stddev,
    doc: "Standard deviation of the last `length` values, times `deviations` (TA-Lib STDDEV).",
    arguments: [source, length(5, 2), decimal("deviations", 1, -100, 100)],
    ticks: "source",
    reach: "squared",
    ...spread,
  },
  {
    name: "variance",
    op: Op.variance,
    doc: "Variance of the last `length` values; `deviations` changes nothing, as in TA-Lib (TA-Lib VAR).",
    arguments: [source, length(5), decimal("deviations", 1, -100, 100)],
    ticks: "source",
    reach: "squared",
    ...spread,
  },
  {
    name: "choppiness",
    op: Op.choppiness,
    doc: "Choppiness index: near 0 in a straight trend, near 100 in a sideways market (Dreiss; TradingView).",
    candle: price,
    arguments: [length(14, 2)],
    outputs: [],
    ticks: "price",
    readyAfter: ([n]) => n!,
    settledAfter: ([n]) => n! + 1,
  },
]
