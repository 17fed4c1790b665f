import { type ChartPalette, faint } from "./chart-palette.ts"
import type { Pen } from "./painter.ts"

type Place = { bar: number; price: number }

/** A stretch of time and price a person measures, and its label. */
export type Measure = { from: Place; to: Place; words: string }

/** Draws the measured stretch with its label beside it. */
export function paintMeasure({ context, x, y, width }: Pen, { from, to, words }: Measure, palette: ChartPalette): void {
  const [left, right] = [Math.min(x(from.bar), x(to.bar)), Math.max(x(from.bar), x(to.bar))]
  const [top, bottom] = [Math.min(y(from.price), y(to.price)), Math.max(y(from.price), y(to.price))]
  const colour = to.price >= from.price ? palette.gain : palette.loss
  context.fillStyle = faint(colour, 0.14)
  context.fillRect(left, top, right - left, bottom - top)
  context.strokeStyle = colour
  context.lineWidth = 1
  context.strokeRect(left, top, right - left, bottom - top)
  context.font = '12px "Inter Variable", system-ui, sans-serif'
  context.textAlign = "left"
  context.textBaseline = "middle"
  const wide = context.measureText(words).width + 12
  const at = Math.max(2, Math.min(width - wide - 2, left))
  const beside = top > 30 ? top - 26 : bottom + 4
  context.fillStyle = colour
  context.fillRect(at, beside, wide, 22)
  context.fillStyle = palette["surface-0"]
  context.fillText(words, at + 6, beside + 11)
}
