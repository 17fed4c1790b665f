import {
  BaselineSeries,
  CandlestickSeries,
  type CandlestickData,
  createChart,
  createSeriesMarkers,
  type IChartApi,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  LineSeries,
  LineStyle,
  type MouseEventParams,
  PriceScaleMode,
  type SeriesMarker,
  type Time,
  type UTCTimestamp,
} from "lightweight-charts"
import { countBefore } from "#engine/candles"
import type { TimeZone } from "../ui/date-format.ts"
import { formatNumber, formatPercent, formatPrice } from "../ui/number-format.ts"
import { colourOf } from "../ui/theme.ts"
import { barOf, type ChartColumns } from "../run/chart-columns.ts"
import { chartLooks } from "./chart-looks.ts"
import { type TradeMark, tradeMarkers } from "./trade-marker.ts"

export type Pane = "price" | "equity" | "underwater"

export type PlotOptions = {
  panes: Pane[]
  priceDecimals: number
  zone: TimeZone
  logEquity: boolean
  /** The bar under the pointer, or nothing when it left. */
  onPoint: (bar: number | undefined) => void
  onPress: (timeMs: number) => void
}

const stretch: Record<Pane, number> = { price: 5, equity: 2.2, underwater: 1.3 }

/** The drawing side of a run's chart: panes over one time axis with one crosshair. The React side is run-chart.tsx. */
export class Plot {
  readonly chart: IChartApi
  #columns: ChartColumns
  #barAt = new Map<number, number>()
  #series: {
    price?: ISeriesApi<"Candlestick">
    equity?: ISeriesApi<"Line">
    holding?: ISeriesApi<"Line">
    underwater?: ISeriesApi<"Baseline">
    trade?: ISeriesApi<"Line">
  } = {}
  #markers?: ISeriesMarkersPluginApi<Time>

  constructor(
    element: HTMLElement,
    columns: ChartColumns,
    private readonly options: PlotOptions,
  ) {
    this.#columns = columns
    this.chart = createChart(element, { autoSize: true, ...chartLooks(options.zone, () => this.#columns.barMs) })
    for (const pane of options.panes) this.#addPane(pane)
    this.chart.panes().forEach((pane, at) => pane.setStretchFactor(stretch[options.panes[at]]))
    this.chart.subscribeCrosshairMove((event) => options.onPoint(this.#barUnder(event)))
    this.chart.subscribeClick((event) => this.#press(event))
    this.#fill(columns)
    this.chart.timeScale().fitContent()
  }

  /**
   * Replaces what is drawn, unless it is drawn already (false then). The stretch of time in view stays while the bars
   * are the same.
   */
  draw(columns: ChartColumns): boolean {
    if (this.#columns === columns) return false
    const samePrices = sameBars(this.#columns, columns)
    this.#columns = columns
    if (samePrices) this.#fillMoney(columns)
    else this.#fill(columns)
    if (!samePrices) this.chart.timeScale().fitContent()
    return true
  }

  #fill(columns: ChartColumns) {
    this.#barAt = new Map(Array.from(columns.openTimeMs, (timeMs, bar) => [timeMs, bar]))
    this.#series.price?.setData(this.#candles())
    this.#fillMoney(columns)
  }

  #fillMoney(columns: ChartColumns) {
    const line = (column: Float64Array) => Array.from(column, (value, bar) => ({ time: this.#time(bar), value }))
    this.#series.equity?.setData(line(columns.equity))
    this.#series.holding?.setData(line(columns.holding))
    this.#series.underwater?.setData(line(columns.underwaterPercent))
  }

  /** Marks entries below and exits above the candles. */
  markTrades(trades: TradeMark[]) {
    this.#markers?.setMarkers(tradeMarkers(trades, this.#columns.barMs) as SeriesMarker<Time>[])
  }

  /** Joins a trade's entry and exit by a line and brings it into view; nothing lit without one. */
  light(trade: TradeMark | undefined) {
    this.#series.trade?.setData(trade ? this.#tradeLine(trade) : [])
    if (trade) this.#bringIntoView(trade)
  }

  /** Puts the crosshair on a bar and keeps it in view. */
  pointAt(bar: number) {
    const series = this.#series.price ?? this.#series.equity
    if (!series) return
    const value = this.#series.price ? this.#columns.close[bar] : this.#columns.equity[bar]
    this.chart.setCrosshairPosition(value, this.#time(bar), series)
    const range = this.chart.timeScale().getVisibleLogicalRange()
    if (range && (bar < range.from || bar > range.to)) this.#centre(bar, range.to - range.from)
  }

  /** Puts the crosshair on the bar that holds a moment, or the next one, with a hundred bars around it. */
  showMoment(timeMs: number) {
    const { openTimeMs, barMs } = this.#columns
    const bar = Math.min(openTimeMs.length - 1, countBefore(openTimeMs, barOf(timeMs, barMs)))
    this.#centre(bar, 100)
    this.pointAt(bar)
  }

  /** Shows fewer (factor below 1) or more bars around the middle of the view. */
  zoom(factor: number) {
    const range = this.chart.timeScale().getVisibleLogicalRange()
    if (range) this.#centre((range.from + range.to) / 2, Math.max(10, (range.to - range.from) * factor))
  }

  /** The picture as a PNG address. */
  png(): string {
    return this.chart.takeScreenshot(true).toDataURL("image/png")
  }

  remove() {
    this.chart.remove()
  }

  #addPane(pane: Pane) {
    const at = this.options.panes.indexOf(pane)
    if (pane === "price") this.#addPrice(at)
    else if (pane === "equity") this.#addEquity(at)
    else
      this.#series.underwater = this.chart.addSeries(
        BaselineSeries,
        { ...quiet, ...underwaterLook(), priceFormat: custom((value) => formatPercent(value)) },
        at,
      )
  }

  #addPrice(at: number) {
    const [up, down] = [colourOf("gain"), colourOf("loss")]
    const colours = { upColor: up, downColor: down, wickUpColor: up, wickDownColor: down, borderVisible: false }
    const { priceDecimals } = this.options
    const priceFormat = custom((price) => formatPrice(price, priceDecimals), 10 ** -Math.min(priceDecimals, 8))
    this.#series.price = this.chart.addSeries(CandlestickSeries, { ...quiet, ...colours, priceFormat }, at)
    this.#series.trade = this.chart.addSeries(
      LineSeries,
      {
        ...quiet,
        color: colourOf("accent"),
        lineWidth: 2,
        lineStyle: LineStyle.Dashed,
        crosshairMarkerVisible: false,
        autoscaleInfoProvider: () => null,
      },
      at,
    )
    this.#markers = createSeriesMarkers(this.#series.price, [])
  }

  #addEquity(at: number) {
    const priceFormat = custom((money) => formatNumber(money, money < 1000 ? 2 : 0))
    this.#series.holding = this.chart.addSeries(
      LineSeries,
      { ...quiet, color: colourOf("ink-faint"), lineWidth: 1, lineStyle: LineStyle.Dashed, priceFormat },
      at,
    )
    this.#series.equity = this.chart.addSeries(
      LineSeries,
      { ...quiet, color: colourOf("accent"), lineWidth: 2, priceFormat },
      at,
    )
    this.#series.equity
      .priceScale()
      .applyOptions({ mode: this.options.logEquity ? PriceScaleMode.Logarithmic : PriceScaleMode.Normal })
  }

  #candles(): CandlestickData[] {
    const { open, high, low, close } = this.#columns
    return Array.from(open, (_, bar) => ({
      time: this.#time(bar),
      open: open[bar],
      high: high[bar],
      low: low[bar],
      close: close[bar],
    }))
  }

  #tradeLine({ entryTimeMs, entryPrice, exitTimeMs, exitPrice }: TradeMark) {
    const [entry, exit] = [entryTimeMs, exitTimeMs].map((timeMs) => barOf(timeMs, this.#columns.barMs))
    const from = { time: seconds(entry), value: entryPrice }
    return entry === exit ? [from] : [from, { time: seconds(exit), value: exitPrice }]
  }

  #bringIntoView({ entryTimeMs, exitTimeMs }: TradeMark) {
    const [entry, exit] = [entryTimeMs, exitTimeMs].map(
      (timeMs) => this.#barAt.get(barOf(timeMs, this.#columns.barMs)) ?? 0,
    )
    this.#centre((entry + exit) / 2, Math.max(80, (exit - entry) * 2))
  }

  #centre(bar: number, width: number) {
    this.chart.timeScale().setVisibleLogicalRange({ from: bar - width / 2, to: bar + width / 2 })
  }

  #time(bar: number): UTCTimestamp {
    return seconds(this.#columns.openTimeMs[bar])
  }

  #barUnder({ time }: MouseEventParams): number | undefined {
    return time === undefined ? undefined : this.#barAt.get((time as number) * 1000)
  }

  #press({ time }: MouseEventParams) {
    if (time !== undefined) this.options.onPress((time as number) * 1000)
  }
}

function sameBars(one: ChartColumns, other: ChartColumns): boolean {
  const same = (column: "openTimeMs" | "close") =>
    one[column][0] === other[column][0] && one[column].at(-1) === other[column].at(-1)
  return one.barMs === other.barMs && one.close.length === other.close.length && same("openTimeMs") && same("close")
}

const quiet = { priceLineVisible: false, lastValueVisible: false } as const

function seconds(timeMs: number): UTCTimestamp {
  return (timeMs / 1000) as UTCTimestamp
}

function custom(formatter: (value: number) => string, minMove = 0.01) {
  return { type: "custom" as const, formatter, minMove }
}

function underwaterLook() {
  const loss = colourOf("loss")
  const none = "transparent"
  // The area hangs from zero down.
  return {
    baseValue: { type: "price" as const, price: 0 },
    topLineColor: loss,
    topFillColor1: none,
    topFillColor2: none,
    bottomLineColor: loss,
    bottomFillColor1: `${loss}14`,
    bottomFillColor2: `${loss}4d`,
    lineWidth: 1 as const,
  }
}
