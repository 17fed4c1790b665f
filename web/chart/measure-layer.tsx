import { type PointerEvent, useEffect, useRef } from "react"
import { formatDuration } from "../ui/date-format.ts"
import { formatNumber, formatPrice, formatSignedPercent } from "../ui/number-format.ts"
import type { Measure } from "./paint-measure.ts"

export type MeasurePlace = { bar: number; price: number; timeMs: number }

/** A plot on which distances can be measured. */
export type Measurable = {
  placeAt: (x: number, y: number) => MeasurePlace
  showMeasure: (measure: Measure | undefined) => void
  priceDecimals: number
}

/** Covers a chart while a person measures: press, drag, read; another press starts over, Escape ends it. */
export function MeasureLayer({ plot, onEnd }: { plot: Measurable; onEnd: () => void }) {
  const from = useRef<MeasurePlace>(undefined)
  const layer = useRef<HTMLDivElement>(null)
  useEffect(() => {
    layer.current!.focus()
    return () => plot.showMeasure(undefined)
  }, [plot])
  const placeOf = (event: PointerEvent) => {
    const { left, top } = layer.current!.getBoundingClientRect()
    return plot.placeAt(event.clientX - left, event.clientY - top)
  }
  const onPointerDown = (event: PointerEvent) => {
    layer.current!.setPointerCapture(event.pointerId)
    from.current = placeOf(event)
    plot.showMeasure(undefined)
  }
  const onPointerMove = (event: PointerEvent) => {
    if (!from.current || event.buttons === 0) return
    const to = placeOf(event)
    plot.showMeasure({ from: from.current, to, words: measureWords(from.current, to, plot.priceDecimals) })
  }
  return (
    <div
      ref={layer}
      tabIndex={-1}
      data-testid="measure-layer"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onDoubleClick={onEnd}
      className="absolute inset-0 z-10 cursor-crosshair touch-none outline-none"
    />
  )
}

/** "+1,250.00 (+4.2 %) in 1 d 6 h, 30 candles". */
export function measureWords(from: MeasurePlace, to: MeasurePlace, priceDecimals: number): string {
  const change = to.price - from.price
  const sign = change > 0 ? "+" : ""
  const bars = Math.abs(to.bar - from.bar)
  const long = formatDuration(Math.abs(to.timeMs - from.timeMs))
  return `${sign}${formatPrice(change, priceDecimals)} (${formatSignedPercent((100 * change) / from.price)}) in ${long}, ${formatNumber(bars)} ${bars === 1 ? "candle" : "candles"}`
}
