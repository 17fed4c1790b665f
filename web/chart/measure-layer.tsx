import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react"
import { formatDuration } from "../ui/date-format.ts"
import { formatNumber, formatPrice, formatSignedPercent } from "../ui/number-format.ts"
import type { Measure } from "./paint-measure.ts"

export type MeasurePlace = { bar: number; price: number; timeMs: number }

/** A plot on which distances can be measured. */
export type Measurable = {
  placeAt: (x: number, y: number) => MeasurePlace
  /** The close of a candle; of the last one in view without a bar, of the nearest where there is none so far out. */
  placeOn: (bar?: number) => MeasurePlace
  showMeasure: (measure: Measure | undefined) => void
  priceDecimals: number
}

/**
 * Covers a chart while a person measures: press, drag, read; another press starts over, Escape ends it. By keyboard:
 * arrows stretch from close to close, with Shift by ten candles, Enter begins anew where it ended.
 */
export function MeasureLayer({ plot, onEnd }: { plot: Measurable; onEnd: () => void }) {
  const from = useRef<MeasurePlace>(undefined)
  const end = useRef<MeasurePlace>(undefined)
  const layer = useRef<HTMLDivElement>(null)
  const [words, setWords] = useState("")
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
    stretchTo(placeOf(event))
  }
  const stretchTo = (to: MeasurePlace) => {
    from.current ??= to
    end.current = to
    const told = measureWords(from.current, to, plot.priceDecimals)
    plot.showMeasure({ from: from.current, to, words: told })
    setWords(told)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, Enter: 0 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const at = end.current ?? plot.placeOn()
    if (step === 0 || !from.current) from.current = at
    stretchTo(step === 0 ? at : plot.placeOn(at.bar + step * (event.shiftKey ? 10 : 1)))
  }
  return (
    <div
      ref={layer}
      tabIndex={-1}
      role="group"
      aria-label="Measure: arrows stretch from candle to candle, Enter begins anew, Escape ends"
      data-testid="measure-layer"
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onDoubleClick={onEnd}
      className="absolute inset-0 z-10 cursor-crosshair touch-none outline-none"
    >
      <p aria-live="polite" className="sr-only">
        {words}
      </p>
    </div>
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
