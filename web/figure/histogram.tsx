import type { ReactNode } from "react"
import { max } from "d3-array"
import { scaleLinear } from "d3-scale"
import { formatCount, formatNumber, formatShareOf } from "../ui/number-format.ts"
import { BottomAxis, LeftAxis } from "./figure-axis.tsx"
import { FigureFrame } from "./figure-frame.tsx"
import { colourOfSign, looks } from "./figure-looks.ts"

/** Values from `from` up to, but not including, `to`. */
export type Bin = { from: number; to: number; count: number }

type HistogramProps = {
  title: string
  about?: ReactNode
  bins: readonly Bin[]
  /** What is counted: "trades". */
  counted: string
  /** Formats an edge of a bin: "2 %". */
  words: (edge: number) => string
  /** Whether the sign of a value is a gain or a loss. */
  isSigned?: boolean
  /** A value whose bar is highlighted. */
  lit?: number
  /** A value to compare them with, as a line with its name. */
  mark?: { value: number; name: string }
  /** Said instead of which bar is the fullest. */
  summary?: string
  onPress?: (bin: Bin) => void
}

const HEIGHT_PX = 180
const MOST_WORDS = 7
const MARK_PX = 18

/** How many values of each size. */
export function Histogram(props: HistogramProps) {
  const { title, about, bins, counted, words, isSigned = false, lit, mark, onPress } = props
  const total = bins.reduce((sum, { count }) => sum + count, 0)
  return (
    <FigureFrame
      title={title}
      about={about}
      summary={props.summary ?? summaryOf(bins, counted, words)}
      heightPx={HEIGHT_PX}
      table={{
        columns: ["From", "To", counted],
        rows: bins
          .filter(({ count }) => count > 0)
          .map(({ from, to, count }) => [words(from), words(to), formatNumber(count)]),
      }}
    >
      {(width) => {
        const right = width - looks.right
        const floor = HEIGHT_PX - looks.bottom
        const x = scaleLinear([bins[0]?.from ?? 0, bins.at(-1)?.to ?? 1], [looks.left, right])
        // The name of the mark stands above the bars.
        const top = looks.top + (mark ? MARK_PX : 0)
        const y = scaleLinear([0, max(bins, ({ count }) => count) ?? 1], [floor, top]).nice(4)
        const counts = y.ticks(4).filter(Number.isInteger)
        return (
          <>
            <LeftAxis
              left={looks.left}
              right={right}
              ticks={counts.map((count) => ({ at: y(count), words: formatNumber(count) }))}
            />
            {bins.map((bin) => (
              <Bar
                key={bin.from}
                bin={bin}
                box={{ x: x(bin.from), y: y(bin.count), width: x(bin.to) - x(bin.from), floor }}
                colour={isSigned ? colourOfSign(bin.from) : looks.plain}
                isLit={lit !== undefined && lit >= bin.from && lit < bin.to}
                words={`${formatNumber(bin.count)} of ${formatCount(total, counted)}, ${words(bin.from)} to ${words(bin.to)}`}
                onPress={onPress && (() => onPress(bin))}
              />
            ))}
            {isSigned && x.domain()[0] < 0 && (
              <line x1={x(0)} x2={x(0)} y1={looks.top} y2={floor} stroke={looks.words} />
            )}
            {mark && <MarkedValue at={x(mark.value)} name={mark.name} width={width} floor={floor} />}
            <BottomAxis
              width={width}
              y={HEIGHT_PX - 6}
              ticks={x.ticks(MOST_WORDS).map((value) => ({ at: x(value), words: words(value) }))}
            />
          </>
        )
      }}
    </FigureFrame>
  )
}

type MarkedValueProps = { at: number; name: string; width: number; floor: number }

/** A line over the bars; its name is on the side that has room. */
function MarkedValue({ at, name, width, floor }: MarkedValueProps) {
  const isLeft = at > width / 2
  return (
    <g>
      <line x1={at} x2={at} y1={looks.top} y2={floor} stroke={looks.accent} strokeWidth={2} />
      <text
        x={at + (isLeft ? -6 : 6)}
        y={looks.top + looks.fontPx}
        textAnchor={isLeft ? "end" : "start"}
        fontSize={looks.fontPx}
        fill={looks.ink}
      >
        {name}
      </text>
    </g>
  )
}

type BarProps = {
  bin: Bin
  box: { x: number; y: number; width: number; floor: number }
  colour: string
  isLit: boolean
  words: string
  onPress?: () => void
}

function Bar({ box, colour, isLit, words, onPress }: BarProps) {
  return (
    <g onClick={onPress} className={onPress && "cursor-pointer"}>
      <title>{words}</title>
      <rect x={box.x} y={looks.top} width={box.width} height={box.floor - looks.top} fill="transparent" />
      <rect
        x={box.x + 0.5}
        y={box.y}
        width={Math.max(1, box.width - 1)}
        height={box.floor - box.y}
        rx={1.5}
        fill={colour}
        fillOpacity={isLit ? 1 : 0.6}
        stroke={isLit ? looks.ink : "none"}
        strokeWidth={2}
      />
    </g>
  )
}

function summaryOf(bins: readonly Bin[], counted: string, words: (edge: number) => string): string {
  const most = bins.reduce<Bin | undefined>((best, bin) => (best && best.count >= bin.count ? best : bin), undefined)
  if (!most || most.count === 0) return `There are no ${counted}s to count.`
  const all = bins.reduce((sum, { count }) => sum + count, 0)
  const place = `between ${words(most.from)} and ${words(most.to)}`
  return `The fullest bar: ${formatShareOf(most.count, all, counted, ["is", "are"])} ${place}.`
}
