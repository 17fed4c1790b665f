import { exp, power } from "../../candles/elementary-function.ts"
import { cellOf, firstPlaceOf } from "./place-cells.ts"

/** More cells than this say nothing new about where the good ones are; places of larger dimensions share cells. */
const MOST_CELLS = 128
/** Like Bergstra's: the kernel is never narrower than a hundredth of the dimension. */
const NARROWEST = 0.01

/** How good and bad trials lie along one dimension, as Parzen estimates over its cells. */
export class ParzenDimension {
  readonly #cells: number
  readonly #all: Float64Array

  /** `ordinal`: neighbours are alike, as with numbers; otherwise each place stands for itself. */
  constructor(
    private readonly radix: number,
    private readonly ordinal: boolean,
  ) {
    this.#cells = ordinal ? Math.min(radix, MOST_CELLS) : radix
    this.#all = new Float64Array(this.#cells)
  }

  cellOf(place: number): number {
    return cellOf(place, this.radix, this.#cells)
  }

  /** A place of this cell, by chance where it has several. */
  placeIn(cell: number, chance: number): number {
    const first = firstPlaceOf(cell, this.radix, this.#cells)
    const next = firstPlaceOf(cell + 1, this.radix, this.#cells)
    return first + Math.floor(chance * (next - first))
  }

  /** Counts a trial. */
  add(place: number): void {
    this.#all[this.cellOf(place)]++
  }

  /** The likelihood of each cell among the good ones and among all others, when these places are good. */
  densities(goodPlaces: readonly number[]): { good: Float64Array; bad: Float64Array } {
    const good = new Float64Array(this.#cells)
    for (const place of goodPlaces) good[this.cellOf(place)]++
    return { good: this.#density(good), bad: this.#density(this.#all.map((count, cell) => count - good[cell])) }
  }

  /** A kernel at each trial, and an even prior with the weight of one. */
  #density(counts: Float64Array): Float64Array {
    const total = counts.reduce((sum, count) => sum + count, 0)
    const density = new Float64Array(this.#cells).fill(1 / this.#cells)
    const kernel = this.ordinal
      ? ordinalKernel(this.#cells, bandwidth(counts, total))
      : categoricalKernel(this.#cells, total)
    counts.forEach((count, cell) => count > 0 && addKernel(density, { cell, count, kernel }))
    return density.map((value) => value / (total + 1))
  }
}

/** Adds so many kernels at a cell, each of mass 1 over the cells there are. `kernel`: its height by distance. */
function addKernel(density: Float64Array, at: { cell: number; count: number; kernel: Float64Array }): void {
  const { cell: center, count, kernel } = at
  let mass = 0
  for (let cell = 0; cell < density.length; cell++) mass += kernel[Math.abs(cell - center)]
  for (let cell = 0; cell < density.length; cell++) density[cell] += (count / mass) * kernel[Math.abs(cell - center)]
}

function ordinalKernel(cells: number, width: number): Float64Array {
  return Float64Array.from({ length: cells }, (_, distance) => exp((-0.5 * distance * distance) / (width * width)))
}

/** Aitchison & Aitken 1976: the less is known, the more weight other categories have. */
function categoricalKernel(cells: number, total: number): Float64Array {
  const other = 1 / (1 + total) / Math.max(1, cells - 1)
  return Float64Array.from({ length: cells }, (_, distance) => (distance === 0 ? 1 : other))
}

/** Silverman's rule of thumb (1986) on the cells. */
function bandwidth(counts: Float64Array, total: number): number {
  const mean = counts.reduce((sum, count, cell) => sum + count * cell, 0) / Math.max(1, total)
  const squares = counts.reduce((sum, count, cell) => sum + count * (cell - mean) * (cell - mean), 0)
  const width = 1.06 * Math.sqrt(squares / Math.max(1, total)) * power(Math.max(1, total), -0.2)
  return Math.max(width, NARROWEST * counts.length, 0.5)
}
