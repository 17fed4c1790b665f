import type { ReactNode } from "react"
import { scaleLinear } from "d3-scale"
import { BottomAxis } from "./figure-axis.tsx"
import { FigureFrame } from "./figure-frame.tsx"
import { looks } from "./figure-looks.ts"

/** A measured share and where the true one may lie; without a range it is known. */
export type NamedInterval = { name: string; value: number; low?: number; high?: number; note?: string }

type IntervalsProps = {
  title: string
  about?: ReactNode
  summary: string
  intervals: readonly NamedInterval[]
  /** A line down the picture, such as the coin's. */
  mark: { at: number; name: string }
  words: (value: number) => string
}

const ROW_PX = 44
const WHISKER_PX = 5
const LEAST_SPAN = 0.1

/** Shares one below the other, each as a dot on the range of what it may truly be, against one line. */
export function Intervals({ title, about, summary, intervals, mark, words }: IntervalsProps) {
  const heightPx = MARK_PX + intervals.length * ROW_PX + looks.bottom
  const range = (one: NamedInterval) =>
    one.low === undefined ? "" : `${words(one.low)} to ${words(one.high ?? one.value)}`
  return (
    <FigureFrame
      title={title}
      about={about}
      summary={summary}
      heightPx={heightPx}
      table={{
        columns: ["What", "Measured", "May truly be", "Of"],
        rows: intervals.map((one) => [one.name, words(one.value), range(one), one.note ?? ""]),
      }}
    >
      {(width) => {
        const x = scaleLinear(spanOf(intervals, mark.at), [looks.right + 8, width - looks.right - 8])
        const floor = heightPx - looks.bottom
        return (
          <g fontSize={looks.fontPx}>
            <text x={x(mark.at)} y={MARK_PX - 8} textAnchor="middle" fill={looks.words}>
              {mark.name}
            </text>
            <line x1={x(mark.at)} x2={x(mark.at)} y1={MARK_PX} y2={floor} stroke={looks.words} strokeDasharray="3 3" />
            {intervals.map((one, at) => (
              <Row key={one.name} one={one} x={x} top={MARK_PX + at * ROW_PX} words={words} />
            ))}
            <BottomAxis
              width={width}
              y={heightPx - 6}
              ticks={x.ticks(5).map((value) => ({ at: x(value), words: words(value) }))}
            />
          </g>
        )
      }}
    </FigureFrame>
  )
}

/** Room for the name of the line. */
const MARK_PX = 24

type RowProps = { one: NamedInterval; x: (value: number) => number; top: number; words: (value: number) => string }

function Row({ one: { name, value, low = value, high = value, note }, x, top, words }: RowProps) {
  const middle = top + ROW_PX - 12
  return (
    <g>
      <text x={0} y={top + 14} fill={looks.words}>
        {note ? `${name} · ${note}` : name}
        <tspan dx={8} fill={looks.ink} fontWeight={600}>
          {words(value)}
        </tspan>
      </text>
      {high > low && (
        <>
          <line x1={x(low)} x2={x(high)} y1={middle} y2={middle} stroke={looks.plain} strokeWidth={3} />
          {[low, high].map((end) => (
            <line
              key={end}
              x1={x(end)}
              x2={x(end)}
              y1={middle - WHISKER_PX}
              y2={middle + WHISKER_PX}
              stroke={looks.plain}
              strokeWidth={2}
            />
          ))}
        </>
      )}
      <circle
        cx={x(value)}
        cy={middle}
        r={5}
        fill={high > low ? looks.plain : looks.ground}
        stroke={looks.plain}
        strokeWidth={2}
      />
    </g>
  )
}

/** Wide enough for all, with the line inside, and never so narrow that a hair looks like a gap. */
function spanOf(intervals: readonly NamedInterval[], mark: number): [number, number] {
  const all = intervals.flatMap(({ value, low = value, high = value }) => [low, high])
  const reach = Math.max(LEAST_SPAN, ...all.map((value) => Math.abs(value - mark)))
  return [mark - 1.1 * reach, mark + 1.1 * reach]
}
