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
  /** What happened in the worst, the middle and the best of many tries, step by step. */
  low: readonly number[]
  middle: readonly number[]
  high: readonly number[]
  /** What really happened, where that is one of them. */
  own?: readonly number[]
  amountWords: (value: number) => string
  stepWords: (step: number) => string
}

const HEIGHT_PX = 220
const LEFT_PX = 60
const MOST_ROWS = 24

/** Where many tries ended up, step by step: a band from the worst to the best of them, the middle as a line. */
export function Fan(props: FanProps) {
  const { title, about, summary, low, middle, high, own = [], amountWords, stepWords } = props
  const [least = 0, most = 1] = extent([...low, ...high, ...own])
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
          isShown(at) ? [[stepWords(at), amountWords(low[at]), amountWords(value), amountWords(high[at])]] : [],
        ),
      }}
    >
      {(width) => {
        const [floor, right] = [HEIGHT_PX - looks.bottom, width - looks.right]
        const x = scaleLinear([0, Math.max(1, middle.length - 1)], [LEFT_PX, right])
        const y = scaleLinear([least, most], [floor, looks.top]).nice()
        const band = area<number>()
          .x((_, at) => x(at))
          .y0((value) => y(value))
          .y1((_, at) => y(high[at]))
        const path = line<number>()
          .x((_, at) => x(at))
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
            <path
              d={path(own as number[]) ?? ""}
              fill="none"
              stroke={looks.accent}
              strokeWidth={2}
              strokeDasharray="7 4"
            />
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
