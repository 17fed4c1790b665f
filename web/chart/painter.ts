import type {
  AutoscaleInfo,
  IPrimitivePaneView,
  ISeriesPrimitive,
  ISeriesPrimitiveAxisView,
  Logical,
  SeriesAttachedParameter,
} from "lightweight-charts"
import type { Range } from "./bars-to-draw.ts"

/** A painter's inputs, in CSS pixels of its pane. */
export type Pen = {
  context: CanvasRenderingContext2D
  width: number
  height: number
  /** The bars in view; those half outside are among them. */
  from: number
  to: number
  /** The width of a bar. */
  spacing: number
  x: (bar: number) => number
  y: (value: number) => number
}

/** A value labelled on the price axis. */
export type PriceTag = { value: number; text: string; colour: string; ink: string }

type PainterOptions = {
  barCount: () => number
  draw: (pen: Pen) => void
  /** Behind the candles. */
  isUnder?: boolean
  /** What must fit on the axis while the bars `from` to `to` are in view. */
  range?: (from: number, to: number) => Range | undefined
  tags?: () => PriceTag[]
}

/**
 * Draws straight from columns onto the pane of a series. The library's own series need an object for each bar and
 * rebuild their axis with every change; a painter costs only its pixels.
 */
export class Painter implements ISeriesPrimitive {
  #attached: SeriesAttachedParameter | undefined
  readonly #views: IPrimitivePaneView[]

  constructor(private readonly options: PainterOptions) {
    const renderer = {
      draw: (target: Parameters<NonNullable<ReturnType<IPrimitivePaneView["renderer"]>>["draw"]>[0]) =>
        target.useMediaCoordinateSpace(({ context, mediaSize }) => {
          const pen = this.#pen(context, mediaSize)
          if (pen) options.draw(pen)
        }),
    }
    this.#views = [{ zOrder: () => (options.isUnder ? "bottom" : "normal"), renderer: () => renderer }]
  }

  attached(attached: SeriesAttachedParameter): void {
    this.#attached = attached
  }

  detached(): void {
    this.#attached = undefined
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.#views
  }

  autoscaleInfo(from: Logical, to: Logical): AutoscaleInfo | null {
    const range = this.options.range?.(Math.floor(from), Math.ceil(to))
    return range ? { priceRange: { minValue: range.min, maxValue: range.max } } : null
  }

  priceAxisViews(): readonly ISeriesPrimitiveAxisView[] {
    return (this.options.tags?.() ?? []).map(({ value, text, colour, ink }) => ({
      coordinate: () => this.#attached?.series.priceToCoordinate(value) ?? -100,
      text: () => text,
      textColor: () => ink,
      backColor: () => colour,
    }))
  }

  #pen(context: CanvasRenderingContext2D, { width, height }: { width: number; height: number }): Pen | undefined {
    if (!this.#attached) return undefined
    const { chart, series } = this.#attached
    const timeScale = chart.timeScale()
    const view = timeScale.getVisibleLogicalRange()
    const start = timeScale.logicalToCoordinate(0 as Logical)
    if (!view || start === null) return undefined
    const { barSpacing: spacing } = timeScale.options()
    return {
      context,
      width,
      height,
      from: Math.max(0, Math.floor(view.from)),
      to: Math.min(this.options.barCount() - 1, Math.ceil(view.to)),
      spacing,
      x: (bar) => start + bar * spacing,
      y: (value) => series.priceToCoordinate(value) ?? -1,
    }
  }
}

/**
 * Repaints the panes of these series with the next frame. A primitive's own request would lay out the whole chart and
 * paint it twice, and a series of many bars would make an object for each of them anew: name an empty one of its pane.
 */
export function repaint(series: readonly { applyOptions: (options: object) => void }[]): void {
  for (const each of series) each.applyOptions({})
}
