import type { ReactNode } from "react"
import { extent } from "d3-array"
import { scaleLinear } from "d3-scale"
import { formatNumber } from "../ui/number-format.ts"
import { BottomAxis, LeftAxis } from "./figure-axis.tsx"
import { FigureFrame } from "./figure-frame.tsx"
import { colourOfSign, looks } from "./figure-looks.ts"

export type Point = { x: number; y: number }
type Axis = { name: string; words: (value: number) => string }

type ScatterProps = {
  title: string
  about?: ReactNode
  summary: string
  points: readonly Point[]
  across: Axis
  up: Axis
  /** Index of the highlighted point. */
  lit?: number
  /** Indices of points that are marked and joined by a line, in this order. */
  front?: readonly number[]
  onPress?: (at: number) => void
}

const HEIGHT_PX = 220
/** More are thinned evenly: they would only make the picture slow and dark. */
const MOST_POINTS = 1_500
const MOST_ROWS = 200

/** One value against another, a dot for each pair; gains and losses by the value that goes up. */
export function Scatter({ title, about, summary, points, across, up, lit, front = [], onPress }: ScatterProps) {
  const shown = thinned(points.map((_, at) => at))
  return (
    <FigureFrame
      title={title}
      about={about}
      summary={points.length > MOST_POINTS ? `${summary} Every dot stands for several.` : summary}
      heightPx={HEIGHT_PX}
      table={{
        columns: ["Number", across.name, up.name],
        rows: points.slice(0, MOST_ROWS).map(({ x, y }, at) => [formatNumber(at + 1), across.words(x), up.words(y)]),
      }}
    >
      {(width) => {
        const [floor, right] = [HEIGHT_PX - looks.bottom, width - looks.right]
        const x = scaleLinear(span(points.map((point) => point.x)), [looks.left + 10, right]).nice()
        const y = scaleLinear(span(points.map((point) => point.y)), [floor, looks.top]).nice()
        const dot = (at: number) => ({ cx: x(points[at].x), cy: y(points[at].y) })
        return (
          <>
            <LeftAxis
              left={looks.left + 10}
              right={right}
              ticks={y.ticks(5).map((value) => ({ at: y(value), words: up.words(value) }))}
            />
            <BottomAxis
              width={width}
              y={HEIGHT_PX - 6}
              ticks={x.ticks(6).map((value) => ({ at: x(value), words: across.words(value) }))}
            />
            {shown.map((at) => (
              <circle
                key={at}
                {...dot(at)}
                r={3}
                fill={colourOfSign(points[at].y)}
                fillOpacity={0.55}
                onClick={onPress && (() => onPress(at))}
                className={onPress && "cursor-pointer"}
              />
            ))}
            <polyline
              points={front.map((at) => `${x(points[at].x)},${y(points[at].y)}`).join(" ")}
              fill="none"
              stroke={looks.plain}
              strokeWidth={1.5}
            />
            {front.map((at) => (
              <rect key={at} x={x(points[at].x) - 4} y={y(points[at].y) - 4} width={8} height={8} fill={looks.plain} />
            ))}
            {lit !== undefined && points[lit] && (
              <circle {...dot(lit)} r={6} fill="none" stroke={looks.ink} strokeWidth={2} />
            )}
          </>
        )
      }}
    </FigureFrame>
  )
}

function thinned(places: number[]): number[] {
  const step = Math.ceil(places.length / MOST_POINTS)
  return step <= 1 ? places : places.filter((at) => at % step === 0)
}

function span(values: number[]): [number, number] {
  const [least = 0, most = 1] = extent(values)
  return [Math.min(0, least), Math.max(0, most)]
}
