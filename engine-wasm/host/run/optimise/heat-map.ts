import { placesOfCell, type HeatCells, type HeatSide } from "../search/heat-cells.ts"
import type { SearchSpace } from "../search/search-space.ts"
import type { HeatMap } from "./optimisation.ts"

/** A search's map with the names and values of its sides; a cell of several values is named by its first. */
export function heatMapOf(space: SearchSpace, { across, down, best, bestNumber, mean, count }: HeatCells): HeatMap {
  return {
    x: nameOf(space, across),
    y: nameOf(space, down),
    xValues: valuesOf(space, across),
    yValues: valuesOf(space, down),
    best,
    bestNumber,
    mean,
    count,
  }
}

/** The variant is a side of its own. */
export const VARIANT_SIDE = "rules"

function nameOf({ dimensions }: SearchSpace, { dimension }: HeatSide): string {
  return dimension === 0 ? VARIANT_SIDE : (dimensions[dimension - 1]?.name ?? VARIANT_SIDE)
}

function valuesOf({ dimensions }: SearchSpace, side: HeatSide): (number | boolean)[] {
  const values = dimensions[side.dimension - 1]?.values
  return Array.from({ length: side.cells }, (_, cell) => {
    const { first } = placesOfCell(side, cell)
    return values ? values[first] : first
  })
}
