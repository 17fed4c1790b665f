import { barsToDraw, rangeOf } from "./bars-to-draw.ts"
import type { ChartPalette } from "./chart-palette.ts"

export type OverviewLine = { values: Float64Array; role: "accent" | "ink-faint"; width: number }

/** Draws whole columns over the full width of a canvas, on one scale from top to bottom. */
export function paintOverview(canvas: HTMLCanvasElement, lines: readonly OverviewLine[], palette: ChartPalette): void {
  const { clientWidth: width, clientHeight: height } = canvas
  const ratio = devicePixelRatio
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  const context = canvas.getContext("2d")
  const range = rangeOf(
    lines.map(({ values }) => values),
    0,
    Infinity,
  )
  if (!context || !range || width === 0) return
  context.scale(ratio, ratio)
  for (const { values, role, width: lineWidth } of lines) {
    const step = width / values.length
    const y = (value: number) => height - 3 - ((value - range.min) / (range.max - range.min || 1)) * (height - 6)
    context.beginPath()
    for (const bar of barsToDraw(values, { from: 0, to: values.length - 1, barsPerPixel: 1 / step }))
      context.lineTo((bar + 0.5) * step, y(values[bar]))
    context.strokeStyle = palette[role]
    context.lineWidth = lineWidth
    context.stroke()
  }
}
