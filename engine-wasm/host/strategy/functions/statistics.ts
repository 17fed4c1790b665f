import { Op } from "../../../assembly/operators/opcode.ts"
import type { FunctionSpec } from "../formula/function-spec.ts"
import { length, source } from "./argument.ts"

/** Figures over the last candles of one or two series. */
export const statistics: FunctionSpec[] = [
  ofSource("highest", Op.highest, 30, "The highest of the last `length` values (TA-Lib MAX)."),
  ofSource("lowest", Op.lowest, 30, "The lowest of the last `length` values (TA-Lib MIN)."),
  {
    ...ofSource("sum", Op.sum, 30, "The sum of the last `length` values (TA-Lib SUM)."),
    ticks: "source",
    reach: "window",
    resultParts: ([n], parts) => n! * parts,
  },
  {
    ...ofSource("median", Op.median, 20, "The middle of the last `length` values by size (Pine ta.median)."),
    ticks: "source",
    resultParts: ([n], parts) => (n! % 2 ? parts : 2 * parts),
  },
  afterOne(
    "percentRank",
    Op.percentRank,
    20,
    "Percent of the `length` values before this one that are at or below it (Pine ta.percentrank).",
  ),
  {
    ...ofSource(
      "zscore",
      Op.zscore,
      20,
      "Distance from the mean of the last `length` values in standard deviations (of the population).",
    ),
    ticks: "source",
    reach: "squared",
  },
  ofSource(
    "highestBars",
    Op.highestBars,
    30,
    "Candles since the highest of the last `length` values, the latest of equals (TA-Lib MAXINDEX).",
  ),
  ofSource(
    "lowestBars",
    Op.lowestBars,
    30,
    "Candles since the lowest of the last `length` values, the latest of equals (TA-Lib MININDEX).",
  ),
  {
    ...ofSource("correl", Op.correl, 30, "Pearson's correlation of two series, -1 to 1 (TA-Lib CORREL)."),
    arguments: pair(30),
    ticks: "source",
  },
  {
    ...afterOne("beta", Op.beta, 5, "How much b's relative change moves per a's (TA-Lib BETA)."),
    arguments: pair(5),
    ticks: "source",
  },
  {
    ...ofSource(
      "midpoint",
      Op.midpoint,
      14,
      "Halfway between the highest and the lowest of the last `length` values (TA-Lib MIDPOINT).",
    ),
    ticks: "source",
    resultParts: (_, parts) => 2 * parts,
  },
  {
    ...ofSource(
      "midprice",
      Op.midprice,
      14,
      "Halfway between the highest high and the lowest low of the last `length` candles (TA-Lib MIDPRICE).",
    ),
    candle: ["high", "low"],
    arguments: [length(14)],
    ticks: "price",
    resultParts: (_, parts) => 2 * parts,
  },
]

function ofSource(name: string, op: Op, usual: number, doc: string): FunctionSpec {
  return {
    name,
    op,
    doc,
    candle: [],
    arguments: [source, length(usual)],
    outputs: [],
    readyAfter: ([n]) => n! - 1,
    settledAfter: ([n]) => n!,
  }
}

function afterOne(name: string, op: Op, usual: number, doc: string): FunctionSpec {
  return { ...ofSource(name, op, usual, doc), readyAfter: ([n]) => n!, settledAfter: ([n]) => n! + 1 }
}

function pair(usual: number): FunctionSpec["arguments"] {
  return [{ name: "a", kind: "series" }, { name: "b", kind: "series" }, length(usual)]
}
