import type { ReactNode } from "react"
import { scaleBand } from "d3-scale"
import { FigureFrame } from "./figure-frame.tsx"
import { groundOf, looks } from "./figure-looks.ts"

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
}

const ROW_PX = 30
const HEAD_PX = 20

/** A value for each pair of row and column: the stronger the background, the further from zero. */
export function HeatMap(props: HeatMapProps) {
  const { title, about, summary, rows, columns, valueAt, words, rowName, leastWidthPx, lit, onPress } = props
  const all = rows.flatMap((row) => columns.map((column) => valueAt(row, column) ?? 0))
  const strongest = all.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const heightPx = HEAD_PX + rows.length * ROW_PX
  const cellWords = (row: string, column: string) => {
    const value = valueAt(row, column)
    return value === undefined ? "" : words(value)
  }
  return (
    <FigureFrame
      title={title}
      about={about}
      summary={summary}
      heightPx={heightPx}
      leastWidthPx={leastWidthPx}
      table={{
        columns: [rowName, ...columns],
        rows: rows.map((row) => [row, ...columns.map((column) => cellWords(row, column))]),
      }}
    >
      {(width) => {
        const x = scaleBand(columns, [looks.left, width]).paddingInner(0.05)
        const y = scaleBand(rows, [HEAD_PX, heightPx]).paddingInner(0.08)
        return (
          <g fontSize={looks.fontPx} textAnchor="middle">
            {columns.map((column) => (
              <text key={column} x={x(column)! + x.bandwidth() / 2} y={HEAD_PX - 7} fill={looks.words}>
                {column}
              </text>
            ))}
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
                    value={valueAt(row, column)}
                    strongest={strongest}
                    words={cellWords(row, column)}
                    isLit={lit?.row === row && lit.column === column}
                    onPress={onPress && (() => onPress(row, column))}
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

type CellProps = {
  box: { x: number; y: number; width: number; height: number }
  value: number | undefined
  strongest: number
  words: string
  isLit: boolean
  onPress?: () => void
}

function Cell({ box, value, strongest, words, isLit, onPress }: CellProps) {
  if (value === undefined) return null
  return (
    <g onClick={onPress} className={onPress && "cursor-pointer"}>
      <rect {...box} rx={3} fill={groundOf(value, strongest)} stroke={isLit ? looks.ink : "none"} strokeWidth={2} />
      <text x={box.x + box.width / 2} y={box.y + box.height / 2} dominantBaseline="central" fill={looks.ink}>
        {words}
      </text>
    </g>
  )
}
