import { barsToDraw, rangeOf } from "./bars-to-draw.ts"
import type { ChartPalette } from "./chart-palette.ts"

export type OverviewLine = { values: Float64Array; role: "accent" | "ink-faint"; width: number }

type Size = { width: number; height: number }

/** Draws whole columns over the full width of a canvas of this size, on one scale from top to bottom. */
export function paintOverview(
  canvas: HTMLCanvasElement,
  { width, height }: Size,
  lines: readonly OverviewLine[],
  palette: ChartPalette,
): void {
  const context = canvas.getContext("2d")
  const range = rangeOf(
    lines.map(({ values }) => values),
    0,
    Infinity,
  )
  if (!context || !range || width === 0) return
  fitPixels(canvas, { width, height })
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0)
  context.clearRect(0, 0, width, height)
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

/** Setting a canvas to its own size would still clear its memory. */
function fitPixels(canvas: HTMLCanvasElement, { width, height }: Size): void {
  const [wide, high] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)]
  if (canvas.width !== wide) canvas.width = wide
  if (canvas.height !== high) canvas.height = high
}
