import type { ReactNode } from "react"
import { extent } from "d3-array"
import { scaleLinear } from "d3-scale"
import { BottomAxis, LeftAxis } from "./figure-axis.tsx"
import { FigureFrame } from "./figure-frame.tsx"
import { looks } from "./figure-looks.ts"
import { pathOf } from "./path-of.ts"

type DayLineProps = {
  title: string
  about?: ReactNode
  summary: string
  dayMs: readonly number[]
  /** Null where a day has no value. */
  values: readonly (number | null)[]
  valueName: string
  valueWords: (value: number) => string
  dayWords: (dayMs: number) => string
}

const HEIGHT_PX = 180
const MOST_WORDS = 6
/** The table tells every so many days, so that it can be read. */
const MOST_ROWS = 60

/** A value of each day as a line, with 0 marked. */
export function DayLine({ title, about, summary, dayMs, values, valueName, valueWords, dayWords }: DayLineProps) {
  const numbers = values.map((value) => value ?? Number.NaN)
  const [least = 0, most = 1] = extent(numbers.filter((value) => !Number.isNaN(value)))
  const stride = Math.ceil(dayMs.length / MOST_ROWS)
  const rows = dayMs.flatMap((day, at) => {
    const value = values[at]
    return at % stride === 0 ? [[dayWords(day), value === null ? "—" : valueWords(value)]] : []
  })
  return (
    <FigureFrame
      title={title}
      about={about}
      summary={summary}
      heightPx={HEIGHT_PX}
      table={{ columns: ["Day", valueName], rows }}
    >
      {(width) => {
        const [floor, right] = [HEIGHT_PX - looks.bottom, width - looks.right]
        const domain: [number, number] = [Math.min(0, least), Math.max(0, most)]
        const y = scaleLinear(domain, [floor, looks.top])
        const x = scaleLinear([0, Math.max(1, dayMs.length - 1)], [looks.left, right])
        const box = { width: right - looks.left, height: floor - looks.top, domain }
        return (
          <>
            <LeftAxis
              left={looks.left}
              right={right}
              ticks={y.ticks(4).map((value) => ({ at: y(value), words: valueWords(value) }))}
            />
            <line x1={looks.left} x2={right} y1={y(0)} y2={y(0)} stroke={looks.words} />
            <path
              d={pathOf(numbers, box)}
              transform={`translate(${looks.left} ${looks.top})`}
              fill="none"
              stroke={looks.accent}
              strokeWidth={1.5}
            />
            <BottomAxis
              width={width}
              y={HEIGHT_PX - 6}
              ticks={x
                .ticks(MOST_WORDS)
                .filter(Number.isInteger)
                .map((at) => ({ at: x(at), words: dayWords(dayMs[at]) }))}
            />
          </>
        )
      }}
    </FigureFrame>
  )
}
