import { extent } from "d3-array"
import { scaleLinear } from "d3-scale"
import { area, line } from "d3-shape"
import type { ReactNode } from "react"
import { BottomAxis, LeftAxis } from "./figure-axis.tsx"
import { FigureFrame } from "./figure-frame.tsx"
import { looks } from "./figure-looks.ts"

type FanProps = {
  title: string
  about?: ReactNode
  summary: string
  /** How many trades or days have passed at each place. */
  steps: readonly number[]
  /** What happened in the worst, the middle and the best of many tries, place by place. */
  low: readonly number[]
  middle: readonly number[]
  high: readonly number[]
  /** A line to compare with: the money at the start, or what counts as ruin. */
  level?: { value: number; name: string }
  amountWords: (value: number) => string
  stepWords: (step: number) => string
}

const HEIGHT_PX = 220
const LEFT_PX = 60
const MOST_ROWS = 24

/** Where many tries ended up, step by step: a band from the worst to the best of them, the middle as a line. */
export function Fan(props: FanProps) {
  const { title, about, summary, steps, low, middle, high, level, amountWords, stepWords } = props
  const [least = 0, most = 1] = extent([...low, ...high, ...(level ? [level.value] : [])])
  const every = Math.max(1, Math.ceil(middle.length / MOST_ROWS))
  const isShown = (at: number) => at % every === 0 || at === middle.length - 1
  return (
    <FigureFrame
      title={title}
      about={about}
      summary={summary}
      heightPx={HEIGHT_PX}
      table={{
        columns: ["After", "Worst 5 %", "Middle", "Best 5 %"],
        rows: middle.flatMap((value, at) =>
          isShown(at) ? [[stepWords(steps[at]), amountWords(low[at]), amountWords(value), amountWords(high[at])]] : [],
        ),
      }}
    >
      {(width) => {
        const [floor, right] = [HEIGHT_PX - looks.bottom, width - looks.right]
        const x = scaleLinear([steps[0] ?? 0, Math.max(1, steps.at(-1) ?? 1)], [LEFT_PX, right])
        const y = scaleLinear([least, most], [floor, looks.top]).nice()
        const band = area<number>()
          .x((_, at) => x(steps[at]))
          .y0((value) => y(value))
          .y1((_, at) => y(high[at]))
        const path = line<number>()
          .x((_, at) => x(steps[at]))
          .y((value) => y(value))
        return (
          <>
            <LeftAxis
              left={LEFT_PX}
              right={right}
              ticks={y.ticks(5).map((value) => ({ at: y(value), words: amountWords(value) }))}
            />
            <path d={band(low as number[]) ?? ""} fill={looks.plain} fillOpacity={0.2} />
            <path d={path(middle as number[]) ?? ""} fill="none" stroke={looks.plain} strokeWidth={2} />
            {level && (
              <g>
                <line
                  x1={LEFT_PX}
                  x2={right}
                  y1={y(level.value)}
                  y2={y(level.value)}
                  stroke={looks.words}
                  strokeDasharray="4 4"
                />
                <text x={right} y={y(level.value) - 5} textAnchor="end" fontSize={looks.fontPx} fill={looks.ink}>
                  {level.name}
                </text>
              </g>
            )}
            <BottomAxis
              width={width}
              y={HEIGHT_PX - 6}
              ticks={x
                .ticks(5)
                .filter(Number.isInteger)
                .map((step) => ({ at: x(step), words: stepWords(step) }))}
            />
          </>
        )
      }}
    </FigureFrame>
  )
}
