import { barsToDraw } from "./bars-to-draw.ts"
import type { Pen } from "./painter.ts"

export type LineLook = { colour: string; width: number; dash?: number[] }

/** Draws a column as a line, with gaps where values are unknown. */
export function paintLine(pen: Pen, values: Float64Array, look: LineLook): void {
  const { context } = pen
  context.beginPath()
  tracePath(pen, values)
  context.strokeStyle = look.colour
  context.lineWidth = look.width
  context.lineJoin = "round"
  context.setLineDash(look.dash ?? [])
  context.stroke()
  context.setLineDash([])
}

/** Fills between a column and one value, and draws its edge. */
export function paintArea(
  pen: Pen,
  values: Float64Array,
  { base, edge, fill }: { base: number; edge: LineLook; fill: string },
): void {
  const { context, x, y } = pen
  const bars = barsToDraw(values, stretchOf(pen))
  if (bars.length === 0) return
  context.beginPath()
  context.moveTo(x(bars[0]), y(base))
  for (const bar of bars) context.lineTo(x(bar), y(values[bar]))
  context.lineTo(x(bars[bars.length - 1]), y(base))
  context.fillStyle = fill
  context.fill()
  paintLine(pen, values, edge)
}

function tracePath(pen: Pen, values: Float64Array): void {
  const { context, x, y } = pen
  let before = -2
  for (const bar of barsToDraw(values, stretchOf(pen))) {
    if (isBroken(values, before, bar)) context.moveTo(x(bar), y(values[bar]))
    else context.lineTo(x(bar), y(values[bar]))
    before = bar
  }
}

/** Whether an unknown value is between two drawn bars. Between adjacent drawn bars there is none. */
function isBroken(values: Float64Array, before: number, bar: number): boolean {
  if (before < 0) return true
  for (let at = before + 1; at < bar; at++) if (Number.isNaN(values[at])) return true
  return false
}

function stretchOf({ from, to, spacing }: Pen) {
  return { from, to, barsPerPixel: 1 / spacing }
}
