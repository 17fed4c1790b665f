/** The cell of a place where a dimension's places share so many cells evenly. */
export function cellOf(place: number, radix: number, cells: number): number {
  return Math.floor((place * cells) / radix)
}

/** The first place of a cell; the first of the cell after it ends it. */
export function firstPlaceOf(cell: number, radix: number, cells: number): number {
  return Math.ceil((cell * radix) / cells)
}
