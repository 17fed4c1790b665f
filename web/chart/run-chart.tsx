import { ImageDown } from "lucide-react"
import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from "react"
import type { TimeZone } from "../ui/date-format.ts"
import { IconButton } from "../ui/button.tsx"
import { useThemeName } from "../ui/theme.ts"
import type { ChartColumns } from "../run/chart-columns.ts"
import { CurveTable } from "./curve-table.tsx"
import { type Pane, Plot } from "./plot.ts"
import { Readout } from "./readout.tsx"
import type { TradeMark } from "./trade-marker.ts"

type RunChartProps<T extends TradeMark> = {
  /** Names the chart for those who do not see it, and the PNG file. */
  title: string
  /** What the picture shows, in a sentence or two. */
  summary: string
  columns: ChartColumns
  trades: T[]
  panes: Pane[]
  priceDecimals: number
  currency: string | undefined
  zone: TimeZone
  logEquity?: boolean
  selected?: T
  onSelect?: (trade: T | undefined) => void
  /** A moment to bring into view, UTC ms. */
  showMs?: number
  className: string
}

/**
 * Candles with trades, equity against holding, and the dips, under one crosshair. Arrows walk candles, with Shift
 * trades, + and − zoom.
 */
export function RunChart<T extends TradeMark>(props: RunChartProps<T>) {
  const {
    title,
    summary,
    columns,
    trades,
    panes,
    priceDecimals,
    currency,
    zone,
    logEquity = false,
    selected,
    onSelect,
    showMs,
    className,
  } = props
  const element = useRef<HTMLDivElement>(null)
  const plot = useRef<Plot>(undefined)
  const [bar, setBar] = useState<number>()
  const theme = useThemeName()
  const onPress = useEffectEvent((timeMs: number) =>
    onSelect?.(trades.find((trade) => trade.entryTimeMs - columns.barMs < timeMs && timeMs <= trade.exitTimeMs)),
  )
  const onDraw = useEffectEvent((drawn: Plot) => {
    drawn.markTrades(trades)
    drawn.light(selected)
  })
  const paneNames = panes.join(" ")

  // The colours and formats belong to the chart itself, so another theme or clock is another chart; another run is not.
  const onCreate = useEffectEvent(() => {
    const drawn = new Plot(element.current!, columns, {
      panes: paneNames.split(" ") as Pane[],
      priceDecimals,
      zone,
      logEquity,
      onPoint: setBar,
      onPress: (timeMs) => onPress(timeMs),
    })
    plot.current = drawn
    onDraw(drawn)
    return drawn
  })
  useEffect(() => {
    const drawn = onCreate()
    return () => drawn.remove()
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- all these are read while the chart is made
  }, [theme, zone, logEquity, priceDecimals, paneNames])
  useEffect(() => {
    if (plot.current!.draw(columns)) onDraw(plot.current!)
  }, [columns])
  useEffect(() => plot.current?.light(selected), [selected])

  useEffect(() => {
    if (showMs !== undefined) plot.current?.showMoment(showMs)
  }, [showMs])

  const walk = (step: number) => {
    const next = Math.max(0, Math.min(columns.close.length - 1, (bar ?? columns.close.length - 1) + step))
    setBar(next)
    plot.current?.pointAt(next)
  }
  const walkTrades = (step: number) => {
    const at = selected ? trades.indexOf(selected) + step : step > 0 ? 0 : trades.length - 1
    if (trades[at]) onSelect?.(trades[at])
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const action = keyAction(event)
    if (!action) return
    event.preventDefault()
    if (action.kind === "zoom") plot.current?.zoom(action.factor)
    else if (action.kind === "trade") walkTrades(action.step)
    else walk(action.step)
  }
  const save = () => {
    const link = document.createElement("a")
    link.href = plot.current?.png() ?? ""
    link.download = `${title}.png`
    link.click()
  }
  return (
    <figure className="flex min-w-0 flex-col gap-2">
      <div className="flex items-end justify-between gap-4">
        <Readout
          columns={columns}
          bar={bar}
          panes={panes}
          priceDecimals={priceDecimals}
          currency={currency}
          zone={zone}
        />
        <IconButton label="Save the chart as a picture" onClick={save}>
          <ImageDown aria-hidden className="size-4" />
        </IconButton>
      </div>
      <div
        ref={element}
        tabIndex={0}
        role="application"
        aria-roledescription="chart"
        aria-label={`${title}. ${summary}`}
        onKeyDown={onKeyDown}
        className={`relative ${className}`}
      />
      <figcaption className="text-sm text-ink-soft">
        <span className="sr-only">{summary}</span>
        <CurveTable columns={columns} panes={panes} priceDecimals={priceDecimals} currency={currency} zone={zone} />
      </figcaption>
    </figure>
  )
}

type KeyAction = { kind: "candle" | "trade"; step: number } | { kind: "zoom"; factor: number }

function keyAction({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent): KeyAction | undefined {
  if (ctrlKey || metaKey) return undefined
  if (key === "ArrowLeft" || key === "ArrowRight")
    return { kind: shiftKey ? "trade" : "candle", step: key === "ArrowLeft" ? -1 : 1 }
  if (key === "+" || key === "=") return { kind: "zoom", factor: 0.7 }
  if (key === "-") return { kind: "zoom", factor: 1 / 0.7 }
  return undefined
}
