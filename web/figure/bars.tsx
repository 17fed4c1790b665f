import type { ReactNode } from "react"
import { extent } from "d3-array"
import { scaleBand, scaleLinear } from "d3-scale"
import { FigureFrame } from "./figure-frame.tsx"
import { colourOfSign, looks } from "./figure-looks.ts"

type NamedAmount = { name: string; amount: number }

type BarsProps = {
  title: string
  about?: ReactNode
  summary: string
  bars: readonly NamedAmount[]
  /** Names the amounts: "Profit". */
  measured: string
  words: (amount: number) => string
}

const ROW_PX = 28

/** Named amounts as bars to both sides of zero, each with its number. */
export function Bars({ title, about, summary, bars, measured, words }: BarsProps) {
  const heightPx = Math.max(1, bars.length) * ROW_PX
  const longest = bars.reduce((most, { name }) => Math.max(most, name.length), 0)
  return (
    <FigureFrame
      title={title}
      about={about}
      summary={summary}
      heightPx={heightPx}
      table={{ columns: ["Name", measured], rows: bars.map(({ name, amount }) => [name, words(amount)]) }}
    >
      {(width) => {
        const [least = 0, most = 0] = extent(bars, ({ amount }) => amount)
        const left = Math.min(width * 0.4, longest * 7 + 8)
        const x = scaleLinear([Math.min(0, least), Math.max(0, most, 1e-12)], [left, width - NUMBER_PX])
        const y = scaleBand(
          bars.map(({ name }) => name),
          [0, heightPx],
        ).padding(0.25)
        return (
          <g fontSize={looks.fontPx}>
            {bars.map(({ name, amount }) => {
              const [from, to] = [Math.min(x(0), x(amount)), Math.max(x(0), x(amount))]
              const middle = y(name)! + y.bandwidth() / 2
              return (
                <g key={name} dominantBaseline="central">
                  <text x={0} y={middle} fill={looks.words}>
                    {name}
                  </text>
                  <rect
                    x={from}
                    y={y(name)}
                    width={Math.max(1, to - from)}
                    height={y.bandwidth()}
                    rx={2}
                    fill={colourOfSign(amount)}
                    fillOpacity={0.6}
                  />
                  <text x={to + 6} y={middle} fill={looks.ink}>
                    {words(amount)}
                  </text>
                </g>
              )
            })}
            <line x1={x(0)} x2={x(0)} y1={0} y2={heightPx} stroke={looks.words} />
          </g>
        )
      }}
    </FigureFrame>
  )
}

/** Room for the number after the longest bar. */
const NUMBER_PX = 84
