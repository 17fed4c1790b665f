import type { ReactNode } from "react"
import { scaleLinear, scaleSqrt } from "d3-scale"
import { line } from "d3-shape"
import { BottomAxis, LeftAxis } from "./figure-axis.tsx"
import { FigureFrame } from "./figure-frame.tsx"
import { looks } from "./figure-looks.ts"

/** What was said about so sure, how often it came true, and how many such there were. Shares are 0 to 1. */
export type CalibrationDot = { said: number; came: number; count: number }

type CalibrationProps = {
  title: string
  about?: ReactNode
  summary: string
  dots: readonly CalibrationDot[]
  words: (share: number) => string
  countWords: (count: number) => string
}

const HEIGHT_PX = 280
const DOT_PX: [number, number] = [3, 11]

/** What was said against what came: on the line every "70 %" comes true in 70 of 100; a dot's size is its count. */
export function Calibration({ title, about, summary, dots, words, countWords }: CalibrationProps) {
  return (
    <FigureFrame
      title={title}
      about={about}
      summary={summary}
      heightPx={HEIGHT_PX}
      table={{
        columns: ["Said", "Came true", "Forecasts"],
        rows: dots.map(({ said, came, count }) => [words(said), words(came), countWords(count)]),
      }}
    >
      {(width) => {
        const span = spanOf(dots)
        const [floor, right] = [HEIGHT_PX - looks.bottom, width - looks.right]
        const x = scaleLinear(span, [looks.left + 10, right])
        const y = scaleLinear(span, [floor, looks.top])
        const size = scaleSqrt([0, Math.max(1, ...dots.map(({ count }) => count))], DOT_PX)
        const path = line<CalibrationDot>()
          .x(({ said }) => x(said))
          .y(({ came }) => y(came))
        return (
          <>
            <LeftAxis
              left={looks.left + 10}
              right={right}
              ticks={y.ticks(5).map((value) => ({ at: y(value), words: words(value) }))}
            />
            <BottomAxis
              width={width}
              y={HEIGHT_PX - 6}
              ticks={x.ticks(5).map((value) => ({ at: x(value), words: words(value) }))}
            />
            <line
              x1={x(span[0])}
              y1={y(span[0])}
              x2={x(span[1])}
              y2={y(span[1])}
              stroke={looks.words}
              strokeDasharray="4 4"
            />
            <path d={path([...dots]) ?? ""} fill="none" stroke={looks.plain} strokeWidth={1.5} />
            {dots.map((dot) => (
              <circle
                key={dot.said}
                cx={x(dot.said)}
                cy={y(dot.came)}
                r={size(dot.count)}
                fill={looks.plain}
                fillOpacity={0.75}
              />
            ))}
          </>
        )
      }}
    </FigureFrame>
  )
}

/** One span for both sides, so that the line of honesty is the diagonal. */
function spanOf(dots: readonly CalibrationDot[]): [number, number] {
  const all = dots.flatMap(({ said, came }) => [said, came])
  return [Math.max(0, Math.min(0.4, ...all) - 0.02), Math.min(1, Math.max(0.6, ...all) + 0.02)]
}
