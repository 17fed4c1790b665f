import { useEffect, useEffectEvent, useState } from "react"
import { barPlace } from "../run/chart-columns.ts"
import type { View } from "./chart-view.ts"
import type { RunPlot } from "./run-plot.ts"

/** A place of the time axis: a bar's moment, and how many bars beside it. */
type Place = [timeMs: number, beside: number]

const keyOf = (name: string) => `candlewright.chart-view.${name}`

/** A view that moves on within this time is on its way. */
const REST_MS = 150

/**
 * Shows a new plot the stretch of time that was last in view under this name, and keeps what comes into view. Answers
 * with the moment of the last bar in view, once the view rests.
 */
export function useKeptView(plot: RunPlot | undefined, name: string | undefined, openTimeMs: Float64Array) {
  const [edgeMs, setEdge] = useState<number>()
  const keep = useEffectEvent(({ from, to }: View) => {
    const last = Math.min(openTimeMs.length - 1, Math.floor(to))
    setEdge(last === openTimeMs.length - 1 ? undefined : openTimeMs[Math.max(0, last)])
    if (name !== undefined) keepPlaces(name, [placeOf(openTimeMs, from), placeOf(openTimeMs, to)])
  })
  const showAgain = useEffectEvent((shown: RunPlot) => {
    const [from, to] = name === undefined ? [] : placesOf(name)
    if (!from || !to || to[0] < openTimeMs[0] || from[0] > openTimeMs[openTimeMs.length - 1]) return
    const [first, last] = [from, to].map(([timeMs, beside]) => barPlace(openTimeMs, timeMs) + beside)
    if (first < last) shown.view.show({ from: first, to: last })
  })
  useEffect(() => {
    if (!plot) return undefined
    showAgain(plot)
    let timer: ReturnType<typeof setTimeout> | undefined
    const end = plot.view.onView(() => {
      clearTimeout(timer)
      timer = setTimeout(() => plot.view.view && keep(plot.view.view), REST_MS)
    })
    return () => {
      clearTimeout(timer)
      end()
    }
  }, [plot])
  return edgeMs
}

function placeOf(openTimeMs: Float64Array, at: number): Place {
  const bar = Math.max(0, Math.min(openTimeMs.length - 1, Math.round(at)))
  return [openTimeMs[bar], at - bar]
}

function keepPlaces(name: string, places: Place[]): void {
  try {
    sessionStorage.setItem(keyOf(name), JSON.stringify(places))
  } catch {
    // A private window may refuse: the view is then new after a reload.
  }
}

function placesOf(name: string): Place[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(name)) ?? "[]")
    return Array.isArray(kept) && kept.every(isPlace) ? kept : []
  } catch {
    return []
  }
}

function isPlace(value: unknown): value is Place {
  return Array.isArray(value) && value.length === 2 && value.every(Number.isFinite)
}
