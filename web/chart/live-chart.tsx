import { ChevronsRight } from "lucide-react"
import { type KeyboardEvent, useEffect, useEffectEvent, useMemo, useState } from "react"
import { IconButton } from "../ui/button.tsx"
import { type TimeZone, formatCandle } from "../ui/date-format.ts"
import { formatPrice } from "../ui/number-format.ts"
import { useRemembered } from "../ui/use-remembered.ts"
import { ChartFrame } from "./chart-frame.tsx"
import { ToggleTool } from "./chart-tools.tsx"
import { GoToDate } from "./go-to-date.tsx"
import { keyAction } from "./key-action.ts"
import { LineSwatch } from "./line-swatch.tsx"
import { type LiveBar, type LivePicture, LivePlot, type PriceLevel } from "./live-plot.ts"
import { OverviewStrip } from "./overview-strip.tsx"
import { Legend } from "./readout.tsx"
import { usePlot } from "./use-plot.ts"

export type { LivePicture, PriceLevel } from "./live-plot.ts"

type LiveChartProps = {
  title: string
  picture: LivePicture
  barMs: number
  priceDecimals: number
  zone: TimeZone
  /** Prices marked over the whole width. */
  levels?: readonly PriceLevel[]
  /** The person is looking at the oldest candles. */
  onOldest: () => void
  asking?: CandleAsking
  className: string
}

/** For a chart whose candles can be asked about, by a press or Enter. */
export type CandleAsking = {
  /** The candle in question. */
  markMs: number | undefined
  onCandle: (openTimeMs: number) => void
  /** The one under the pointer or the arrows; undefined for none. */
  onPoint: (openTimeMs: number | undefined) => void
}

/** Live candles, with the lines of formulas over and below them. Arrows move from candle to candle, + and − zoom. */
export function LiveChart(props: LiveChartProps) {
  const { title, picture, barMs, priceDecimals, zone, levels, onOldest, asking, className } = props
  const [pointedMs, setPointed] = useState<number>()
  const [plainWheel, setPlainWheel] = useState(0)
  const [isLog, setLog] = useRemembered<boolean>("chart.log-price", false)
  const reachOldest = useEffectEvent(() => onOldest())
  const ask = useEffectEvent((openTimeMs: number) => asking?.onCandle(openTimeMs))
  const point = useEffectEvent((openTimeMs: number | undefined) => {
    setPointed(openTimeMs)
    asking?.onPoint(openTimeMs)
  })
  const { element, plot } = usePlot(
    (within) =>
      new LivePlot(within, picture, {
        barMs,
        priceDecimals,
        zone,
        onPoint: (openTimeMs) => point(openTimeMs),
        onPress: (openTimeMs) => ask(openTimeMs),
        onPlainWheel: () => setPlainWheel((count) => count + 1),
        onOldest: () => reachOldest(),
      }),
    {
      structure: "live",
      look: { barMs, priceDecimals, zone },
      lookKey: `${barMs} ${priceDecimals} ${zone}`,
    },
  )
  useEffect(() => {
    plot?.draw(picture)
    measure(picture.cameAtMs)
  }, [plot, picture])
  useEffect(() => plot?.setLog(isLog), [plot, isLog])
  useEffect(() => plot?.setLevels(levels ?? []), [plot, levels])
  const markMs = asking?.markMs
  useEffect(() => plot?.setMark(markMs), [plot, markMs])

  const bars = [...picture.closed, ...picture.open]
  const at = pointedMs === undefined ? -1 : bars.findLastIndex(({ openTimeMs }) => openTimeMs === pointedMs)
  const onKeyDown = (event: KeyboardEvent) => {
    const action = keyAction(event)
    if (action?.kind === "zoom") plot?.view.zoom(action.factor)
    else if (action?.kind === "candle") {
      const bar = bars[Math.max(0, Math.min(bars.length - 1, (at < 0 ? bars.length - 1 : at) + action.step))]
      plot?.pointAt(bar)
      setPointed(bar.openTimeMs)
      asking?.onPoint(bar.openTimeMs)
    } else if (action?.kind === "press" && asking && at >= 0) asking.onCandle(bars[at].openTimeMs)
    else return
    event.preventDefault()
  }
  const words = { picture, bar: bars[at] ?? bars.at(-1), priceDecimals }
  return (
    <ChartFrame
      title={title}
      summary={`Arrow keys move from candle to candle${asking ? ", Enter asks about one" : ""}.`}
      plot={plot}
      className={className}
      plainWheel={plainWheel}
      onKeyDown={onKeyDown}
      readout={<LiveReadout {...words} barMs={barMs} zone={zone} />}
      tools={
        <>
          <IconButton label="Now" onClick={() => plot?.showNow()}>
            <ChevronsRight aria-hidden className="size-4" />
          </IconButton>
          <GoToDate
            fromMs={bars[0].openTimeMs}
            toMs={bars[bars.length - 1].openTimeMs}
            zone={zone}
            onGo={(timeMs) => plot?.showMoment(timeMs)}
          />
          <ToggleTool label="Logarithmic price" word="Log" isOn={isLog} onChange={setLog} />
        </>
      }
      legend={<LiveLegend {...words} />}
      overview={<LiveOverview picture={picture} plot={plot} zone={zone} barMs={barMs} />}
      caption={null}
    >
      <div className="relative min-w-0 grow">
        <div ref={element} className="absolute inset-0" />
      </div>
    </ChartFrame>
  )
}

/** The overview follows the closed candles only: a tick would change nothing visible. */
function LiveOverview({
  picture: { closed },
  plot,
  barMs,
  zone,
}: Pick<LiveChartProps, "picture" | "barMs" | "zone"> & { plot: LivePlot | undefined }) {
  const count = closed.length
  const firstMs = closed[0]?.openTimeMs
  const overview = useMemo(() => {
    const bars = closed.slice()
    const nameOf = (bar: number) =>
      formatCandle(bars[Math.max(0, Math.min(bars.length - 1, Math.round(bar)))]?.openTimeMs, barMs, zone)
    return {
      lines: [{ values: Float64Array.from(bars, ({ close }) => close), role: "ink-faint" as const, width: 1 }],
      words: ({ from, to }: { from: number; to: number }) => `${nameOf(from)} to ${nameOf(to)}`,
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the list grows in place; length and first say what it is
  }, [count, firstMs, barMs, zone])
  return <OverviewStrip lines={overview.lines} barCount={count + 1} view={plot?.view} words={overview.words} />
}

type LiveWordsProps = Pick<LiveChartProps, "picture" | "priceDecimals"> & { bar: LiveBar | undefined }

function LiveReadout({ picture, bar, barMs, zone }: LiveWordsProps & Pick<LiveChartProps, "barMs" | "zone">) {
  const isOpen = bar !== undefined && picture.open.includes(bar)
  return (
    <p className="flex h-8 items-center gap-x-2 text-xs text-ink-soft">
      <span className="font-medium text-ink">{formatCandle(bar?.openTimeMs, barMs, zone)}</span>
      {isOpen && "still forming"}
    </p>
  )
}

function LiveLegend({ picture, bar, priceDecimals }: LiveWordsProps) {
  const price = (value: number | undefined) => formatPrice(value, priceDecimals)
  return (
    <Legend>
      <span className="@max-md:hidden">
        Open {price(bar?.open)} · High {price(bar?.high)} · Low {price(bar?.low)} · Close {price(bar?.close)}
      </span>
      <span className="@md:hidden">Close {price(bar?.close)}</span>
      {picture.lines.map((line, n) => (
        <span key={line.formula}>
          <LineSwatch at={n} /> <code className="font-mono">{line.formula}</code>{" "}
          {formatPrice(bar && valueAt(picture, n, bar), line.pane === "price" ? priceDecimals : 2)}
        </span>
      ))}
    </Legend>
  )
}

function valueAt({ closed, open, lines }: LivePicture, line: number, bar: LiveBar): number | undefined {
  const at = open.indexOf(bar)
  if (at >= 0) return lines[line].open[at]
  return lines[line].closed[closed.lastIndexOf(bar)]
}

/** From the message to the painted chart, for the browser's performance tools. */
function measure(cameAtMs: number) {
  if (cameAtMs === 0) return
  requestAnimationFrame(() => {
    performance.clearMeasures("tick to chart")
    performance.measure("tick to chart", {
      start: Math.max(0, cameAtMs - performance.timeOrigin),
      end: performance.now(),
    })
  })
}
