import { type KeyboardEvent, useCallback, useEffect, useMemo, useState } from "react"
import { timeframeOf, timeframesMs } from "#engine/candles"
import type { TradeLevels } from "#engine/run"
import { barPlace, type ChartColumns } from "../run/chart-columns.ts"
import type { ChartLine } from "../run/chart-lines.ts"
import { coarserColumns, coarserLines, coarserTimeframes } from "../run/coarser-columns.ts"
import type { MadeUp } from "../run/made-up.ts"
import { type TimeZone, formatCandle } from "../ui/date-format.ts"
import { useRemembered } from "../ui/use-remembered.ts"
import { useSame } from "../ui/use-same.ts"
import { useStable } from "../ui/use-stable.ts"
import { BesideTool } from "./beside-tool.tsx"
import { ChartFrame } from "./chart-frame.tsx"
import { ToggleTool } from "./chart-tools.tsx"
import type { View } from "./chart-view.ts"
import { CurveTable } from "./curve-table.tsx"
import { GoToDate } from "./go-to-date.tsx"
import { keyAction } from "./key-action.ts"
import { OverviewStrip } from "./overview-strip.tsx"
import type { OverviewLine } from "./paint-overview.ts"
import { PriceLegend, Readout } from "./readout.tsx"
import { RunCanvas } from "./run-canvas.tsx"
import type { Pane, RunPlot } from "./run-plot.ts"
import type { TradeMark } from "./trade-marker.ts"
import { TradeWalk } from "./trade-walk.tsx"
import { useKeptView } from "./use-kept-view.ts"
import { useOwnPanes } from "./use-own-panes.ts"

type RunChartProps<T extends TradeMark> = {
  /** Names the chart for those who do not see it, and the PNG file. */
  title: string
  /** Names whose stretch of time is in view: it is kept until the window is closed. */
  viewKey?: string
  /** What the picture shows, in a sentence or two. */
  summary: string
  columns: ChartColumns
  trades: readonly T[]
  /** The strategy's own series. */
  lines?: readonly ChartLine[]
  panes: Pane[]
  priceDecimals: number
  currency: string | undefined
  /** What must be said of its prices, where they are made up. */
  madeUp?: MadeUp
  zone: TimeZone
  selected?: T
  onSelect?: (trade: T | undefined) => void
  /** A trade pointed at elsewhere: highlighted, without moving the view. */
  pointed?: T
  /** The trade whose arrow is under the pointer. */
  onPointTrade?: (trade: T | undefined) => void
  /** Length of the candles the trades were made on, where the chart's bars are wider. */
  timeframeMs?: number
  /** Why a trade ended, in words. */
  reasonOf?: (trade: T) => string
  /** Stop and targets of the selected trade, or of the open one. */
  levels?: TradeLevels
  /** The open time of a candle that was pressed. */
  onCandle?: (openTimeMs: number) => void
  /** The open time of the candle under the pointer or the crosshair. */
  onPointCandle?: (openTimeMs: number | undefined) => void
  /** The open time of the bar in question: highlighted and kept in view, and arrows move to its neighbours. */
  markMs?: number
  /** A moment to bring into view, UTC ms. */
  showMs?: number
  className: string
}

const noLines: readonly ChartLine[] = []
const noWords = () => ""

/**
 * Candles with trades and the strategy's own lines, equity against holding, and the dips, under one crosshair. Arrows
 * move by candle, with Shift by trade, + and − zoom; the wheel belongs to the page unless Ctrl is held.
 */
export function RunChart<T extends TradeMark>(props: RunChartProps<T>) {
  const {
    title,
    viewKey,
    summary,
    columns,
    trades,
    lines = noLines,
    panes,
    priceDecimals,
    currency,
    madeUp,
    zone,
    selected,
  } = props
  const { onSelect, reasonOf = noWords, levels, onCandle, showMs, markMs, className } = props
  const [plot, setPlot] = useState<RunPlot>()
  const [second, setSecond] = useState<RunPlot>()
  const [pointedMs, setPointedMs] = useState<number>()
  const [plainWheel, setPlainWheel] = useState(0)
  const [isLogPrice, setLogPrice] = useRemembered<boolean>("chart.log-price", false)
  const [isLogMoney, setLogMoney] = useRemembered<boolean>("chart.log-money", false)
  const [besideName, setBeside] = useRemembered<string>("chart.beside", "")
  // A moment, not a place: other candles have another one there.
  const bar = pointedMs === undefined ? undefined : barPlace(columns.openTimeMs, pointedMs)
  const chosen = placeOf(trades, selected)
  const lit = placeOf(trades, props.pointed) ?? chosen
  const mark = markMs === undefined ? undefined : barPlace(columns.openTimeMs, markMs)
  const own = useOwnPanes(lines)
  const { shown: ownPanes } = own
  const scene = useMemo(
    () => ({ columns, trades, lines, ownPanes, lit, levels, mark }),
    [columns, trades, lines, ownPanes, lit, levels, mark],
  )
  const besides = useSame(coarserTimeframes(columns))
  const beside = besides.find((name) => name === besideName)
  const wide = useMemo(() => {
    if (!beside) return undefined
    const barMs = timeframesMs[beside]
    const wideLines = coarserLines(lines, columns, barMs)
    return { columns: coarserColumns(columns, barMs), trades, lines: wideLines, ownPanes, lit, levels }
  }, [beside, columns, trades, lines, ownPanes, lit, levels])
  const overview = useMemo(() => overviewLines(columns, panes), [columns, panes])
  const { openTimeMs, barMs } = columns
  const words = useCallback(
    ({ from, to }: View) =>
      `${nameOf({ openTimeMs, barMs }, from, zone)} to ${nameOf({ openTimeMs, barMs }, to, zone)}`,
    [openTimeMs, barMs, zone],
  )
  const log = useMemo(() => ({ price: isLogPrice, money: isLogMoney }), [isLogPrice, isLogMoney])
  const edgeMs = useKeptView(plot, viewKey, columns.openTimeMs)
  useEffect(() => {
    if (plot && second) second.besides(plot)
  }, [plot, second])
  useEffect(() => {
    if (showMs !== undefined) plot?.showMoment(showMs)
  }, [plot, showMs])

  useEffect(() => {
    if (mark !== undefined) plot?.view.bringIntoView(mark)
  }, [plot, mark])

  const pointTo = (at: number | undefined) => {
    setPointedMs(at === undefined ? undefined : columns.openTimeMs[at])
    props.onPointCandle?.(at === undefined ? undefined : columns.openTimeMs[at])
  }
  const point = (at: number) => {
    pointTo(at)
    plot?.pointAt(at)
    if (mark !== undefined) onCandle?.(columns.openTimeMs[at])
  }
  const press = (at: number, trade: number | undefined, of: ChartColumns) => {
    onCandle?.(of.openTimeMs[at])
    onSelect?.(trades[trade ?? heldAt(trades, of.openTimeMs[at], of.barMs)])
  }
  const goTo = useStable((timeMs: number) => plot && point(plot.showMoment(timeMs)))
  const [firstMs, lastMs, hasMoney] = [openTimeMs[0], openTimeMs.at(-1) ?? 0, panes.includes("equity")]
  // The same while only the curve moves.
  const tools = useMemo(
    () => (
      <>
        <GoToDate fromMs={firstMs} toMs={lastMs} zone={zone} onGo={goTo} />
        <ToggleTool label="Logarithmic price" word="Log" isOn={isLogPrice} onChange={setLogPrice} />
        {hasMoney && <ToggleTool label="Logarithmic money" word="Log $" isOn={isLogMoney} onChange={setLogMoney} />}
        <BesideTool choices={besides} value={beside} onChange={setBeside} />
      </>
    ),
    [
      firstMs,
      lastMs,
      zone,
      goTo,
      isLogPrice,
      setLogPrice,
      hasMoney,
      isLogMoney,
      setLogMoney,
      besides,
      beside,
      setBeside,
    ],
  )
  // While nothing is pointed at, the last candle in view.
  const told = bar ?? (edgeMs === undefined ? undefined : barPlace(columns.openTimeMs, edgeMs))
  const onKeyDown = (event: KeyboardEvent) => {
    const action = keyAction(event)
    if (!action) return
    event.preventDefault()
    if (action.kind === "zoom") plot?.view.zoom(action.factor, bar)
    else if (action.kind === "press") press(bar ?? mark ?? columns.close.length - 1, undefined, columns)
    else if (action.kind === "trade") onSelect?.(nextTrade(trades, chosen, action.step))
    else point(Math.max(0, Math.min(columns.close.length - 1, (bar ?? mark ?? columns.close.length - 1) + action.step)))
  }
  const canvas = {
    log,
    priceDecimals,
    currency,
    zone,
    reasonOf,
    chosen,
    timeframeMs: props.timeframeMs ?? columns.barMs,
    onPlainWheel: () => setPlainWheel((count) => count + 1),
  }
  return (
    <ChartFrame
      title={title}
      summary={summary}
      plot={plot}
      className={className}
      paneCount={ownPanes.length}
      madeUp={madeUp}
      plainWheel={plainWheel}
      onKeyDown={onKeyDown}
      readout={<Readout columns={columns} bar={told} panes={panes} currency={currency} zone={zone} />}
      tools={tools}
      legend={<PriceLegend {...{ columns, lines, own, priceDecimals }} bar={told} />}
      overview={<OverviewStrip lines={overview} barCount={columns.close.length} view={plot?.view} words={words} />}
      walk={
        onSelect &&
        trades.length > 0 && (
          <TradeWalk
            trades={trades}
            selected={selected}
            onSelect={onSelect}
            reasonOf={reasonOf}
            timeframeMs={canvas.timeframeMs}
            zone={zone}
          />
        )
      }
      caption={
        <CurveTable columns={columns} panes={panes} priceDecimals={priceDecimals} currency={currency} zone={zone} />
      }
    >
      <RunCanvas
        {...canvas}
        heading={wide && `Candles of ${timeframeOf(columns.barMs)}`}
        scene={scene}
        panes={panes}
        onPlot={setPlot}
        onPoint={(at, trade) => {
          pointTo(at)
          props.onPointTrade?.(trade === undefined ? undefined : trades[trade])
          second?.followMoment(at === undefined ? undefined : columns.openTimeMs[at])
        }}
        onPress={(at, trade) => press(at, trade, columns)}
      />
      {wide && (
        <RunCanvas
          {...canvas}
          isBeside
          heading={`Candles of ${beside}`}
          scene={wide}
          panes={panes}
          onPlot={setSecond}
          onPoint={(at) => {
            const timeMs = at === undefined ? undefined : wide.columns.openTimeMs[at]
            setPointedMs(timeMs)
            plot?.followMoment(timeMs)
          }}
          onPress={(at, trade) => press(at, trade, wide.columns)}
        />
      )}
    </ChartFrame>
  )
}

function overviewLines({ equity, holding, close }: ChartColumns, panes: Pane[]): OverviewLine[] {
  if (!panes.includes("equity")) return [{ values: close, role: "ink-faint", width: 1 }]
  return [
    { values: holding, role: "ink-faint", width: 1 },
    { values: equity, role: "accent", width: 1.5 },
  ]
}

function nameOf({ openTimeMs, barMs }: ChartTimes, bar: number, zone: TimeZone): string {
  return formatCandle(openTimeMs[Math.max(0, Math.min(openTimeMs.length - 1, Math.round(bar)))], barMs, zone)
}

type ChartTimes = Pick<ChartColumns, "openTimeMs" | "barMs">

/** The trade that was open in a bar, or -1. */
function heldAt(trades: readonly TradeMark[], openTimeMs: number, barMs: number): number {
  return trades.findIndex((trade) => trade.entryTimeMs < openTimeMs + barMs && openTimeMs <= trade.exitTimeMs)
}

function placeOf<T>(trades: readonly T[], trade: T | undefined): number | undefined {
  const at = trade === undefined ? -1 : trades.indexOf(trade)
  return at < 0 ? undefined : at
}

function nextTrade<T>(trades: readonly T[], lit: number | undefined, step: number): T | undefined {
  const at = lit === undefined ? (step > 0 ? 0 : trades.length - 1) : lit + step
  return trades[Math.max(0, Math.min(trades.length - 1, at))]
}
