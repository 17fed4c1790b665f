import { pathOf } from "./path-of.ts"

type SparklineProps = {
  values: readonly number[] | undefined
  /** What the line shows, for those who do not see it; without it the line only decorates a number beside it. */
  label?: string
  /** The colour of its direction; without it, that from its first to its last value. */
  isLoss?: boolean
  width?: number
  height?: number
}

/** A column as a line the height of a word. It keeps its place while there are no values. */
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
          d={pathOf(known, { width, height })}
          fill="none"
          stroke="currentColor"
          strokeWidth={1.5}
          strokeLinejoin="round"
        />
      )}
    </svg>
  )
}
