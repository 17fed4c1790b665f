import { extent } from "d3-array"
import { scaleLinear, scaleUtc } from "d3-scale"
import { line } from "d3-shape"
import { type PointerEvent, useState } from "react"
import { BottomAxis, LeftAxis } from "./figure-axis.tsx"
import { FigureFrame, type FigureTable } from "./figure-frame.tsx"
import { looks } from "./figure-looks.ts"

/** A kept curve: few points, each with its moment. */
export type NamedCurve = { name: string; timesMs: readonly number[]; values: readonly number[]; isFaint?: boolean }

type CurvesProps = {
  title: string
  summary: string
  curves: readonly NamedCurve[]
  /** On the axis, short. */
  amountWords: (value: number) => string
  /** In the table. */
  exactWords: (value: number) => string
  timeWords: (timeMs: number) => string
}

const HEIGHT_PX = 260
const LEFT_PX = 60
const TABLE_ROWS = 24

// Different by dashes as well as by colour.
const lines = [
  { colour: looks.accent, dash: undefined },
  { colour: looks.plain, dash: "7 4" },
  { colour: looks.gain, dash: "2 3" },
  { colour: looks.loss, dash: "10 3 2 3" },
]

/** Up to four kept curves over one clock and one scale, named in a legend, which tells their values under the pointer. */
export function Curves({ title, summary, curves, amountWords, exactWords, timeWords }: CurvesProps) {
  const times = extent(curves.flatMap(({ timesMs }) => timesMs))
  const amounts = extent(curves.flatMap(({ values }) => values))
  const [pointedMs, setPointedMs] = useState<number>()
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <FigureFrame title={title} summary={summary} heightPx={HEIGHT_PX} table={tableOf(curves, exactWords, timeWords)}>
        {(width) => {
          const [floor, right] = [HEIGHT_PX - looks.bottom, width - looks.right]
          const x = scaleUtc([times[0] ?? 0, times[1] ?? 1], [LEFT_PX, right])
          const y = scaleLinear(
            [Math.min(0, amounts[0] ?? 0), Math.max(0.1, amounts[1] ?? 0)],
            [floor, looks.top],
          ).nice()
          const path = line<number>()
            .x((_, at) => at)
            .y((value) => y(value))
          const point = ({ clientX, currentTarget }: PointerEvent) =>
            setPointedMs(x.invert(LEFT_PX + clientX - currentTarget.getBoundingClientRect().left).getTime())
          return (
            <>
              <LeftAxis
                left={LEFT_PX}
                right={right}
                ticks={y.ticks(5).map((value) => ({ at: y(value), words: amountWords(value) }))}
              />
              <BottomAxis
                width={width}
                y={HEIGHT_PX - 6}
                ticks={x.ticks(5).map((time) => ({ at: x(time), words: timeWords(time.getTime()) }))}
              />
              {curves.map(({ name, timesMs, values, isFaint }, at) => (
                <path
                  key={name}
                  d={path.x((_, n) => x(timesMs[n]))(values as number[]) ?? ""}
                  fill="none"
                  stroke={isFaint ? looks.words : lines[at].colour}
                  strokeDasharray={isFaint ? "2 4" : lines[at].dash}
                  strokeWidth={isFaint ? 1 : 2}
                  strokeLinejoin="round"
                />
              ))}
              {pointedMs !== undefined && (
                <line x1={x(pointedMs)} x2={x(pointedMs)} y1={looks.top} y2={floor} stroke={looks.words} />
              )}
              <rect
                x={LEFT_PX}
                y={looks.top}
                width={Math.max(0, right - LEFT_PX)}
                height={floor - looks.top}
                fill="transparent"
                onPointerMove={point}
                onPointerDown={point}
                onPointerLeave={() => setPointedMs(undefined)}
              />
            </>
          )
        }}
      </FigureFrame>
      <p className="min-h-5 text-sm text-ink-soft tabular-nums">{pointedMs !== undefined && timeWords(pointedMs)}</p>
      <ul aria-label="Curves" className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
        {curves.map((curve, at) => (
          <li key={curve.name} className="flex items-center gap-2">
            <svg aria-hidden width={28} height={8}>
              <line
                x1={0}
                x2={28}
                y1={4}
                y2={4}
                stroke={curve.isFaint ? looks.words : lines[at].colour}
                strokeDasharray={curve.isFaint ? "2 4" : lines[at].dash}
                strokeWidth={2}
              />
            </svg>
            {curve.name}
            {pointedMs !== undefined && (
              <span className="text-ink-strong tabular-nums">{lastBefore(curve, pointedMs, exactWords)}</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** A row for each of some two dozen moments; a curve says what it was worth last. */
function tableOf(
  curves: readonly NamedCurve[],
  exactWords: CurvesProps["exactWords"],
  timeWords: CurvesProps["timeWords"],
): FigureTable {
  const moments = [...new Set(curves.flatMap(({ timesMs }) => timesMs))].toSorted((a, b) => a - b)
  const step = Math.max(1, Math.ceil(moments.length / TABLE_ROWS))
  return {
    columns: ["Day", ...curves.map(({ name }) => name)],
    rows: moments
      .filter((_, at) => at % step === 0 || at === moments.length - 1)
      .map((timeMs) => [timeWords(timeMs), ...curves.map((curve) => lastBefore(curve, timeMs, exactWords))]),
  }
}

function lastBefore({ timesMs, values }: NamedCurve, timeMs: number, words: (value: number) => string): string {
  const at = timesMs.findLastIndex((each) => each <= timeMs)
  return at < 0 ? "" : words(values[at])
}
