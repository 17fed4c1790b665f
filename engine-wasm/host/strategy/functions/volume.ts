import { Op } from "../../../assembly/operators/opcode.ts"
import type { CandleInput, FunctionSpec } from "../formula/function-spec.ts"
import { candles, length } from "./argument.ts"
import { emaSettles } from "./average-warm-up.ts"

const closeAndVolume: CandleInput[] = ["close", "volume"]
const wholeCandle: CandleInput[] = ["high", "low", "close", "volume"]

/** What traded volume says about the price. */
export const volume: FunctionSpec[] = [
  addsUp(
    "obv",
    Op.obv,
    closeAndVolume,
    "On-balance volume: added on a higher close, taken away on a lower one (Granville; TA-Lib OBV).",
  ),
  addsUp(
    "ad",
    Op.ad,
    wholeCandle,
    "Accumulation/distribution line: volume weighted by where in its range the candle closed (Chaikin; TA-Lib AD).",
  ),
  {
    name: "adosc",
    op: Op.adosc,
    doc: "Chaikin oscillator: fast less slow EMA of the accumulation/distribution line (Chaikin; TA-Lib ADOSC).",
    candle: wholeCandle,
    arguments: [candles("fast", 3, 2), candles("slow", 10, 2)],
    outputs: [],
    ticks: "price",
    readyAfter: ([fast, slow]) => Math.max(fast!, slow!) - 1,
    settledAfter: ([fast, slow]) => emaSettles(Math.max(fast!, slow!)),
  },
  {
    name: "cmf",
    op: Op.cmf,
    doc: "Chaikin money flow: money flow volume over volume of the last `length` candles, -1 to 1 (Chaikin).",
    candle: wholeCandle,
    arguments: [length(20)],
    outputs: [],
    ticks: "price",
    readyAfter: ([n]) => n! - 1,
    settledAfter: ([n]) => n!,
  },
  {
    name: "forceIndex",
    op: Op.forceIndex,
    doc: "Force index: the EMA of volume times the change of the close (Elder, Trading for a Living).",
    candle: closeAndVolume,
    arguments: [length(13)],
    outputs: [],
    ticks: "price",
    readyAfter: ([n]) => n!,
    settledAfter: ([n]) => 1 + emaSettles(n!),
  },
]

// A sum over the whole history: its height shows its start for ever, so it is never settled.
function addsUp(name: string, op: Op, candle: CandleInput[], doc: string): FunctionSpec {
  return {
    name,
    op,
    doc,
    candle,
    arguments: [],
    outputs: [],
    ticks: "price",
    readyAfter: () => 0,
    settledAfter: () => Infinity,
  }
}
