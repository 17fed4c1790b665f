import {
  CandlestickSeries,
  createChart,
  type IChartApi,
  type ISeriesApi,
  LineSeries,
  LineStyle,
  type UTCTimestamp,
} from "lightweight-charts"
import type { TimeZone } from "../ui/date-format.ts"
import { formatPrice } from "../ui/number-format.ts"
import { colourOf } from "../ui/theme.ts"
import { chartLooks } from "./chart-looks.ts"
import { liveLineLook } from "./live-line.ts"

export type LiveBar = { openTimeMs: number; open: number; high: number; low: number; close: number }

/** A formula's values, NaN where it does not know. `own` draws it in a pane below the prices. */
export type LiveLine = { formula: string; pane: "price" | "own"; closed: number[]; open: number[] }

/**
 * What a live chart shows. While `epoch` stays, `closed` and the values beside it only grow; what is open may change
 * with every picture.
 */
export type LivePicture = {
  epoch: number
  closed: LiveBar[]
  open: LiveBar[]
  lines: LiveLine[]
  /** On the clock of `performance`, ms: when its news came. */ cameAtMs: number
}

type LivePlotOptions = {
  barMs: number
  priceDecimals: number
  zone: TimeZone
  onPoint: (openTimeMs: number | undefined) => void
}

/** Enough width for a candle to be seen as one. */
const PIXELS_PER_BAR = 7
/** Of what may still change, in hexadecimal behind the colour. */
const FAINT = "66"

/**
 * The drawing side of a live chart. Closed bars are drawn once and never touched again; open ones lighter, until they
 * close.
 */
export class LivePlot {
  readonly #element: HTMLElement
  readonly #chart: IChartApi
  readonly #prices: ISeriesApi<"Candlestick">
  #lines: ISeriesApi<"Line">[] = []
  #epoch: number | undefined
  #drawn = 0
  #lastMs = -Infinity

  constructor(
    element: HTMLElement,
    private readonly options: LivePlotOptions,
  ) {
    this.#element = element
    this.#chart = createChart(element, { autoSize: true, ...chartLooks(options.zone, () => options.barMs) })
    this.#prices = this.#chart.addSeries(CandlestickSeries, {
      ...this.#format(),
      priceLineColor: colourOf("accent"),
      wickUpColor: colourOf("gain"),
      wickDownColor: colourOf("loss"),
    })
    this.#chart.subscribeCrosshairMove(({ time }) =>
      options.onPoint(time === undefined ? undefined : (time as number) * 1000),
    )
  }

  /** Draws what is new, or everything when it is another picture altogether or something came late. */
  draw(picture: LivePicture): void {
    const isOther = picture.epoch !== this.#epoch || picture.lines.length !== this.#lines.length
    const news = [...picture.closed.slice(this.#drawn), ...picture.open]
    if (isOther || news.some(({ openTimeMs }) => openTimeMs < this.#lastMs)) this.#drawAll(picture, isOther)
    else this.#drawNews(picture)
    this.#drawn = picture.closed.length
    this.#lastMs = picture.open.at(-1)?.openTimeMs ?? picture.closed.at(-1)?.openTimeMs ?? -Infinity
  }

  /** Puts the crosshair on a bar. */
  pointAt({ openTimeMs, close }: LiveBar): void {
    this.#chart.setCrosshairPosition(close, seconds(openTimeMs), this.#prices)
  }

  /** Shows fewer (factor below 1) or more bars, the newest staying in view. */
  zoom(factor: number): void {
    const range = this.#chart.timeScale().getVisibleLogicalRange()
    if (range)
      this.#chart
        .timeScale()
        .setVisibleLogicalRange({ from: range.to - Math.max(10, (range.to - range.from) * factor), to: range.to })
  }

  remove(): void {
    this.#chart.remove()
  }

  #drawAll(picture: LivePicture, isOther: boolean): void {
    const isFirst = this.#epoch === undefined || this.#drawn === 0
    if (isOther) this.#renewLines(picture)
    this.#epoch = picture.epoch
    this.#prices.setData([
      ...picture.closed.map((bar) => candle(bar, "closed")),
      ...picture.open.map((bar) => candle(bar, "open")),
    ])
    const times = [...picture.closed, ...picture.open].map(({ openTimeMs }) => openTimeMs)
    picture.lines.forEach(({ closed, open }, n) =>
      this.#lines[n].setData(
        [...closed, ...open].map((value, at) =>
          this.#point(times[at], value, { line: n, isOpen: at >= closed.length }),
        ),
      ),
    )
    if (isFirst && times.length > 0)
      this.#chart.timeScale().setVisibleLogicalRange({
        from: times.length - this.#element.clientWidth / PIXELS_PER_BAR,
        to: times.length + 4,
      })
  }

  #drawNews({ closed, open, lines }: LivePicture): void {
    for (const bar of closed.slice(this.#drawn)) this.#prices.update(candle(bar, "closed"))
    for (const bar of open) this.#prices.update(candle(bar, "open"))
    lines.forEach((line, n) => {
      for (let at = this.#drawn; at < line.closed.length; at++)
        this.#lines[n].update(this.#point(closed[at].openTimeMs, line.closed[at], { line: n, isOpen: false }))
      line.open.forEach((value, at) =>
        this.#lines[n].update(this.#point(open[at].openTimeMs, value, { line: n, isOpen: true })),
      )
    })
  }

  #renewLines({ lines }: LivePicture): void {
    for (const series of this.#lines) this.#chart.removeSeries(series)
    let pane = 0
    this.#lines = lines.map((line, n) => {
      const { role, style } = liveLineLook(n)
      const look = {
        color: colourOf(role),
        lineStyle: style === "dashed" ? LineStyle.Dashed : LineStyle.Solid,
        lineWidth: 2 as const,
        priceLineVisible: false,
        lastValueVisible: false,
      }
      return this.#chart.addSeries(
        LineSeries,
        { ...look, ...(line.pane === "price" ? this.#format() : {}) },
        line.pane === "price" ? 0 : ++pane,
      )
    })
    this.#chart.panes().forEach((each, at) => each.setStretchFactor(at === 0 ? 4 : 1))
  }

  #point(openTimeMs: number, value: number, { line, isOpen }: { line: number; isOpen: boolean }) {
    const time = seconds(openTimeMs)
    if (Number.isNaN(value)) return { time }
    return isOpen ? { time, value, color: colourOf(liveLineLook(line).role) + FAINT } : { time, value }
  }

  #format() {
    const { priceDecimals } = this.options
    return {
      priceFormat: {
        type: "custom" as const,
        formatter: (price: number) => formatPrice(price, priceDecimals),
        minMove: 10 ** -Math.min(priceDecimals, 8),
      },
    }
  }
}

function candle({ openTimeMs, open, high, low, close }: LiveBar, kind: "open" | "closed") {
  const colour = colourOf(close >= open ? "gain" : "loss")
  return {
    time: seconds(openTimeMs),
    open,
    high,
    low,
    close,
    color: kind === "open" ? colour + FAINT : colour,
    borderColor: colour,
    wickColor: kind === "open" ? colour + FAINT : colour,
  }
}

function seconds(timeMs: number): UTCTimestamp {
  return (timeMs / 1000) as UTCTimestamp
}
