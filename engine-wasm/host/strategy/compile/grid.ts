import { Op } from "../../../assembly/operators/opcode.ts"
import type { FunctionSpec } from "../formula/function-spec.ts"

/**
 * What is known of a column's values: value x scale is a whole number (scale 0: not known), and no value is further
 * from zero than
 * `bound`. On a grid the engine can average in whole numbers, so that two averages equal on paper compare equal.
 */
export type Grid = { scale: number; bound: number }

export const offGrid: Grid = { scale: 0, bound: Infinity }
/** Truth values and counts of small things. */
export const wholeNumbers: Grid = { scale: 1, bound: 1_000_000 }

// Prices may grow to 16 times the highest seen before a sum of them could leave the whole numbers f64 holds exactly.
const HEADROOM = 16
const EXACT_LIMIT = 2 ** 53
const MOST_PRICE_DECIMALS = 12
const MOST_CONSTANT_DECIMALS = 8

/** The grid of candle prices: `priceDecimals` digits after the point, prices up to `maxPrice` in quote currency. */
export function priceGrid({ priceDecimals, maxPrice }: { priceDecimals: number; maxPrice: number }): Grid {
  if (priceDecimals > MOST_PRICE_DECIMALS) return offGrid
  return checked({ scale: 10 ** priceDecimals, bound: maxPrice })
}

/** The grid a constant lies on: the fewest decimals that say it exactly. */
export function constantGrid(value: number): Grid {
  for (let decimals = 0; decimals <= MOST_CONSTANT_DECIMALS; decimals++) {
    const scale = 10 ** decimals
    if (Math.round(value * scale) / scale === value) return { scale, bound: Math.abs(value) }
  }
  return offGrid
}

/** An operand of an operator: its grid, and its value when it is a constant. */
export type Operand = { grid: Grid; constant?: number }

/** The grid of a core or maths operator's result. */
export function gridOfOperator(op: Op, operands: Operand[]): Grid {
  const [a, b, c] = operands
  if (truths.has(op)) return wholeNumbers
  switch (op) {
    case Op.negate:
    case Op.abs:
    case Op.lag:
      return a.grid
    case Op.floor:
    case Op.ceil:
    case Op.round:
      return rounded(a.grid)
    case Op.add:
    case Op.subtract:
      return joined(a.grid, b.grid, a.grid.bound + b.grid.bound)
    case Op.min:
    case Op.max:
    case Op.nz:
      return joined(a.grid, b.grid)
    case Op.select:
      return joined(b.grid, c.grid)
    case Op.clamp:
      return joined(joined(a.grid, b.grid), c.grid)
    case Op.multiply:
      return product(a, b)
    case Op.divide:
      return quotient(a, b)
    default:
      return offGrid
  }
}

const truths = new Set<Op>([
  Op.less,
  Op.lessOrEqual,
  Op.greater,
  Op.greaterOrEqual,
  Op.equal,
  Op.notEqual,
  Op.and,
  Op.or,
  Op.not,
  Op.sign,
])

function rounded({ scale, bound }: Grid): Grid {
  return scale === 0 ? offGrid : checked({ scale: 1, bound: bound + 1 })
}

function joined(a: Grid, b: Grid, bound = Math.max(a.bound, b.bound)): Grid {
  return a.scale === 0 || b.scale === 0 ? offGrid : checked({ scale: leastCommonMultiple(a.scale, b.scale), bound })
}

function product(a: Operand, b: Operand): Grid {
  if (a.constant !== undefined) return times(b.grid, a.constant)
  return b.constant === undefined ? offGrid : times(a.grid, b.constant)
}

function times({ scale, bound }: Grid, factor: number): Grid {
  return scale === 0 || !Number.isInteger(factor) ? offGrid : checked({ scale, bound: bound * Math.abs(factor) })
}

function quotient(a: Operand, { constant: divisor }: Operand): Grid {
  if (divisor === undefined || !Number.isInteger(divisor) || divisor === 0 || a.grid.scale === 0) return offGrid
  return checked({ scale: a.grid.scale * Math.abs(divisor), bound: a.grid.bound / Math.abs(divisor) })
}

function checked(grid: Grid): Grid {
  return grid.bound * HEADROOM * grid.scale <= EXACT_LIMIT ? grid : offGrid
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b]
  while (y !== 0) [x, y] = [y, x % y]
  return (a / x) * b
}

/**
 * The hidden scale to give an `exact` function: the input's, or 0 where its sums could leave the exact whole numbers.
 */
export function exactScale(spec: FunctionSpec, numbers: number[], input: Grid): number {
  if (input.scale === 0) return 0
  return input.bound * HEADROOM * input.scale * weightOf(spec, numbers, input.scale) <= EXACT_LIMIT ? input.scale : 0
}

/** How many times the largest input an inner sum can reach: N for a plain window, N (N + 1) / 2 for a weighted one. */
function weightOf(spec: FunctionSpec, numbers: number[], scale: number): number {
  const longest = Math.max(1, ...numbers)
  const refined = (spec.resultScale?.(numbers, scale) ?? scale) / scale
  return Math.max(weighted.has(spec.op) ? (longest * (longest + 1)) / 2 : longest, refined)
}

const weighted = new Set<Op>([Op.wma, Op.trima, Op.ma, Op.bbands])

/** The grid of a formula function's result, from the grid of its candles' prices or its first series. */
export function gridOfFunction(
  spec: FunctionSpec,
  numbers: number[],
  { scale, first }: { scale: number; first: Grid },
): Grid {
  if (counted.has(spec.op)) return wholeNumbers
  if (spec.op === Op.valueWhen || keepsSource.has(spec.op)) return first
  if (spec.op === Op.change)
    return first.scale === 0 ? offGrid : checked({ scale: first.scale, bound: first.bound * 2 })
  if (scale === 0 || !spec.resultScale || mixedOutputs.has(spec.op)) return offGrid
  const bound = spec.op === Op.sum ? first.bound * Math.max(1, ...numbers) : first.bound
  const result = spec.resultScale(numbers, scale)
  return result === 0 ? offGrid : checked({ scale: result, bound })
}

const keepsSource = new Set<Op>([Op.highest, Op.lowest])
// Only the middle of these is an average on the grid; their bands are not.
const mixedOutputs = new Set<Op>([Op.bbands, Op.keltner])
const counted = new Set<Op>([
  Op.crossover,
  Op.crossunder,
  Op.cross,
  Op.rising,
  Op.falling,
  Op.barsSince,
  Op.hour,
  Op.weekday,
  Op.highestBars,
  Op.lowestBars,
  Op.htTrendMode,
])
