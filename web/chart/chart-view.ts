import { createChartEx, type IChartApiBase, type Logical, type Time } from "lightweight-charts"
import { chartLooks } from "./chart-looks.ts"
import { type ChartPalette, chartPalette } from "./chart-palette.ts"
import { type ChartClock, ClockAxis } from "./clock-axis.ts"

/** The stretch in view, in bars; half of the outer ones may be cut. */
export type View = { from: number; to: number }

/** A candle of this width is distinct from its neighbour. */
const READABLE_PX = 6
const FEWEST_BARS = 10
const LINE_PX = 16
/** The width between the margins of A4, and a height that leaves room for the verdict above it. */
const PAPER_PX = { width: 656, height: 400 }

type ViewOptions = ChartClock & {
  barCount: () => number
  /** The wheel was turned without Ctrl: the page scrolls, and a hint may explain how to zoom. */
  onPlainWheel?: () => void
}

/** A chart over time and its view: fit, zoom, move, and only by the person's hand. */
export class ChartView {
  readonly chart: IChartApiBase
  palette: ChartPalette
  readonly #axis: ClockAxis
  #picture: HTMLCanvasElement | undefined
  readonly #removed = new AbortController()
  /** What the next frame will show: several keys and wheel events may come before it. */
  #coming: View | undefined
  /** The width of its place, and what was in view at that width. */
  #width = 0
  #seen: View | undefined

  constructor(
    readonly element: HTMLElement,
    private readonly options: ViewOptions,
  ) {
    this.palette = chartPalette()
    this.#axis = new ClockAxis(options, options.barCount)
    this.chart = createChartEx<Time, ClockAxis>(element, this.#axis, {
      autoSize: true,
      ...chartLooks(this.palette, options),
    })
    this.#axis.serve(this.chart)
    const { signal } = this.#removed
    this.#keepNewest(signal)
    element.addEventListener("wheel", (event) => this.#onWheel(event), { passive: false, signal })
  }

  /**
   * Applies the present theme and clock; the view stays. Returns whether the clock changed: the axis labels bars only
   * when they are added, so the owner of the bars must set them anew.
   */
  restyle(clock: ChartClock): boolean {
    const isOther = clock.zone !== this.#axis.clock.zone
    this.palette = chartPalette()
    this.#axis.clock = clock
    this.chart.applyOptions(chartLooks(this.palette, clock))
    return isOther
  }

  /**
   * Lays a picture of the chart, as wide as paper, over it, or removes it. The chart itself would paint with the next
   * frame, which printing does not wait for.
   */
  fitPaper(isPaper: boolean): void {
    if (isPaper === (this.#picture !== undefined)) return
    this.#picture?.remove()
    this.#picture = undefined
    this.chart.applyOptions({ autoSize: !isPaper })
    if (isPaper) this.#layPicture()
  }

  #layPicture(): void {
    this.chart.resize(PAPER_PX.width, PAPER_PX.height, true)
    this.#picture = this.chart.takeScreenshot()
    this.#picture.className = "absolute inset-0 z-10"
    this.#picture.style.width = `${PAPER_PX.width}px`
    this.element.append(this.#picture)
  }

  get view(): View | undefined {
    return this.#coming ?? this.chart.timeScale().getVisibleLogicalRange() ?? undefined
  }

  show({ from, to }: View): void {
    const count = this.options.barCount()
    const width = Math.max(Math.min(FEWEST_BARS, count), Math.min(count, to - from))
    const start = Math.max(-0.5, Math.min(count - 0.5 - width, (from + to - width) / 2))
    this.#comes({ from: start, to: start + width })
  }

  /** The newest bars, as many as stay distinct. */
  showReadable(): void {
    const count = this.options.barCount()
    this.show({ from: count - 0.5 - this.#plotWidth() / READABLE_PX, to: count - 0.5 })
  }

  fit(): void {
    this.show({ from: -0.5, to: this.options.barCount() - 0.5 })
  }

  /** Shows fewer (factor below 1) or more bars around one of them, or around the middle. */
  zoom(factor: number, around?: number): void {
    const { view } = this
    if (!view) return
    const centre = around ?? (view.from + view.to) / 2
    this.show({ from: centre - (centre - view.from) * factor, to: centre + (view.to - centre) * factor })
  }

  move(bars: number): void {
    const { view } = this
    if (view) this.show({ from: view.from + bars, to: view.to + bars })
  }

  /** Moves only where one of the bars is out of view, and widens only where they do not fit. */
  bringIntoView(first: number, last = first): void {
    const { view } = this
    if (!view || (first >= view.from && last <= view.to)) return
    const width = Math.max(view.to - view.from, 1.5 * (last - first))
    this.show({ from: (first + last - width) / 2, to: (first + last + width) / 2 })
  }

  /**
   * Does something once the coming view is there, with the room its prices need on their axis: a crosshair set
   * earlier would end up on another bar.
   */
  whenShown(act: () => void): void {
    if (this.#coming) requestAnimationFrame(() => requestAnimationFrame(act))
    else act()
  }

  /** Calls back with every change of the view, and once now. Call the returned function to end it. */
  onView(listener: (view: View) => void): () => void {
    const timeScale = this.chart.timeScale()
    const report = () => {
      const shown = timeScale.getVisibleLogicalRange()
      if (shown) listener(shown)
    }
    timeScale.subscribeVisibleLogicalRangeChange(report)
    report()
    return () => timeScale.unsubscribeVisibleLogicalRangeChange(report)
  }

  barAt(x: number): number {
    return this.chart.timeScale().coordinateToLogical(x) ?? 0
  }

  xOf(bar: number): number {
    return this.chart.timeScale().logicalToCoordinate(bar as Logical) ?? 0
  }

  /** The width of the price axis, to the right of the bars; a removed chart has none. */
  get axisWidth(): number {
    return this.#removed.signal.aborted ? 0 : this.chart.priceScale("right").width()
  }

  png(): string {
    return this.chart.takeScreenshot(true).toDataURL("image/png")
  }

  remove(): void {
    this.#removed.abort()
    this.chart.remove()
    this.element.replaceChildren()
  }

  #comes(view: View): void {
    this.#coming = view
    this.chart.timeScale().setVisibleLogicalRange(view)
    // The chart applies it in the next frame; from the one after that its own value is right.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (this.#coming === view) this.#coming = undefined
      }),
    )
  }

  /** A narrower or wider place shows the same newest bar: its bars keep their width, and a whole chart stays whole. */
  #keepNewest(signal: AbortSignal): void {
    this.#width = this.element.clientWidth
    this.chart.timeScale().subscribeVisibleLogicalRangeChange((range) => {
      if (range && this.element.clientWidth === this.#width) this.#seen = range
    })
    const observer = new ResizeObserver(() => this.#resized())
    observer.observe(this.element)
    signal.addEventListener("abort", () => observer.disconnect())
  }

  #resized(): void {
    const [before, view, width] = [this.#width, this.#coming ?? this.#seen, this.element.clientWidth]
    if (width === before || width === 0 || this.#picture !== undefined) return
    this.#width = width
    if (before === 0 || view === undefined) return
    const isWhole = view.from <= 0 && view.to >= this.options.barCount() - 1
    const bars = isWhole ? view.to - view.from : ((view.to - view.from) * width) / before
    this.show({ from: view.to - bars, to: view.to })
  }

  /** With Ctrl (as in a touchpad's pinch) the wheel zooms; sideways it moves; otherwise it belongs to the page. */
  #onWheel(event: WheelEvent): void {
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1
    if (event.ctrlKey || event.metaKey) {
      const x = event.clientX - this.element.getBoundingClientRect().left
      this.zoom(Math.exp(event.deltaY * pixels * 0.0025), this.barAt(x))
    } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      this.move((event.deltaX * pixels) / this.chart.timeScale().options().barSpacing)
    } else return this.options.onPlainWheel?.()
    event.preventDefault()
  }

  #plotWidth(): number {
    return this.chart.timeScale().width() || this.element.clientWidth
  }
}
