import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from "react"
import { type TimeZone, formatCandle } from "../ui/date-format.ts"
import { formatPrice } from "../ui/number-format.ts"
import { useThemeName } from "../ui/theme.ts"
import { liveLineLook } from "./live-line.ts"
import { type LiveBar, type LivePicture, LivePlot } from "./live-plot.ts"

export type { LivePicture } from "./live-plot.ts"

type LiveChartProps = {
  title: string
  picture: LivePicture
  barMs: number
  priceDecimals: number
  zone: TimeZone
  className: string
}

/** Candles as they happen, with the lines of formulas over and below them. Arrows walk candles, + and − zoom. */
export function LiveChart({ title, picture, barMs, priceDecimals, zone, className }: LiveChartProps) {
  const element = useRef<HTMLDivElement>(null)
  const plot = useRef<LivePlot>(undefined)
  const [pointedMs, setPointed] = useState<number>()
  const theme = useThemeName()
  const onCreate = useEffectEvent(() => {
    plot.current = new LivePlot(element.current!, { barMs, priceDecimals, zone, onPoint: setPointed })
    plot.current.draw(picture)
    return plot.current
  })
  // Colours and formats belong to the chart itself, so another theme, clock or precision is another chart.
  useEffect(() => {
    const drawn = onCreate()
    return () => drawn.remove()
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- all these are read while the chart is made
  }, [theme, zone, barMs, priceDecimals])
  useEffect(() => {
    plot.current?.draw(picture)
    measure(picture.cameAtMs)
  }, [picture])

  const bars = [...picture.closed.slice(-500), ...picture.open]
  const at = bars.findIndex(({ openTimeMs }) => openTimeMs === pointedMs)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey) return
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    const bar =
      step === undefined
        ? undefined
        : bars[Math.max(0, Math.min(bars.length - 1, (at < 0 ? bars.length - 1 : at) + step))]
    if (bar) plot.current?.pointAt(bar)
    else if (event.key === "+" || event.key === "=") plot.current?.zoom(0.7)
    else if (event.key === "-") plot.current?.zoom(1 / 0.7)
    else return
    setPointed(bar?.openTimeMs ?? pointedMs)
    event.preventDefault()
  }
  return (
    <figure className="flex min-w-0 flex-col gap-2">
      <LiveReadout
        picture={picture}
        bar={bars[at] ?? bars.at(-1)}
        barMs={barMs}
        priceDecimals={priceDecimals}
        zone={zone}
      />
      <div
        ref={element}
        tabIndex={0}
        role="application"
        aria-roledescription="chart"
        aria-label={`${title}. Arrow keys walk from candle to candle.`}
        onKeyDown={onKeyDown}
        className={`relative ${className}`}
      />
    </figure>
  )
}

function LiveReadout({
  picture,
  bar,
  barMs,
  priceDecimals,
  zone,
}: Pick<LiveChartProps, "picture" | "barMs" | "priceDecimals" | "zone"> & { bar: LiveBar | undefined }) {
  const price = (value: number | undefined) => formatPrice(value, priceDecimals)
  const isOpen = bar !== undefined && picture.open.includes(bar)
  return (
    <div className="flex min-h-10 flex-wrap content-end items-end gap-x-4 text-xs text-ink-soft">
      <span className="font-medium text-ink">{formatCandle(bar?.openTimeMs, barMs, zone)}</span>
      <span className="max-sm:hidden">
        Open {price(bar?.open)} · High {price(bar?.high)} · Low {price(bar?.low)} · Close {price(bar?.close)}
      </span>
      <span className="sm:hidden">Close {price(bar?.close)}</span>
      {picture.lines.map((line, n) => (
        <span key={line.formula}>
          <LineSwatch at={n} />
          <code className="font-mono">{line.formula}</code>{" "}
          {formatPrice(bar && valueAt(picture, n, bar), line.pane === "price" ? priceDecimals : 2)}
        </span>
      ))}
      {isOpen && <span>still forming</span>}
    </div>
  )
}

/** A short stroke in the line's own look, so that a name can be told from the next. */
export function LineSwatch({ at }: { at: number }) {
  const { role, style } = liveLineLook(at)
  return (
    <span
      aria-hidden
      className="mr-1 inline-block w-4 border-t-2 align-middle"
      style={{ borderColor: `var(--${role})`, borderStyle: style }}
    />
  )
}

function valueAt({ closed, open, lines }: LivePicture, line: number, bar: LiveBar): number | undefined {
  const at = open.indexOf(bar)
  if (at >= 0) return lines[line].open[at]
  return lines[line].closed[closed.lastIndexOf(bar)]
}

/** From the message to the painted chart, for whoever looks into the browser's performance tools. */
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
