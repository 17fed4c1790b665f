import { quantile } from "d3-array"
import { scaleBand } from "d3-scale"
import type { ReactNode } from "react"
import { BottomAxis } from "./figure-axis.tsx"
import { FigureFrame } from "./figure-frame.tsx"
import { groundOf, groundWithin, looks } from "./figure-looks.ts"
import { useCellWalk } from "./use-cell-walk.ts"

/** A named cell, drawn with a shape of its own. */
export type CellMark = { row: string; column: string; name: string; shape: "ring" | "diamond" }

type HeatMapProps = {
  title: string
  about?: ReactNode
  summary: string
  rows: readonly string[]
  columns: readonly string[]
  /** The value of a cell; undefined leaves it empty. */
  valueAt: (row: string, column: string) => number | undefined
  /** Formats a value in its cell; wide pictures may show more than narrow ones. */
  words: (value: number) => string
  /** Heads the rows. */
  rowName: string
  leastWidthPx?: number
  /** A marked cell: the present one. */
  lit?: { row: string; column: string }
  onPress?: (row: string, column: string) => void
  /**
   * The stronger the background, the further from zero, gains and losses in their colours; or the further from the
   * least of all values.
   */
  ground?: "sign" | "range"
  marks?: readonly CellMark[]
  /** Tells a cell in words below the picture, walked to by arrows or pointed at. */
  tell?: (row: string, column: string) => string
}

const ROW_PX = 30
const LOW_ROW_PX = 20
/** More rows than this are drawn lower, so that they fit a screen. */
const MOST_HIGH_ROWS = 12
const HEAD_PX = 20

/** A value for each pair of row and column. */
export function HeatMap(props: HeatMapProps) {
  const { title, about, summary, rows, columns, valueAt, words, rowName, leastWidthPx, lit, onPress } = props
  const { ground = "sign", marks = [], tell } = props
  const groundAt = groundsOf(
    rows.flatMap((row) => columns.flatMap((column) => valueAt(row, column) ?? [])),
    ground,
  )
  const walk = useCellWalk(rows, columns)
  const heightPx = HEAD_PX + rows.length * (rows.length > MOST_HIGH_ROWS ? LOW_ROW_PX : ROW_PX)
  const cellWords = (row: string, column: string) => {
    const value = valueAt(row, column)
    return value === undefined ? "" : words(value)
  }
  const longest = rows.reduce(
    (most, row) => columns.reduce((longer, column) => Math.max(longer, cellWords(row, column).length), most),
    0,
  )
  const markOf = (row: string, column: string) => marks.filter((mark) => mark.row === row && mark.column === column)
  return (
    <FigureFrame
      title={title}
      about={about}
      summary={summary}
      heightPx={heightPx}
      leastWidthPx={leastWidthPx}
      walk={tell && { onKeyDown: walk.onKeyDown, told: walk.cell && tell(walk.cell.row, walk.cell.column) }}
      table={{
        columns: [rowName, ...columns],
        rows: rows.map((row) => [row, ...columns.map((column) => cellWords(row, column))]),
      }}
    >
      {(width) => {
        const x = scaleBand(columns, [looks.left, width]).paddingInner(0.05)
        const y = scaleBand(rows, [HEAD_PX, heightPx]).paddingInner(0.08)
        const hasRoom = x.bandwidth() >= longest * LETTER_PX && y.bandwidth() >= looks.fontPx
        return (
          <g fontSize={looks.fontPx} textAnchor="middle">
            <BottomAxis
              width={width}
              y={HEAD_PX - 7}
              ticks={columns.map((column) => ({ at: x(column)! + x.bandwidth() / 2, words: column }))}
            />
            {rows.map((row) => (
              <g key={row}>
                <text
                  x={0}
                  y={y(row)! + y.bandwidth() / 2}
                  textAnchor="start"
                  dominantBaseline="central"
                  fill={looks.words}
                >
                  {row}
                </text>
                {columns.map((column) => (
                  <Cell
                    key={column}
                    box={{ x: x(column)!, y: y(row)!, width: x.bandwidth(), height: y.bandwidth() }}
                    fill={groundAt(valueAt(row, column))}
                    words={hasRoom ? cellWords(row, column) : ""}
                    marks={markOf(row, column)}
                    isLit={(walk.cell ?? lit)?.row === row && (walk.cell ?? lit)?.column === column}
                    onPress={onPress && (() => onPress(row, column))}
                    onPoint={tell && (() => walk.point({ row, column }))}
                  />
                ))}
              </g>
            ))}
          </g>
        )
      }}
    </FigureFrame>
  )
}

/** About as wide as a letter of a cell's words. */
const LETTER_PX = 7

type CellProps = {
  box: { x: number; y: number; width: number; height: number }
  /** Undefined leaves it empty. */
  fill: string | undefined
  words: string
  marks: readonly CellMark[]
  isLit: boolean
  onPress?: () => void
  onPoint?: () => void
}

function Cell({ box, fill, words, marks, isLit, onPress, onPoint }: CellProps) {
  if (!fill && !onPoint) return null
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  return (
    <g onClick={onPress} onPointerEnter={onPoint} className={onPress && "cursor-pointer"}>
      <rect
        {...box}
        rx={3}
        fill={fill ?? "none"}
        stroke={isLit ? looks.ink : fill ? "none" : looks.line}
        strokeWidth={isLit ? 2 : 1}
      />
      <text {...middle} dominantBaseline="central" fill={looks.ink}>
        {words}
      </text>
      {marks.map(({ name, shape }) => (
        <MarkShape key={name} shape={shape} box={box} />
      ))}
    </g>
  )
}

/** Round a cell's words: two marks on one cell are both seen. */
function MarkShape({ shape, box }: Pick<CellMark, "shape"> & Pick<CellProps, "box">) {
  const { x, y, width, height } = box
  const line = { fill: "none", stroke: looks.ink, strokeWidth: 2 }
  if (shape === "ring")
    return <rect x={x + 1} y={y + 1} width={width - 2} height={height - 2} rx={Math.min(width, height) / 2} {...line} />
  const across = `${x + width / 2},${y} ${x + width},${y + height / 2} ${x + width / 2},${y + height} ${x},${y + height / 2}`
  return <polygon points={across} {...line} strokeDasharray="4 2" />
}

function groundsOf(
  values: readonly number[],
  ground: "sign" | "range",
): (value: number | undefined) => string | undefined {
  // A single far-off value would make all others look alike.
  const least = quantile(values, LOW_SHARE) ?? 0
  const most = values.reduce((high, value) => Math.max(high, value), -Infinity)
  const strongest = values.reduce((far, value) => Math.max(far, Math.abs(value)), 0)
  return (value) => {
    if (value === undefined) return undefined
    return ground === "sign" ? groundOf(value, strongest) : groundWithin(Math.max(least, value), { least, most })
  }
}

/** Whatever is below so many of the values is drawn as the lowest. */
const LOW_SHARE = 0.1
