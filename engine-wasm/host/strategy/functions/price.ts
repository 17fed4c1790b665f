import { Op } from "../../../assembly/operators/opcode.ts"
import type { CandleInput, FunctionSpec } from "../formula/function-spec.ts"

/** One price for a whole candle. */
export const price: FunctionSpec[] = [
  mean(
    "avgPrice",
    Op.avgPrice,
    ["open", "high", "low", "close"],
    4,
    "(open + high + low + close) / 4 (TA-Lib AVGPRICE).",
  ),
  mean("medPrice", Op.medPrice, ["high", "low"], 2, "(high + low) / 2 (TA-Lib MEDPRICE)."),
  mean("typPrice", Op.typPrice, ["high", "low", "close"], 3, "(high + low + close) / 3 (TA-Lib TYPPRICE)."),
  mean("wclPrice", Op.wclPrice, ["high", "low", "close"], 4, "(high + low + 2 x close) / 4 (TA-Lib WCLPRICE)."),
]

function mean(name: string, op: Op, candle: CandleInput[], divisor: number, doc: string): FunctionSpec {
  return {
    name,
    op,
    doc,
    candle,
    arguments: [],
    outputs: [],
    ticks: "price",
    resultParts: (_, parts) => divisor * parts,
    readyAfter: () => 0,
    settledAfter: () => 0,
  }
}
