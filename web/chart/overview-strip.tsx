import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react"
import { useThemeName } from "../ui/theme.ts"
import { chartPalette } from "./chart-palette.ts"
import type { ChartView, View } from "./chart-view.ts"
import { type OverviewLine, paintOverview } from "./paint-overview.ts"

type OverviewStripProps = {
  lines: readonly OverviewLine[]
  barCount: number
  view: ChartView | undefined
  /** Formats a stretch of bars: "1 Mar 2024 to 9 Apr 2024". */
  words: (view: View) => string
}

/** A handle can be grabbed this far from its edge. */
const REACH_PX = 12

/** The whole run in small, with a window on the stretch the chart shows: drag it, its edges, or use the arrows. */
export function OverviewStrip({ lines, barCount, view, words }: OverviewStripProps) {
  const strip = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const pane = useRef<HTMLDivElement>(null)
  const theme = useThemeName()
  const [size, setSize] = useState({ width: 0, height: 0 })
  useEffect(() => {
    const resized = new ResizeObserver(([{ contentRect }]) =>
      setSize({ width: contentRect.width, height: contentRect.height }),
    )
    resized.observe(canvas.current!)
    return () => resized.disconnect()
  }, [])
  useEffect(() => {
    paintOverview(canvas.current!, size, lines, chartPalette())
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the palette is read from the theme
  }, [size, lines, theme])
  // The window follows the view frame by frame: we move it directly, without rendering.
  useEffect(
    () =>
      view?.onView((shown) => {
        strip.current!.style.marginRight = `${view.axisWidth}px`
        place(pane.current!, shown, barCount)
        strip.current!.setAttribute("aria-valuenow", String(Math.round((shown.from + shown.to) / 2)))
        strip.current!.setAttribute("aria-valuetext", words(shown))
      }),
    [view, barCount, words],
  )
  const drag = useRef<(bar: number) => void>(undefined)
  const barAt = (event: PointerEvent) => {
    const { left, width } = strip.current!.getBoundingClientRect()
    return ((event.clientX - left) / width) * barCount - 0.5
  }
  const onPointerDown = (event: PointerEvent) => {
    if (!view?.view) return
    strip.current!.setPointerCapture(event.pointerId)
    const barsInReach = (REACH_PX / strip.current!.clientWidth) * barCount
    drag.current = dragFrom(view, view.view, barAt(event), barsInReach)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const shown = view?.view
    const step = { ArrowLeft: -0.25, ArrowRight: 0.25, PageUp: -1, PageDown: 1 }[event.key]
    if (!shown || step === undefined) return
    event.preventDefault()
    view.move(step * (shown.to - shown.from))
  }
  return (
    <div
      ref={strip}
      role="slider"
      tabIndex={0}
      aria-label="The stretch the chart shows"
      aria-valuemin={0}
      aria-valuemax={barCount}
      aria-valuenow={barCount}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => drag.current?.(barAt(event))}
      onPointerUp={() => (drag.current = undefined)}
      onPointerCancel={() => (drag.current = undefined)}
      className="relative h-11 cursor-grab touch-none overflow-hidden rounded-md border border-line bg-surface-1 active:cursor-grabbing"
    >
      <canvas ref={canvas} aria-hidden className="size-full" />
      <div ref={pane} aria-hidden className="absolute inset-0 invisible">
        <div className="absolute inset-0 origin-left bg-accent-fill/15" />
        <div className="absolute inset-0 border-l-2 border-accent" />
        <div className="absolute inset-0 border-l-2 border-accent" />
      </div>
    </div>
  )
}

/** Moves the window by transforms alone: panning never triggers a page layout. */
function place(pane: HTMLElement, { from, to }: View, barCount: number): void {
  const percent = (bar: number) => (100 * Math.max(0, Math.min(barCount, bar + 0.5))) / barCount
  const [start, end] = [percent(from), percent(to)]
  const [ground, left, right] = pane.children as unknown as HTMLElement[]
  ground.style.transform = `translateX(${start}%) scaleX(${(end - start) / 100})`
  left.style.transform = `translateX(${start}%)`
  right.style.transform = `translateX(calc(${end}% - 2px))`
  pane.style.visibility = "visible"
}

/** What dragging does: at an edge it moves the edge, elsewhere the window. */
function dragFrom(view: ChartView, { from, to }: View, start: number, reach: number): (bar: number) => void {
  if (Math.abs(start - from) < reach && start < (from + to) / 2) return (bar) => view.show({ from: bar, to })
  if (Math.abs(start - to) < reach) return (bar) => view.show({ from, to: bar })
  const width = to - from
  const grip = start > from && start < to ? start - from : width / 2
  const move = (bar: number) => view.show({ from: bar - grip, to: bar - grip + width })
  move(start)
  return move
}
