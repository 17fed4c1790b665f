import { FigureFrame, type FigureTable } from "./figure-frame.tsx"
import { looks } from "./figure-looks.ts"

/** A stretch of the dial, up to `until`; the first begins at -1, the last ends at 1. */
export type GaugeBand = { until: number; name: string; role: "loss" | "gain" | "plain" }

type GaugeProps = {
  title: string
  summary: string
  table: FigureTable
  /** From -1 to 1; without one there is no needle. */
  value: number | null
  bands: readonly GaugeBand[]
  /** Said under the needle. */
  word: string
}

const HEIGHT_PX = 150
const MOST_RADIUS_PX = 110
const BAND_PX = 14
const colours = { loss: looks.loss, gain: looks.gain, plain: looks.words }
/** The outer bands are stronger than those beside them. */
const STRONG = 0.85
const WEAK = 0.45

/** A needle over a half circle, between what is wholly against and wholly for. */
export function Gauge({ title, summary, table, value, bands, word }: GaugeProps) {
  return (
    <FigureFrame title={title} summary={summary} table={table} heightPx={HEIGHT_PX}>
      {(width) => {
        const radius = Math.min(MOST_RADIUS_PX, width / 2 - BAND_PX)
        const centre = { x: width / 2, y: HEIGHT_PX - 30 }
        const place = placer(centre)
        return (
          <g>
            {bands.map(({ until, name, role }, at) => (
              <path
                key={name}
                d={arc(place, radius, bands[at - 1]?.until ?? -1, until)}
                fill="none"
                stroke={colours[role]}
                strokeWidth={BAND_PX}
                strokeOpacity={at === 0 || at === bands.length - 1 ? STRONG : WEAK}
              />
            ))}
            {value !== null && (
              <line
                x1={centre.x}
                y1={centre.y}
                {...end(place(value, radius - BAND_PX))}
                stroke={looks.ink}
                strokeWidth={3}
                strokeLinecap="round"
              />
            )}
            <circle cx={centre.x} cy={centre.y} r={5} fill={looks.ink} />
            <text
              x={centre.x}
              y={HEIGHT_PX - 4}
              textAnchor="middle"
              fontSize={looks.fontPx + 2}
              fontWeight={600}
              fill={looks.ink}
            >
              {word}
            </text>
          </g>
        )
      }}
    </FigureFrame>
  )
}

type Point = { x: number; y: number }
type Placer = (value: number, radius: number) => Point

/** Where a value is on the half circle: -1 on the left, 1 on the right, 0 at the top. */
function placer({ x, y }: Point): Placer {
  return (value, radius) => {
    const angle = (Math.PI * (value - 1)) / 2
    return { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) }
  }
}

function arc(place: Placer, radius: number, from: number, to: number): string {
  const [start, stop] = [place(from, radius), place(to, radius)]
  return `M${start.x},${start.y}A${radius},${radius} 0 0 1 ${stop.x},${stop.y}`
}

function end({ x, y }: Point) {
  return { x2: x, y2: y }
}
