import type { ChartView } from "./chart-view.ts"

const WIDTH_PX = 44

/**
 * Lets the words of the time axis run out softly where candles go on beyond the view: a word cut in two reads as
 * another word. At the ends of the candles the axis itself keeps its words whole.
 */
export function fadeEdges(view: ChartView, barCount: () => number): void {
  const left = fade(view.element, "to right")
  const right = fade(view.element, "to left")
  view.onView(({ from, to }) => {
    const axis = view.chart.timeScale()
    left.hidden = from <= 0
    right.hidden = to >= barCount() - 1
    for (const edge of [left, right]) edge.style.height = `${axis.height() - 1}px`
    left.style.left = "0"
    right.style.left = `${axis.width() - WIDTH_PX}px`
  })
}

function fade(element: HTMLElement, direction: string): HTMLElement {
  const edge = document.createElement("div")
  edge.className = "pointer-events-none absolute bottom-0 z-10"
  edge.style.width = `${WIDTH_PX}px`
  edge.style.background = `linear-gradient(${direction}, var(--surface-0) 45%, transparent)`
  element.append(edge)
  return edge
}
