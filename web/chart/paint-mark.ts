import { type ChartPalette, faint } from "./chart-palette.ts"
import type { Pen } from "./painter.ts"

const LEAST_WIDTH_PX = 3

/** Highlights the bar in question, from top to bottom. */
export function paintMark({ context, x, spacing, height }: Pen, bar: number, palette: ChartPalette): void {
  const width = Math.max(LEAST_WIDTH_PX, spacing)
  context.fillStyle = faint(palette.accent, 0.28)
  context.fillRect(x(bar) - width / 2, 0, width, height)
  context.fillStyle = palette.accent
  context.fillRect(x(bar) - width / 2, 0, width, 2)
}
