import type { BlockSums } from "./block-sums.ts"

/** With more blocks the ways to halve them are too many: 12,870 at 16. */
export const MOST_BLOCKS = 16
/** A variance below this share of the mean square is rounding. */
const ROUNDING_SHARE = 1e-12

/** Every way to take half of the blocks, as bit masks, ascending; an even number of blocks from 2 to MOST_BLOCKS. */
export function halves(blockCount: number): Uint16Array {
  if (blockCount % 2 !== 0 || blockCount < 2 || blockCount > MOST_BLOCKS)
    throw new RangeError(`The days need an even number of blocks from 2 to ${MOST_BLOCKS}, not ${blockCount}.`)
  const masks: number[] = []
  for (let mask = 0; mask < 1 << blockCount; mask++) if (bitCount(mask) === blockCount / 2) masks.push(mask)
  return Uint16Array.from(masks)
}

function bitCount(mask: number): number {
  let count = 0
  for (let rest = mask; rest > 0; rest &= rest - 1) count++
  return count
}

type Halving = { trial: number; masks: Uint16Array; into: Float64Array }

/**
 * One trial's daily Sharpe ratio over the blocks of each mask; 0 where nothing moved. Sums of eight blocks at once
 * come from a table, so a mask costs two additions each.
 */
export function halfSharpes(blocks: BlockSums, { trial, masks, into }: Halving): void {
  const from = trial * blocks.blockCount
  const to = from + blocks.blockCount
  const sum = tableOf(blocks.sum.subarray(from, to), sumTable)
  const squares = tableOf(blocks.squares.subarray(from, to), squaresTable)
  const days = tableOf(blocks.days, daysTable)
  for (let at = 0; at < masks.length; at++) {
    const low = masks[at] & 255
    const high = 256 + (masks[at] >> 8)
    into[at] = sharpeOf(days[low] + days[high], sum[low] + sum[high], squares[low] + squares[high])
  }
}

function sharpeOf(days: number, sum: number, squares: number): number {
  const mean = sum / days
  const variance = (squares - sum * mean) / (days - 1)
  return variance > (ROUNDING_SHARE * squares) / days ? mean / Math.sqrt(variance) : 0
}

const sumTable = new Float64Array(512)
const squaresTable = new Float64Array(512)
const daysTable = new Float64Array(512)

/** Sums of every choice among the first eight values, and from place 256 on among the others. */
function tableOf(values: Float64Array, table: Float64Array): Float64Array {
  for (let half = 0; half < 2; half++) {
    const start = 256 * half
    for (let bit = 0; bit < 8 && 8 * half + bit < values.length; bit++) {
      const value = values[8 * half + bit]
      for (let mask = 0; mask < 1 << bit; mask++) table[start + (1 << bit) + mask] = table[start + mask] + value
    }
  }
  return table
}
