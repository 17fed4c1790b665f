import { extent } from "d3-array"
import { scaleLinear, scaleUtc } from "d3-scale"
import { area, curveStepAfter, line } from "d3-shape"
import type { ReactNode } from "react"
import { BottomAxis, LeftAxis } from "./figure-axis.tsx"
import { FigureFrame, type FigureTable } from "./figure-frame.tsx"
import { groundWithin, looks } from "./figure-looks.ts"

/** What it can be in, and of each point the share of its time, 0 to 1. */
export type NamedState = { name: string; shares: readonly number[] }

type StatesProps = {
  title: string
  about?: ReactNode
  summary: string
  timesMs: readonly number[]
  values: readonly number[]
  valueName: string
  states: readonly NamedState[]
  valueWords: (value: number) => string
  timeWords: (timeMs: number) => string
}

const LINE_PX = 200
const LEFT_PX = 60
const NAME_PX = 20
const ROW_PX = 16
const GAP_PX = 8
const SWATCH_PX = 12
const STATE_PX = NAME_PX + ROW_PX + GAP_PX
const MOST_ROWS = 24

/** A line over time before the states it was in: bands behind it, and below it a row for each with its name. */
export function States(props: StatesProps) {
  const { title, about, summary, timesMs, values, states, valueWords, timeWords } = props
  const heightPx = LINE_PX + states.length * STATE_PX + looks.bottom
  const grounds = states.map((_, state) => groundWithin(state, { least: 0, most: Math.max(1, states.length - 1) }))
  return (
    <FigureFrame title={title} about={about} summary={summary} heightPx={heightPx} table={tableOf(props)}>
      {(width) => {
        const x = scaleUtc([timesMs[0], timesMs[timesMs.length - 1]], [LEFT_PX, width - looks.right])
        const [least = 0, most = 1] = extent(values)
        const y = scaleLinear([least, most], [LINE_PX - GAP_PX, looks.top]).nice()
        const path = line<number>()
          .x((_, at) => x(timesMs[at]))
          .y((value) => y(value))
        return (
          <>
            {bandsOf(states, timesMs).map(({ state, fromMs, toMs }) => (
              <rect
                key={fromMs}
                x={x(fromMs)}
                width={Math.max(0, x(toMs) - x(fromMs))}
                y={looks.top}
                height={LINE_PX - GAP_PX - looks.top}
                fill={grounds[state]}
              />
            ))}
            <LeftAxis
              left={LEFT_PX}
              right={width - looks.right}
              ticks={y.ticks(4).map((value) => ({ at: y(value), words: valueWords(value) }))}
            />
            <path d={path(values as number[]) ?? ""} fill="none" stroke={looks.ink} strokeWidth={1.5} />
            {states.map(({ name, shares }, state) => (
              <g key={name} transform={`translate(0 ${LINE_PX + state * STATE_PX})`}>
                <rect
                  x={LEFT_PX}
                  y={(NAME_PX - SWATCH_PX) / 2}
                  width={SWATCH_PX}
                  height={SWATCH_PX}
                  fill={grounds[state]}
                  stroke={looks.words}
                />
                <text
                  x={LEFT_PX + SWATCH_PX + GAP_PX}
                  y={NAME_PX / 2}
                  dominantBaseline="central"
                  fontSize={looks.fontPx}
                  fill={looks.ink}
                >
                  {name}
                </text>
                <line
                  x1={LEFT_PX}
                  x2={width - looks.right}
                  y1={NAME_PX + ROW_PX}
                  y2={NAME_PX + ROW_PX}
                  stroke={looks.line}
                />
                <path d={rowOf(shares, timesMs, x)} fill={looks.plain} />
              </g>
            ))}
            <BottomAxis
              width={width}
              y={heightPx - 6}
              ticks={x.ticks(5).map((time) => ({ at: x(time), words: timeWords(time.getTime()) }))}
            />
          </>
        )
      }}
    </FigureFrame>
  )
}

/** How much of each point's time was spent in a state, as a hill on its row. */
function rowOf(shares: readonly number[], timesMs: readonly number[], x: (timeMs: number) => number): string {
  return (
    area<number>()
      .x((_, at) => x(timesMs[at]))
      .y0(NAME_PX + ROW_PX)
      .y1((share) => NAME_PX + ROW_PX * (1 - share))
      .curve(curveStepAfter)(shares as number[]) ?? ""
  )
}

type Band = { state: number; fromMs: number; toMs: number }

/** The state most of each point's time was spent in; neighbours of the same state are one band. */
function bandsOf(states: readonly NamedState[], timesMs: readonly number[]): Band[] {
  const bands: Band[] = []
  for (let at = 0; at + 1 < timesMs.length; at++) {
    const state = mostly(states, at)
    const last = bands.at(-1)
    if (last?.state === state) last.toMs = timesMs[at + 1]
    else bands.push({ state, fromMs: timesMs[at], toMs: timesMs[at + 1] })
  }
  return bands
}

function mostly(states: readonly NamedState[], at: number): number {
  return states.reduce((most, { shares }, state) => (shares[at] > states[most].shares[at] ? state : most), 0)
}

function tableOf({ timesMs, values, valueName, states, valueWords, timeWords }: StatesProps): FigureTable {
  const step = Math.max(1, Math.ceil(timesMs.length / MOST_ROWS))
  return {
    columns: ["Day", valueName, "Mostly"],
    rows: timesMs.flatMap((timeMs, at) =>
      at % step === 0 ? [[timeWords(timeMs), valueWords(values[at]), states[mostly(states, at)].name]] : [],
    ),
  }
}
