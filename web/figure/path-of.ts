type Box = {
  width: number
  height: number
  /** The values at the box's bottom and top; the column's own when left out. */ domain?: [number, number]
}

/**
 * The path of a column over a whole box; a level column is in its middle. By hand: lists with small curves do not fetch
 * a library for figures.
 */
export function pathOf(values: readonly number[], { width, height, domain }: Box): string {
  const [low, high] = domain ?? extentOf(values)
  const [least, most] = low === high ? [low - 1, high + 1] : [low, high]
  const step = width / Math.max(1, values.length - 1)
  const placeOf = (value: number, at: number) => {
    const y = height - 1 + ((value - least) / (most - least)) * (2 - height)
    return `${round(at * step)},${round(y)}`
  }
  return piecesOf(values.map((value, at) => (Number.isNaN(value) ? undefined : placeOf(value, at))))
}

function extentOf(values: readonly number[]): [number, number] {
  const known = values.filter((value) => !Number.isNaN(value))
  return known.length === 0 ? [0, 0] : [Math.min(...known), Math.max(...known)]
}

/** Places joined by lines; where one is missing the line ends, and one alone is a dot. */
function piecesOf(places: (string | undefined)[]): string {
  const has = (at: number) => places[at] !== undefined
  return places
    .map((place, at) => place && `${has(at - 1) ? "L" : "M"}${place}${has(at - 1) || has(at + 1) ? "" : "Z"}`)
    .join("")
}

function round(px: number): number {
  return Math.round(px * 10) / 10
}
