import { Op } from "../../assembly/operators/opcode.ts"
import type { FunctionSpec } from "../function-spec.ts"

const source = { name: "source", kind: "series", default: "close" } as const
const length = (usual: number, min = 1) => ({ name: "length", kind: "integer", default: usual, min, max: 100_000 }) as const

/** Averages of a series or of the candles. */
export const averages: FunctionSpec[] = [
  {
    name: "sma",
    op: Op.sma,
    doc: "Simple moving average: the mean of the last `length` values (TA-Lib SMA).",
    candle: [],
    arguments: [source, length(30)],
    outputs: [],
    exact: "source",
    resultScale: ([n], scale) => scale * n!,
    readyAfter: ([n]) => n! - 1,
    settledAfter: ([n]) => n!,
  },
  {
    name: "ema",
    op: Op.ema,
    doc: "Exponential moving average, weight 2 / (length + 1), seeded with an SMA (TA-Lib EMA).",
    candle: [],
    arguments: [source, length(30)],
    outputs: [],
    readyAfter: ([n]) => n! - 1,
    settledAfter: ([n]) => 16 * n!,
  },
]
