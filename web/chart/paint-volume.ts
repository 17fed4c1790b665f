import type { ChartColumns } from "../run/chart-columns.ts"
import { rangeOf } from "./bars-to-draw.ts"
import { type ChartPalette, faint } from "./chart-palette.ts"
import type { Pen } from "./painter.ts"

/** Of the pane's height, from its floor. */
const SHARE = 0.14

/** Draws the traded volume as faint bars on the floor of the price pane, the largest in view the highest. */
export function paintVolume(
  { context, from, to, spacing, x, height }: Pen,
  { volume, open, close }: VolumeColumns,
  palette: ChartPalette,
): void {
  const most = rangeOf([volume], from, to)?.max ?? 0
  if (most <= 0) return
  const width = Math.max(1, spacing * 0.7)
  // Where many bars share a pixel, the tallest of them shows.
  const step = Math.max(1, Math.floor(1 / spacing))
  for (const [isUp, colour] of [
    [true, palette.gain],
    [false, palette.loss],
  ] as const) {
    context.fillStyle = faint(colour, 0.25)
    context.beginPath()
    for (let bar = from; bar <= to; bar += step) {
      if (close[bar] >= open[bar] !== isUp) continue
      const tall = (height * SHARE * (rangeOf([volume], bar, Math.min(to, bar + step - 1))?.max ?? 0)) / most
      context.rect(x(bar) - width / 2, height - tall, width, tall)
    }
    context.fill()
  }
}

type VolumeColumns = Pick<ChartColumns, "volume" | "open" | "close">
