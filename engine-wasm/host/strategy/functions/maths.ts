import { Op } from "../../../assembly/operators/opcode.ts"
import type { FunctionArgument, FunctionSpec } from "../formula/function-spec.ts"

const x: FunctionArgument = { name: "x", kind: "series" }
const y: FunctionArgument = { name: "y", kind: "series" }

function stateless(name: string, op: Op, parts: { doc: string; arguments?: FunctionArgument[] }): FunctionSpec {
  return {
    name,
    op,
    doc: parts.doc,
    candle: [],
    arguments: parts.arguments ?? [x],
    outputs: [],
    readyAfter: () => 0,
    settledAfter: () => 0,
  }
}

/** Plain maths on each candle's values. None looks back in time, so these may also follow the open position. */
export const maths: FunctionSpec[] = [
  stateless("abs", Op.abs, { doc: "The value without its sign (IEEE 754 abs)." }),
  stateless("min", Op.min, { doc: "The smaller of two values (IEEE 754 minimum).", arguments: [x, y] }),
  stateless("max", Op.max, { doc: "The larger of two values (IEEE 754 maximum).", arguments: [x, y] }),
  stateless("floor", Op.floor, { doc: "The next whole number below (IEEE 754)." }),
  stateless("ceil", Op.ceil, { doc: "The next whole number above (IEEE 754)." }),
  stateless("round", Op.round, { doc: "The nearest whole number; halves go away from zero, as traders round." }),
  stateless("sqrt", Op.sqrt, { doc: "The square root (IEEE 754); not ready below zero." }),
  stateless("log", Op.log, { doc: "The natural logarithm; not ready below zero." }),
  stateless("exp", Op.exp, { doc: "e to the power of x." }),
  stateless("pow", Op.pow, { doc: "x to the power of y.", arguments: [x, y] }),
  stateless("sign", Op.sign, { doc: "1 above zero, -1 below, 0 at zero." }),
  stateless("clamp", Op.clamp, {
    doc: "x kept between low and high.",
    arguments: [x, { name: "low", kind: "series" }, { name: "high", kind: "series" }],
  }),
  stateless("nz", Op.nz, {
    doc: "x, or y while x is not ready (Pine Script's nz).",
    arguments: [x, { name: "y", kind: "series", default: "0" }],
  }),
]
