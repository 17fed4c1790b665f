import { extent } from "d3-array"
import { scaleLinear } from "d3-scale"
import { line } from "d3-shape"

type Box = {
  width: number
  height: number
  /** The values at the box's bottom and top; the column's own when left out. */ domain?: [number, number]
}

/** The path of a column over a whole box; a level column is in its middle. */
export function pathOf(values: readonly number[], { width, height, domain }: Box): string {
  const [least = 0, most = 0] = domain ?? extent(values)
  const x = scaleLinear([0, Math.max(1, values.length - 1)], [0, width])
  const y = scaleLinear(least === most ? [least - 1, most + 1] : [least, most], [height - 1, 1])
  return (
    line<number>()
      .x((_, at) => round(x(at)))
      .y((value) => round(y(value)))
      .defined((value) => !Number.isNaN(value))(values as number[]) ?? ""
  )
}

function round(px: number): number {
  return Math.round(px * 10) / 10
}
