import { Op } from "../../../assembly/operators/opcode.ts"
import type { CandleInput, FunctionSpec } from "../formula/function-spec.ts"
import { candles, decimal, length } from "./argument.ts"
import { wilderSettles } from "./average-warm-up.ts"

const range: CandleInput[] = ["high", "low"]
const rangeAndClose: CandleInput[] = ["high", "low", "close"]

/** Candles after which a stop that turns with the trend has, in practice, turned often enough to forget its start. */
const TURNS_FORGET = 1000

/** How strong a trend is, which way it goes, and stops that follow it. */
export const trend: FunctionSpec[] = [
  {
    ...ofWilder(
      "adx",
      Op.adx,
      2,
      "Average directional index, 0 to 100: how strong a trend is, either way (Wilder; TA-Lib ADX).",
    ),
    readyAfter: ([n]) => 2 * n! - 1,
    settledAfter: ([n]) => 2 * wilderSettles(n!),
  },
  {
    ...ofWilder(
      "adxr",
      Op.adxr,
      2,
      "ADX rating: halfway between the ADX now and `length` - 1 candles ago (Wilder; TA-Lib ADXR).",
    ),
    readyAfter: ([n]) => 3 * n! - 2,
    settledAfter: ([n]) => 2 * wilderSettles(n!) + n!,
  },
  ofWilder("dx", Op.dx, 2, "Directional movement index, 0 to 100: how one-sided the movement is (Wilder; TA-Lib DX)."),
  ofWilder("plusDi", Op.plusDi, 1, "Upward movement in percent of the true range (Wilder; TA-Lib PLUS_DI)."),
  ofWilder("minusDi", Op.minusDi, 1, "Downward movement in percent of the true range (Wilder; TA-Lib MINUS_DI)."),
  ofMovement("plusDm", Op.plusDm, "Wilder's running total of upward movement, in price (Wilder; TA-Lib PLUS_DM)."),
  ofMovement("minusDm", Op.minusDm, "Wilder's running total of downward movement, in price (Wilder; TA-Lib MINUS_DM)."),
  {
    name: "sar",
    op: Op.sar,
    doc: "Parabolic stop and reverse: a stop that follows ever closer and turns when touched (Wilder; TA-Lib SAR).",
    candle: range,
    arguments: [decimal("step", 0.02, 0, 1), decimal("max", 0.2, 0, 1)],
    outputs: [],
    ticks: "price",
    readyAfter: () => 1,
    settledAfter: () => TURNS_FORGET,
  },
  {
    name: "supertrend",
    op: Op.supertrend,
    doc: "A stop some ATRs away that only tightens; direction is 1 up, -1 down (Seban; Pine ta.supertrend, whose sign is the opposite).",
    candle: rangeAndClose,
    arguments: [length(10), decimal("multiple", 3, 0, 1000)],
    outputs: ["line", "direction"],
    ticks: "price",
    readyAfter: ([n]) => n!,
    settledAfter: ([n]) => wilderSettles(n!) + TURNS_FORGET,
  },
  {
    name: "ichimoku",
    op: Op.ichimoku,
    doc: "Ichimoku lines, and the cloud under this candle, drawn base - 1 candles ahead of its making (Hosoda; TradingView).",
    candle: range,
    arguments: [candles("conversion", 9), candles("base", 26, 2), candles("span", 52)],
    outputs: ["conversion", "base", "spanA", "spanB"],
    ticks: "price",
    resultParts: (_, parts) => 4 * parts,
    readyAfter: ([conversion, base, span]) => Math.max(conversion!, base!, span!) + base! - 2,
    settledAfter: ([conversion, base, span]) => Math.max(conversion!, base!, span!) + base!,
  },
]

function ofWilder(name: string, op: Op, least: number, doc: string): FunctionSpec {
  return {
    name,
    op,
    doc,
    candle: rangeAndClose,
    arguments: [length(14, least)],
    outputs: [],
    ticks: "price",
    readyAfter: ([n]) => n!,
    settledAfter: ([n]) => wilderSettles(n!),
  }
}

function ofMovement(name: string, op: Op, doc: string): FunctionSpec {
  return { ...ofWilder(name, op, 1, doc), candle: range, readyAfter: ([n]) => Math.max(1, n! - 1) }
}
