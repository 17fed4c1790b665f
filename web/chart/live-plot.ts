import {
  type AutoscaleInfo,
  CandlestickSeries,
  type IPriceLine,
  type ISeriesApi,
  LineSeries,
  LineStyle,
  PriceScaleMode,
  type UTCTimestamp,
} from "lightweight-charts"
import type { TimeZone } from "../ui/date-format.ts"
import { formatPrice } from "../ui/number-format.ts"
import { priceWords, valueWords } from "./axis-words.ts"
import { type ChartPalette, faint } from "./chart-palette.ts"
import { ChartView } from "./chart-view.ts"
import { lineLook } from "./line-look.ts"
import type { MeasurePlace } from "./measure-layer.tsx"
import { type Measure, paintMeasure } from "./paint-measure.ts"
import { paintBeyond } from "./paint-beyond.ts"
import { paintMark } from "./paint-mark.ts"
import { Painter, type Pen, repaint } from "./painter.ts"

export type LiveBar = { openTimeMs: number; open: number; high: number; low: number; close: number }

/** A price that matters, with its name on the axis. */
export type PriceLevel = { name: string; price: number; role: "loss" | "gain" | "info" }

/** A formula's values, NaN where unknown. `own` draws it in a pane below the prices. */
export type LiveLine = { formula: string; pane: "price" | "own"; closed: number[]; open: number[] }

/**
 * The contents of a live chart. While `epoch` stays, `closed` and the values beside it only grow; open candles may
 * change with every picture.
 */
export type LivePicture = {
  epoch: number
  closed: LiveBar[]
  open: LiveBar[]
  lines: LiveLine[]
  /** On the clock of `performance`, ms: when its news came. */ cameAtMs: number
}

export type LivePlotOptions = {
  barMs: number
  priceDecimals: number
  zone: TimeZone
  onPoint: (openTimeMs: number | undefined) => void
  /** A bar was pressed. */
  onPress: (openTimeMs: number) => void
  onPlainWheel: () => void
  /** The person is looking at the oldest bars: more may be needed. */
  onOldest: () => void
}

/** Of what may still change. */
const OPEN_SHARE = 0.4
/** A stream sends the newest candle before history arrives: with so few there is no view to keep yet. */
const FEW_BARS = 50
/** A level so near to the candles in view, as a share of their prices, is always in view. */
const NEAR_SHARE = 0.15
/** One further away may make the scale so many times as high as the candles. */
const MOST_STRETCH = 3
/** Older bars are requested while this many are still out of view. */
const BARS_AHEAD = 30

/**
 * The drawing side of a live chart. Closed bars are drawn once and never touched again; open ones lighter, until they
 * close.
 */
export class LivePlot {
  readonly view: ChartView
  readonly #prices: ISeriesApi<"Candlestick">
  #picture: LivePicture
  #lines: ISeriesApi<"Line">[] = []
  #levels: readonly PriceLevel[] = []
  #levelLines: IPriceLine[] = []
  #drawn = 0
  #lastMs = -Infinity
  #measure: Measure | undefined
  #markMs: number | undefined
  #askedAtCount = 0
  #openedOver = 0

  constructor(
    element: HTMLElement,
    picture: LivePicture,
    private options: LivePlotOptions,
  ) {
    this.#picture = picture
    this.view = new ChartView(element, {
      zone: options.zone,
      barMs: () => this.options.barMs,
      barCount: () => this.#count,
      onPlainWheel: options.onPlainWheel,
    })
    this.#prices = this.view.chart.addSeries(CandlestickSeries, this.#priceLooks())
    this.#prices.applyOptions({ autoscaleInfoProvider: (usual: () => AutoscaleInfo | null) => this.#scale(usual()) })
    const measured = new Painter({
      barCount: () => this.#count,
      draw: (pen) => {
        if (this.#measure) paintMeasure(pen, this.#measure, this.view.palette)
      },
    })
    this.#prices.attachPrimitive(measured)
    this.#prices.attachPrimitive(
      new Painter({ barCount: () => this.#count, isUnder: true, draw: (pen) => this.#paintMark(pen) }),
    )
    this.#prices.attachPrimitive(new Painter({ barCount: () => this.#count, draw: (pen) => this.#paintBeyond(pen) }))
    this.view.chart.subscribeCrosshairMove(({ time }) =>
      options.onPoint(time === undefined ? undefined : (time as number) * 1000),
    )
    this.view.chart.subscribeClick(({ time }) => {
      if (time !== undefined) options.onPress((time as number) * 1000)
    })
    this.#renewLines()
    this.#drawAll()
    this.#open()
    this.view.onView(({ from }) => this.#lookAhead(from))
  }

  /** Draws what is new, or everything when it is a different picture or something arrived late. */
  draw(picture: LivePicture): void {
    if (picture === this.#picture) return
    const before = this.#picture
    this.#picture = picture
    const isOther = picture.epoch !== before.epoch
    if (isOther || picture.lines.length !== this.#lines.length) this.#renewLines()
    const news = [...picture.closed.slice(this.#drawn), ...picture.open]
    if (isOther || news.some(({ openTimeMs }) => openTimeMs < this.#lastMs)) this.#drawAll()
    else this.#drawNews()
    if (this.#openedOver < FEW_BARS && this.#count > this.#openedOver) this.#open()
  }

  restyle(options: Pick<LivePlotOptions, "zone" | "priceDecimals" | "barMs">): void {
    this.options = { ...this.options, ...options }
    const { view } = this.view
    const isOtherClock = this.view.restyle({ zone: options.zone, barMs: () => this.options.barMs })
    this.#prices.applyOptions(this.#priceLooks())
    this.#renewLines()
    this.setLevels(this.#levels)
    if (isOtherClock) this.#prices.setData([])
    this.#drawAll()
    if (isOtherClock && view) this.view.show(view)
  }

  setLog(isLog: boolean): void {
    this.#prices.priceScale().applyOptions({ mode: isLog ? PriceScaleMode.Logarithmic : PriceScaleMode.Normal })
  }

  /** Marks these prices and no others. */
  setLevels(levels: readonly PriceLevel[]): void {
    this.#levels = levels
    for (const line of this.#levelLines) this.#prices.removePriceLine(line)
    // Where one lies beyond the axis it is named at the edge.
    this.#levelLines = levels.map(({ name, price, role }) =>
      this.#prices.createPriceLine({
        title: name,
        price,
        color: this.view.palette[role],
        lineWidth: 1,
        lineStyle: LineStyle.Dashed,
      }),
    )
  }

  /** Highlights the bar that opens then, and no other. */
  setMark(openTimeMs: number | undefined): void {
    this.#markMs = openTimeMs
    repaint([this.#prices])
  }

  /** Puts the crosshair on a bar. */
  pointAt(bar: LiveBar): void {
    this.view.bringIntoView(this.#bars.indexOf(bar))
    this.view.whenShown(() => this.view.chart.setCrosshairPosition(bar.close, seconds(bar.openTimeMs), this.#prices))
  }

  /** The newest bars, at their present width. */
  showNow(): void {
    const { view } = this.view
    if (view) this.view.move(this.#count - 0.5 - view.to)
  }

  /** Moves the bar at a moment to the middle of the view. */
  showMoment(timeMs: number): void {
    const bar = Math.max(
      0,
      this.#bars.findLastIndex(({ openTimeMs }) => openTimeMs <= timeMs),
    )
    this.view.bringIntoView(bar)
    this.pointAt(this.#bars[bar])
  }

  placeAt(x: number, y: number): MeasurePlace {
    const bar = Math.max(0, Math.min(this.#count - 1, Math.round(this.view.barAt(x))))
    const { openTimeMs, close } = this.#bars[bar]
    return { bar, timeMs: openTimeMs, price: this.#prices.coordinateToPrice(y) ?? close }
  }

  placeOn(bar = this.view.view?.to ?? Infinity): MeasurePlace {
    const at = Math.max(0, Math.min(this.#count - 1, Math.floor(bar)))
    const { openTimeMs, close } = this.#bars[at]
    return { bar: at, timeMs: openTimeMs, price: close }
  }

  showMeasure(measure: Measure | undefined): void {
    this.#measure = measure
    repaint([this.#prices])
  }

  get priceDecimals(): number {
    return this.options.priceDecimals
  }

  remove(): void {
    this.view.remove()
  }

  #paintMark(pen: Pen): void {
    const bar = this.#bars.findLastIndex(({ openTimeMs }) => openTimeMs === this.#markMs)
    if (bar >= 0) paintMark(pen, bar, this.view.palette)
  }

  #paintBeyond(pen: Pen): void {
    const { palette } = this.view
    const named = this.#levels.map(({ name, price, role }) => ({
      words: `${name} ${formatPrice(price, this.options.priceDecimals)}`,
      value: price,
      colour: palette[role],
      ground: palette["surface-0"],
      right: pen.width,
    }))
    paintBeyond(pen, named)
  }

  /** Levels near the candles in view are in view too; one far away would flatten the candles, and is named at the edge. */
  #scale(usual: AutoscaleInfo | null): AutoscaleInfo | null {
    const range = usual?.priceRange
    if (!range) return usual
    const { minValue, maxValue } = range
    const most = MOST_STRETCH * (maxValue - minValue)
    const lowest = Math.min(maxValue - most, minValue * (1 - NEAR_SHARE))
    const highest = Math.max(minValue + most, maxValue * (1 + NEAR_SHARE))
    const near = this.#levels.map(({ price }) => price).filter((price) => price > lowest && price < highest)
    const priceRange = {
      minValue: Math.min(minValue, ...near),
      maxValue: Math.max(maxValue, ...near),
    }
    return { ...usual, priceRange }
  }

  get #bars(): LiveBar[] {
    return [...this.#picture.closed, ...this.#picture.open]
  }

  get #count(): number {
    return this.#picture.closed.length + this.#picture.open.length
  }

  #open(): void {
    this.#openedOver = this.#count
    this.view.showReadable()
  }

  #lookAhead(from: number): void {
    if (from > BARS_AHEAD || this.#askedAtCount === this.#picture.closed.length) return
    this.#askedAtCount = this.#picture.closed.length
    this.options.onOldest()
  }

  #drawAll(): void {
    const { closed, open, lines } = this.#picture
    const { palette } = this.view
    this.#prices.setData([
      ...closed.map((bar) => candle(bar, palette, 1)),
      ...open.map((bar) => candle(bar, palette, OPEN_SHARE)),
    ])
    const times = this.#bars.map(({ openTimeMs }) => openTimeMs)
    lines.forEach((line, n) =>
      this.#lines[n].setData(
        [...line.closed, ...line.open].map((value, at) =>
          this.#point(times[at], value, { line: n, isOpen: at >= line.closed.length }),
        ),
      ),
    )
    this.#noteDrawn()
  }

  #drawNews(): void {
    const { closed, open, lines } = this.#picture
    const { palette } = this.view
    for (const bar of closed.slice(this.#drawn)) this.#prices.update(candle(bar, palette, 1))
    for (const bar of open) this.#prices.update(candle(bar, palette, OPEN_SHARE))
    lines.forEach((line, n) => {
      for (let at = this.#drawn; at < line.closed.length; at++)
        this.#lines[n].update(this.#point(closed[at].openTimeMs, line.closed[at], { line: n, isOpen: false }))
      line.open.forEach((value, at) =>
        this.#lines[n].update(this.#point(open[at].openTimeMs, value, { line: n, isOpen: true })),
      )
    })
    this.#noteDrawn()
  }

  #noteDrawn(): void {
    const { closed, open } = this.#picture
    this.#drawn = closed.length
    this.#lastMs = open.at(-1)?.openTimeMs ?? closed.at(-1)?.openTimeMs ?? -Infinity
  }

  #renewLines(): void {
    const { chart, palette } = this.view
    for (const series of this.#lines) chart.removeSeries(series)
    let pane = 0
    this.#lines = this.#picture.lines.map((line, n) => {
      const { role, style } = lineLook(n)
      const look = {
        color: palette[role],
        lineStyle: style === "dashed" ? LineStyle.Dashed : LineStyle.Solid,
        lineWidth: 2 as const,
        priceLineVisible: false,
        lastValueVisible: false,
        priceFormat: line.pane === "price" ? priceWords(this.options.priceDecimals) : valueWords(),
      }
      return chart.addSeries(LineSeries, look, line.pane === "price" ? 0 : ++pane)
    })
    chart.panes().forEach((each, at) => each.setStretchFactor(at === 0 ? 4 : 1))
  }

  #point(openTimeMs: number, value: number, { line, isOpen }: { line: number; isOpen: boolean }) {
    const time = seconds(openTimeMs)
    if (Number.isNaN(value)) return { time }
    return isOpen ? { time, value, color: faint(this.view.palette[lineLook(line).role], OPEN_SHARE) } : { time, value }
  }

  #priceLooks() {
    const { accent, gain, loss } = this.view.palette
    return {
      priceFormat: priceWords(this.options.priceDecimals),
      priceLineColor: accent,
      wickUpColor: gain,
      wickDownColor: loss,
    }
  }
}

function candle({ openTimeMs, open, high, low, close }: LiveBar, palette: ChartPalette, share: number) {
  const colour = close >= open ? palette.gain : palette.loss
  const shade = share < 1 ? faint(colour, share) : colour
  return {
    time: seconds(openTimeMs),
    open,
    high,
    low,
    close,
    color: shade,
    borderColor: colour,
    wickColor: shade,
  }
}

function seconds(timeMs: number): UTCTimestamp {
  return (timeMs / 1000) as UTCTimestamp
}
