import { extent } from "d3-array"
import { scaleLinear } from "d3-scale"
import { line } from "d3-shape"

type SparklineProps = {
  values: readonly number[] | undefined
  /** What the line shows, for those who do not see it; without it the line only decorates a number beside it. */
  label?: string
  /** The colour of its direction; without it, that from its first to its last value. */
  isLoss?: boolean
  width?: number
  height?: number
}

/** A column as a line the height of a word. Its place is kept while there are no values. */
export function Sparkline({ values, label, isLoss, width = 64, height = 24 }: SparklineProps) {
  const known = values ?? []
  const falls = isLoss ?? (known.at(-1) ?? 0) < (known[0] ?? 0)
  return (
    <svg
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className={`shrink-0 ${falls ? "text-loss" : "text-gain"}`}
    >
      {known.length > 1 && (
        <path
          d={pathOf(known, width, height)}
          fill="none"
          stroke="currentColor"
          strokeWidth={1.5}
          strokeLinejoin="round"
        />
      )}
    </svg>
  )
}

/** The path of a column over a whole box; a level column lies in its middle. */
export function pathOf(values: readonly number[], width: number, height: number): string {
  const [least = 0, most = 0] = extent(values)
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
