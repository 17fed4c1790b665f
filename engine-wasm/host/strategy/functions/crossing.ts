import { Op } from "../../../assembly/operators/opcode.ts"
import type { FunctionArgument, FunctionSpec } from "../formula/function-spec.ts"
import { length, source } from "./argument.ts"

const a: FunctionArgument = { name: "a", kind: "series" }
const b: FunctionArgument = { name: "b", kind: "series" }
const condition: FunctionArgument = { name: "condition", kind: "series" }

/** What happens between two candles or since an event, and the calendar. True is 1 and false 0. */
export const crossing: FunctionSpec[] = [
  ofTwo(
    "crossover",
    Op.crossover,
    "True on the candle where a rises above b: a[1] <= b[1] and a > b (Pine ta.crossover).",
  ),
  ofTwo(
    "crossunder",
    Op.crossunder,
    "True on the candle where a falls below b: a[1] >= b[1] and a < b (Pine ta.crossunder).",
  ),
  ofTwo("cross", Op.cross, "True on the candle where a passes b, up or down (Pine ta.cross)."),
  looksBack(
    "rising",
    Op.rising,
    "True while the source is above every one of its last `length` values (Pine ta.rising).",
  ),
  looksBack(
    "falling",
    Op.falling,
    "True while the source is below every one of its last `length` values (Pine ta.falling).",
  ),
  {
    name: "barsSince",
    op: Op.barsSince,
    doc: "Candles since the condition was last true, 0 on the candle itself (Pine ta.barssince).",
    candle: [],
    arguments: [condition],
    outputs: [],
    readyAfter: () => 0,
    settledAfter: () => Infinity,
  },
  {
    name: "valueWhen",
    op: Op.valueWhen,
    doc: "The source's value when the condition was true for the n-th time back, 0 being the latest (Pine ta.valuewhen).",
    candle: [],
    arguments: [condition, source, { name: "n", kind: "integer", default: 0, min: 0, max: 100_000 }],
    outputs: [],
    readyAfter: ([n]) => n!,
    settledAfter: () => Infinity,
  },
  {
    ...looksBack("change", Op.change, "The source less its value `length` candles ago (Pine ta.change)."),
    ticks: "source",
    resultParts: (_, parts) => parts,
  },
  calendar("hour", Op.hour, "Hour of the day at the candle's opening, 0 to 23, UTC."),
  calendar("weekday", Op.weekday, "Day of the week at the candle's opening, Monday 1 to Sunday 7, UTC (ISO 8601)."),
]

function ofTwo(name: string, op: Op, doc: string): FunctionSpec {
  return { name, op, doc, candle: [], arguments: [a, b], outputs: [], readyAfter: () => 1, settledAfter: () => 1 }
}

function looksBack(name: string, op: Op, doc: string): FunctionSpec {
  return {
    name,
    op,
    doc,
    candle: [],
    arguments: [source, length(1)],
    outputs: [],
    readyAfter: ([n]) => n!,
    settledAfter: ([n]) => n!,
  }
}

function calendar(name: string, op: Op, doc: string): FunctionSpec {
  return { name, op, doc, candle: ["time"], arguments: [], outputs: [], readyAfter: () => 0, settledAfter: () => 0 }
}
