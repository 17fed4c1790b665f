import { defaultHorzScaleBehavior, type IChartApiBase, type Logical, type Time } from "lightweight-charts"
import { type TimeZone, candleClockTime } from "../ui/date-format.ts"

/** The clock of a chart's times, and the present length of its bars: days are labelled by the day they cover. */
export type ChartClock = { zone: TimeZone; barMs: () => number }

type TimeAxis = InstanceType<ReturnType<typeof defaultHorzScaleBehavior>>
type Points = Parameters<TimeAxis["fillWeightsForPoints"]>[0]

/** The room the library gives a label; with more between two bars it moves no label at the ends back into view. */
const WORD_PX = 80

/**
 * The library's time axis, which works in UTC, on a person's clock: its marks are at the days, months and years of
 * that clock, through summer time too, and a label that would be cut at an edge is left out.
 */
export class ClockAxis extends defaultHorzScaleBehavior() {
  #named = 0
  #chart: IChartApiBase | undefined
  readonly #pen = document.createElement("canvas").getContext("2d")

  constructor(
    public clock: ChartClock,
    private readonly barCount: () => number,
  ) {
    super()
  }

  /** The chart whose axis this is: only it knows where a bar is. */
  serve(chart: IChartApiBase): void {
    this.#chart = chart
  }

  override fillWeightsForPoints(points: Points, startIndex: number): void {
    const first = Math.max(0, startIndex - 1)
    const shown = points.slice(first).map((point) => ({ ...point, time: this.#clockTime(point.originalTime as Time) }))
    super.fillWeightsForPoints(shown, startIndex - first)
    shown.forEach(({ timeWeight }, at) => {
      if (first + at >= startIndex) points[first + at].timeWeight = timeWeight
    })
  }

  /** Whether a label is cut depends on the view, so we cache none for the next frame. */
  override cacheKey(): number {
    return ++this.#named
  }

  override formatTickmark(...[mark, localization]: Parameters<TimeAxis["formatTickmark"]>): string {
    const word = super.formatTickmark(mark, localization)
    return this.#isCut(mark.index, word) ? "" : word
  }

  #clockTime(time: Time) {
    const shownMs = candleClockTime((time as number) * 1000, this.clock.barMs(), this.clock.zone)
    return this.convertHorzItemToInternal((shownMs / 1000) as Time)
  }

  #isCut(bar: number, word: string): boolean {
    const axis = this.#chart?.timeScale()
    const x = axis?.logicalToCoordinate(bar as Logical)
    if (!axis || x === null || x === undefined || this.#isMovedIntoView(bar, axis.options().barSpacing)) return false
    const half = this.#widthOf(word) / 2
    return x < half || x > axis.width() - half
  }

  /** The library moves the labels of the first and last bars until they are whole. */
  #isMovedIntoView(bar: number, spacing: number): boolean {
    const bars = Math.round(WORD_PX / spacing)
    return spacing <= WORD_PX / 2 && (bar <= bars || bar >= this.barCount() - 1 - bars)
  }

  #widthOf(word: string): number {
    if (!this.#pen) return 0
    const { layout } = this.#chart!.options()
    this.#pen.font = `bold ${layout.fontSize}px ${layout.fontFamily}`
    return this.#pen.measureText(word).width
  }
}
