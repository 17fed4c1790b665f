import {
  CandlestickSeries,
  type ISeriesApi,
  LineSeries,
  type MouseEventParams,
  PriceScaleMode,
} from "lightweight-charts"
import { barPlace, type ChartColumns, sameBars } from "../run/chart-columns.ts"
import type { TimeZone } from "../ui/date-format.ts"
import { type AxisWords, moneyWords, percentWords, priceWords, valueWords } from "./axis-words.ts"
import { rangeOf } from "./bars-to-draw.ts"
import { faint } from "./chart-palette.ts"
import { ChartView } from "./chart-view.ts"
import { lineLook } from "./line-look.ts"
import type { MeasurePlace } from "./measure-layer.tsx"
import { paintMark } from "./paint-mark.ts"
import { type Measure, paintMeasure } from "./paint-measure.ts"
import { paintArea, paintLine } from "./paint-line.ts"
import { type DrawnMarker, markerAt, paintLitTrade, paintTrades, type TradeScene } from "./paint-trades.ts"
import { paintVolume } from "./paint-volume.ts"
import { Painter, type Pen, repaint } from "./painter.ts"
import { type Anchor, barTime, RunBars } from "./run-bars.ts"
import { type RunScene, TradePlaces } from "./run-scene.ts"
import { levelTags, paintLevels } from "./paint-levels.ts"

export type Pane = "price" | "equity" | "underwater"

/** Which axes are logarithmic. The dips are percent of a peak and never are. */
export type LogAxes = { price: boolean; money: boolean }

export type RunPlotOptions = {
  panes: Pane[]
  priceDecimals: number
  zone: TimeZone
  /** The bar under the pointer and the arrow it touches, or nothing when it left. */
  onPoint: (bar: number | undefined, marker: DrawnMarker | undefined) => void
  onPress: (bar: number, marker: DrawnMarker | undefined) => void
  onPlainWheel: () => void
}

const stretch = { price: 5, own: 1.4, equity: 2.2, underwater: 1.3 }

const anchorLooks = {
  color: "transparent",
  priceLineVisible: false,
  lastValueVisible: false,
  crosshairMarkerVisible: false,
}

/** The drawing side of a run's chart: panes over one time axis with one crosshair. The React side is run-chart.tsx. */
export class RunPlot {
  readonly view: ChartView
  readonly #candles: ISeriesApi<"Candlestick">
  readonly #price: Anchor
  readonly #bars: RunBars
  readonly #anchors: { series: Anchor; words: AxisWords; isMoney: boolean }[] = []
  readonly #places = new TradePlaces()
  #markers: DrawnMarker[] = []
  #measure: Measure | undefined

  constructor(
    element: HTMLElement,
    private scene: RunScene,
    private options: RunPlotOptions,
  ) {
    this.view = new ChartView(element, {
      zone: options.zone,
      barMs: () => this.scene.columns.barMs,
      barCount: () => this.#count,
      onPlainWheel: options.onPlainWheel,
    })
    this.#candles = this.view.chart.addSeries(CandlestickSeries, this.#candleLooks(), 0)
    this.#candles.priceScale().applyOptions({ scaleMargins: { top: 0.14, bottom: 0.16 } })
    this.#price = this.view.chart.addSeries(LineSeries, { ...anchorLooks, autoscaleInfoProvider: () => null }, 0)
    this.#paintPrice()
    for (const pane of scene.ownPanes) this.#addOwn(pane)
    if (options.panes.includes("equity")) this.#addMoney()
    if (options.panes.includes("underwater")) this.#addUnderwater()
    this.view.chart.subscribeCrosshairMove((event) => this.#onMove(event))
    this.view.chart.subscribeClick((event) => this.#onPress(event))
    this.#bars = new RunBars(
      this.#candles,
      this.#anchors.map((anchor) => anchor.series),
    )
    this.#bars.set(scene.columns)
    this.view.showReadable()
  }

  /** Shows another scene. The stretch of time in view stays, unless the new candles have nothing of it. */
  draw(scene: RunScene): void {
    if (scene === this.scene) return
    const before = this.scene.columns
    this.scene = scene
    if (scene.columns.equity[0] !== before.equity[0]) this.#nameMoney()
    if (!sameBars(before, scene.columns)) this.#change(before)
    this.#repaint()
  }

  #change(before: ChartColumns): void {
    const { view } = this.view
    const isStep = this.#bars.step(before, this.scene.columns)
    if (!isStep) this.#bars.set(this.scene.columns)
    if (!view) return
    if (isStep) this.view.show(view)
    else this.#showAgain(before, view)
  }

  /** Applies the present theme, clock and precision. */
  restyle(options: Pick<RunPlotOptions, "zone" | "priceDecimals">): void {
    this.options = { ...this.options, ...options }
    const isOtherClock = this.view.restyle({ zone: options.zone, barMs: () => this.scene.columns.barMs })
    if (isOtherClock) this.#refill()
    this.#candles.applyOptions(this.#candleLooks())
    this.#repaint()
  }

  setLog({ price, money }: LogAxes): void {
    const mode = (isLog: boolean) => (isLog ? PriceScaleMode.Logarithmic : PriceScaleMode.Normal)
    this.#candles.priceScale().applyOptions({ mode: mode(price) })
    for (const { series, isMoney } of this.#anchors) series.priceScale().applyOptions({ mode: mode(isMoney && money) })
  }

  /** Puts the crosshair on a bar and keeps it in view. */
  pointAt(bar: number): void {
    this.view.bringIntoView(bar)
    this.view.whenShown(() => this.#cross(bar))
  }

  /** Puts the crosshair on the bar at a moment, in the middle of the view, and returns that bar. */
  showMoment(timeMs: number): number {
    const bar = barPlace(this.scene.columns.openTimeMs, timeMs)
    const { view } = this.view
    const half = view ? (view.to - view.from) / 2 : 50
    this.view.show({ from: bar - half, to: bar + half })
    this.pointAt(bar)
    return bar
  }

  /** Shows what another chart has in its middle; the bars keep their width. */
  besides(other: RunPlot): void {
    const [theirs, own] = [other.view.view, this.view.view]
    if (!theirs || !own) return
    const { openTimeMs } = other.scene.columns
    const middle = Math.max(0, Math.min(openTimeMs.length - 1, Math.round((theirs.from + theirs.to) / 2)))
    const bar = barPlace(this.scene.columns.openTimeMs, openTimeMs[middle])
    const half = (own.to - own.from) / 2
    this.view.show({ from: bar - half, to: bar + half })
  }

  /** Follows another chart's crosshair, or stops following. */
  followMoment(timeMs: number | undefined): void {
    if (timeMs === undefined) return this.view.chart.clearCrosshairPosition()
    this.#cross(barPlace(this.scene.columns.openTimeMs, timeMs))
  }

  /** Moves the view to a trade where it is out of it. */
  bringIntoView(trade: number): void {
    const place = this.#places.of(this.scene)[trade]
    if (place) this.view.bringIntoView(place.entryBar, place.exitBar)
  }

  /** Bar and price at a place of the price pane, in CSS pixels. */
  placeAt(x: number, y: number): MeasurePlace {
    const bar = Math.max(0, Math.min(this.#count - 1, Math.round(this.view.barAt(x))))
    const { openTimeMs, close } = this.scene.columns
    return { bar, timeMs: openTimeMs[bar], price: this.#candles.coordinateToPrice(y) ?? close[bar] }
  }

  placeOn(bar = this.view.view?.to ?? Infinity): MeasurePlace {
    const at = Math.max(0, Math.min(this.#count - 1, Math.floor(bar)))
    const { openTimeMs, close } = this.scene.columns
    return { bar: at, timeMs: openTimeMs[at], price: close[at] }
  }

  get priceDecimals(): number {
    return this.options.priceDecimals
  }

  showMeasure(measure: Measure | undefined): void {
    this.#measure = measure
    this.#repaint()
  }

  remove(): void {
    this.view.remove()
  }

  get #count(): number {
    return this.scene.columns.close.length
  }

  #refill(): void {
    const { view } = this.view
    this.#bars.clear()
    this.#bars.set(this.scene.columns)
    if (view) this.view.show(view)
  }

  /** Restores the earlier stretch of time over other bars. */
  #showAgain(before: ChartColumns, { from, to }: { from: number; to: number }): void {
    const timeAt = (bar: number) => before.openTimeMs[Math.max(0, Math.min(before.close.length - 1, Math.round(bar)))]
    const { openTimeMs, barMs } = this.scene.columns
    const [fromMs, toMs] = [timeAt(from), timeAt(to)]
    const isThere = toMs >= openTimeMs[0] && fromMs <= openTimeMs[this.#count - 1] + barMs
    if (!isThere) return this.view.showReadable()
    this.view.show({ from: barPlace(openTimeMs, fromMs) - 0.5, to: barPlace(openTimeMs, toMs) + 0.5 })
  }

  #repaint(): void {
    repaint([this.#price, ...this.#anchors.map(({ series }) => series)])
  }

  #paintPrice(): void {
    const onPrice = () => this.scene.lines.filter(({ pane }) => pane === "price")
    this.#paint(this.#candles, {
      isUnder: true,
      draw: (pen) => {
        if (this.scene.mark !== undefined) paintMark(pen, this.scene.mark, this.view.palette)
        paintVolume(pen, this.scene.columns, this.view.palette)
      },
    })
    this.#paint(this.#candles, {
      range: (from, to) =>
        rangeOf(
          onPrice().map(({ values }) => values),
          from,
          to,
        ),
      tags: () =>
        this.scene.levels ? levelTags(this.scene.levels, this.view.palette, this.options.priceDecimals) : [],
      draw: (pen) => {
        this.#paintLines(pen, onPrice())
        if (this.scene.levels) paintLevels(pen, this.scene.levels, this.scene.columns, this.#levelLook())
        paintLitTrade(pen, this.#tradeScene(), this.view.palette)
        this.#markers = paintTrades(pen, this.#tradeScene(), this.view.palette)
        if (this.#measure) paintMeasure(pen, this.#measure, this.view.palette)
      },
    })
  }

  #addOwn(group: string): void {
    const lines = () => this.scene.lines.filter((line) => line.pane === "own" && line.group === group)
    const columns = () => lines().map(({ values }) => values)
    const anchor = this.#addAnchor({ words: valueWords(), stretchFactor: stretch.own, isMoney: false, columns })
    this.#paint(anchor, { draw: (pen) => this.#paintLines(pen, lines()) })
  }

  #addMoney(): void {
    const columns = () => [this.scene.columns.equity, this.scene.columns.holding]
    const anchor = this.#addAnchor({ words: this.#moneyWords(), stretchFactor: stretch.equity, isMoney: true, columns })
    this.#paint(anchor, {
      draw: (pen) => {
        const { palette } = this.view
        paintLine(pen, this.scene.columns.holding, { colour: palette["ink-faint"], width: 1, dash: [4, 3] })
        paintLine(pen, this.scene.columns.equity, { colour: palette.accent, width: 2 })
      },
    })
  }

  #moneyWords(): AxisWords {
    return moneyWords(this.scene.columns.equity[0])
  }

  #nameMoney(): void {
    for (const { series, isMoney } of this.#anchors)
      if (isMoney) series.applyOptions({ priceFormat: this.#moneyWords() })
  }

  #addUnderwater(): void {
    const columns = () => [this.scene.columns.underwaterPercent, Float64Array.of(0)]
    const anchor = this.#addAnchor({
      words: percentWords(),
      stretchFactor: stretch.underwater,
      isMoney: false,
      columns,
      ceiling: 0,
    })
    this.#paint(anchor, {
      draw: (pen) => {
        const { loss } = this.view.palette
        const edge = { colour: loss, width: 1 }
        paintArea(pen, this.scene.columns.underwaterPercent, { base: 0, edge, fill: faint(loss, 0.22) })
      },
    })
  }

  /** An invisible series that gives a pane its axis; painters draw by it. */
  #addAnchor({ words, stretchFactor, isMoney, columns, ceiling }: AnchorOptions): Anchor {
    const { chart } = this.view
    const series = chart.addSeries(
      LineSeries,
      {
        ...anchorLooks,
        priceFormat: words,
        autoscaleInfoProvider: () => this.#scale(columns(), ceiling),
      },
      chart.panes().length,
    )
    series.priceScale().applyOptions({ scaleMargins: { top: ceiling === undefined ? 0.12 : 0.06, bottom: 0.1 } })
    series.getPane().setStretchFactor(stretchFactor)
    this.#anchors.push({ series, words, isMoney })
    chart.panes()[0].setStretchFactor(stretch.price)
    return series
  }

  #scale(columns: Float64Array[], ceiling: number | undefined) {
    const { view } = this.view
    if (!view) return null
    const range = rangeOf(columns, Math.floor(view.from), Math.ceil(view.to))
    return range && { priceRange: { minValue: range.min, maxValue: ceiling ?? range.max } }
  }

  #paint(
    series: ISeriesApi<"Line"> | ISeriesApi<"Candlestick">,
    options: Omit<ConstructorParameters<typeof Painter>[0], "barCount">,
  ): void {
    series.attachPrimitive(new Painter({ barCount: () => this.#count, ...options }))
  }

  #paintLines(pen: Pen, lines: readonly RunScene["lines"][number][]): void {
    for (const line of lines) {
      const { role, style } = lineLook(this.scene.lines.indexOf(line))
      paintLine(pen, line.values, {
        colour: this.view.palette[role],
        width: 1.5,
        dash: style === "dashed" ? [5, 3] : [],
      })
    }
  }

  #levelLook() {
    return { palette: this.view.palette, priceDecimals: this.options.priceDecimals }
  }

  #tradeScene(): TradeScene {
    const { trades, columns, lit } = this.scene
    return { trades, columns, lit, places: this.#places.of(this.scene) }
  }

  #candleLooks() {
    const { gain, loss } = this.view.palette
    return {
      upColor: gain,
      wickUpColor: gain,
      downColor: loss,
      wickDownColor: loss,
      borderVisible: false,
      priceLineVisible: false,
      lastValueVisible: false,
      priceFormat: priceWords(this.options.priceDecimals),
    }
  }

  #onMove(event: MouseEventParams): void {
    this.options.onPoint(this.#barUnder(event), this.#markerUnder(event))
  }

  #onPress(event: MouseEventParams): void {
    const bar = this.#barUnder(event)
    if (bar !== undefined) this.options.onPress(bar, this.#markerUnder(event))
  }

  #barUnder({ logical, point }: MouseEventParams): number | undefined {
    if (logical === undefined || point === undefined) return undefined
    return Math.max(0, Math.min(this.#count - 1, Math.round(logical)))
  }

  #markerUnder({ point, paneIndex }: MouseEventParams): DrawnMarker | undefined {
    return point && paneIndex === 0 ? markerAt(this.#markers, point.x, point.y) : undefined
  }

  #cross(bar: number): void {
    if (bar < this.#count)
      this.view.chart.setCrosshairPosition(
        this.scene.columns.close[bar],
        barTime(this.scene.columns, bar),
        this.#candles,
      )
  }
}

type AnchorOptions = {
  words: AxisWords
  stretchFactor: number
  isMoney: boolean
  columns: () => Float64Array[]
  /** The top of the axis, where it does not follow what is in view. */
  ceiling?: number
}
