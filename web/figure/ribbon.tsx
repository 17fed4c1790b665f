import { scaleUtc } from "d3-scale"
import type { ReactNode } from "react"
import { BottomAxis } from "./figure-axis.tsx"
import { FigureFrame } from "./figure-frame.tsx"
import { colourOfSign, looks } from "./figure-looks.ts"

type Stretch = { fromMs: number; toMs: number }

/** A stretch that was learnt from, the one after it, and what that brought. */
export type RibbonWindow = { learnt: Stretch; tried: Stretch; amount: number; words: string }

type RibbonProps = {
  title: string
  about?: ReactNode
  summary: string
  windows: readonly RibbonWindow[]
  timeWords: (timeMs: number) => string
}

const ROW_PX = 22
const BAND_PX = 14
const NUMBER_PX = 64

/** Windows over one clock, a row for each: what was learnt from faint, what was tried strong, with its amount. */
export function Ribbon({ title, about, summary, windows, timeWords }: RibbonProps) {
  const heightPx = windows.length * ROW_PX + looks.bottom
  const fromMs = windows.reduce((first, { learnt }) => Math.min(first, learnt.fromMs), Infinity)
  const toMs = windows.reduce((last, { tried }) => Math.max(last, tried.toMs), -Infinity)
  const stretchWords = (stretch: Stretch) => `${timeWords(stretch.fromMs)} – ${timeWords(stretch.toMs)}`
  return (
    <FigureFrame
      title={title}
      about={about}
      summary={summary}
      heightPx={heightPx}
      table={{
        columns: ["Searched", "Then traded", "Return"],
        rows: windows.map(({ learnt, tried, words }) => [stretchWords(learnt), stretchWords(tried), words]),
      }}
    >
      {(width) => {
        const x = scaleUtc([fromMs, toMs], [0, width - NUMBER_PX])
        const band = ({ fromMs: from, toMs: to }: Stretch) => ({ x: x(from), width: Math.max(1, x(to) - x(from) - 1) })
        return (
          <g fontSize={looks.fontPx}>
            {windows.map(({ learnt, tried, amount, words }, at) => (
              <g key={tried.fromMs} transform={`translate(0 ${at * ROW_PX})`}>
                <rect {...band(learnt)} height={BAND_PX} rx={2} fill={looks.plain} fillOpacity={0.22} />
                <rect {...band(tried)} height={BAND_PX} rx={2} fill={colourOfSign(amount)} fillOpacity={0.75} />
                <text
                  x={x(tried.toMs) + 6}
                  y={BAND_PX / 2}
                  textAnchor="start"
                  dominantBaseline="central"
                  fill={looks.ink}
                >
                  {words}
                </text>
              </g>
            ))}
            <BottomAxis
              width={width}
              y={heightPx - 6}
              ticks={x.ticks(5).map((time) => ({ at: x(time), words: timeWords(time.getTime()) }))}
            />
          </g>
        )
      }}
    </FigureFrame>
  )
}
