import type { Placed } from "./constraints.ts"
import { cellOf, firstPlaceOf } from "./place-cells.ts"
import { radicesOf, type SpaceShape } from "./search-space.ts"

/** More cells than this along one side are smaller than a fingertip; places of larger dimensions share cells. */
export const MOST_CELLS_ALONG = 64
/** Pairs of dimensions that are mapped: all of four dimensions. */
export const MOST_MAPS = 6

/**
 * What a search found over two of its dimensions (0: the variant), one cell for each pair of places; cell
 * `down * across.cells + across`. `best`, `bestNumber` and `mean` are of the combinations that hold every constraint,
 * NaN where none does; `count` is of all.
 */
export type HeatCells = {
  across: HeatSide
  down: HeatSide
  count: Uint32Array
  held: Uint32Array
  mean: Float64Array
  best: Float64Array
  bestNumber: Float64Array
}

/** One side of a map: a dimension, how many places it has, and in how many cells. */
export type HeatSide = { dimension: number; radix: number; cells: number }

/** Empty maps of the first pairs of dimensions that have something to choose; params before the variant. */
export function emptyHeatCells(space: SpaceShape): HeatCells[] {
  const radices = radicesOf(space)
  const free = [...radices.keys()]
    .slice(1)
    .concat(0)
    .filter((dimension) => radices[dimension] > 1)
  // A search over one param alone is a map of one line.
  const dimensions = free.length === 1 ? [free[0], free[0] === 0 ? 1 : 0] : free
  const side = (dimension: number) => {
    const radix = radices[dimension] ?? 1
    return { dimension, radix, cells: Math.min(radix, MOST_CELLS_ALONG) }
  }
  const pairs = dimensions.flatMap((across, at) => dimensions.slice(at + 1).map((down) => [side(across), side(down)]))
  return pairs.slice(0, MOST_MAPS).map(([across, down]) => emptyMap(across, down))
}

function emptyMap(across: HeatSide, down: HeatSide): HeatCells {
  const size = across.cells * down.cells
  const unknown = () => new Float64Array(size).fill(Number.NaN)
  return {
    across,
    down,
    count: new Uint32Array(size),
    held: new Uint32Array(size),
    mean: unknown(),
    best: unknown(),
    bestNumber: unknown(),
  }
}

/** Counts a trial at its places. */
export function addToHeatCells(map: HeatCells, places: ArrayLike<number>, trial: Placed): void {
  const { across, down, count, held, mean, best, bestNumber } = map
  const cell = cellAlong(down, places) * across.cells + cellAlong(across, places)
  count[cell]++
  if (trial.standing > 0) return
  held[cell]++
  if (held[cell] === 1) mean[cell] = trial.score
  else mean[cell] += (trial.score - mean[cell]) / held[cell]
  if (held[cell] > 1 && !isBetter(trial, best[cell], bestNumber[cell])) return
  best[cell] = trial.score
  bestNumber[cell] = trial.number
}

function isBetter({ score, number }: Placed, best: number, bestNumber: number): boolean {
  return score > best || (score === best && number < bestNumber)
}

function cellAlong({ dimension, radix, cells }: HeatSide, places: ArrayLike<number>): number {
  return cellOf(places[dimension] ?? 0, radix, cells)
}

/** The first and the last place of a cell along a side. */
export function placesOfCell({ radix, cells }: HeatSide, cell: number): { first: number; last: number } {
  return { first: firstPlaceOf(cell, radix, cells), last: firstPlaceOf(cell + 1, radix, cells) - 1 }
}
