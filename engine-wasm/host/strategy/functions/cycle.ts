import { Op } from "../../../assembly/operators/opcode.ts"
import type { FunctionSpec } from "../formula/function-spec.ts"
import { source } from "./argument.ts"

/**
 * Candles after which no bit of the transform depends on its start: most starts need 500, one in 100,000 more than
 * this.
 */
const TRANSFORM_SETTLES = 2500

/** Ehlers' view of a price as a cycle. */
export const cycle: FunctionSpec[] = [
  ofTransform(
    "htDcPeriod",
    Op.htDcPeriod,
    32,
    "Length of the dominant cycle in candles, 6 to 50 (Ehlers; TA-Lib HT_DCPERIOD).",
  ),
  ofTransform(
    "htDcPhase",
    Op.htDcPhase,
    63,
    "Where in its dominant cycle the price stands, -45 to 315 degrees (Ehlers; TA-Lib HT_DCPHASE).",
  ),
  ofTransform(
    "htTrendMode",
    Op.htTrendMode,
    63,
    "1 while the price trends, 0 while it cycles (Ehlers; TA-Lib HT_TRENDMODE).",
  ),
  {
    ...ofTransform(
      "htSine",
      Op.htSine,
      63,
      "Sine of the dominant cycle's phase, and the same 45 degrees ahead (Ehlers; TA-Lib HT_SINE).",
    ),
    outputs: ["sine", "leadSine"],
  },
  {
    ...ofTransform(
      "htPhasor",
      Op.htPhasor,
      32,
      "The two parts of the dominant cycle, a quarter turn apart (Ehlers; TA-Lib HT_PHASOR).",
    ),
    outputs: ["inPhase", "quadrature"],
  },
]

function ofTransform(name: string, op: Op, readyAfter: number, doc: string): FunctionSpec {
  return {
    name,
    op,
    doc,
    candle: [],
    arguments: [source],
    outputs: [],
    ticks: "source",
    readyAfter: () => readyAfter,
    settledAfter: () => TRANSFORM_SETTLES,
  }
}
