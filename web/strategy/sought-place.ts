import type { WrittenStrategy } from "#engine/strategy"
import type { StrategyView } from "./strategy-panel.tsx"

/** A place of the document somebody is led to, by its path. Another object for each time. */
export type SoughtPlace = { path: string }

/** Where a place of a strategy can be changed; "sliders": beside them all, above its code. */
export function viewOfPlace({ code }: WrittenStrategy, path: string): Exclude<StrategyView, undefined> | "sliders" {
  if (code === undefined) return "rules"
  if (path.startsWith("params")) return "sliders"
  return path.startsWith("code") ? "code" : "json"
}

/** Whether a place is this one or a part of it. */
export function isWithinPlace(path: string, place: string): boolean {
  return path.startsWith(place) && /^($|[.[])/.test(path.slice(place.length))
}

/**
 * Brings the place of a path into view and puts the focus on what is wrong there, or on the first thing that can be
 * changed: an element names its place by `data-place`. Where nothing does, `within` itself has the focus.
 */
export function focusPlace(within: HTMLElement, path: string): void {
  const place = placeFor(within, path)
  const found = controlOf(place) ?? within
  found.focus({ preventScroll: true })
  // The thumb of a slider that is new shows itself with the next frame.
  if (document.activeElement !== found) requestAnimationFrame(() => found.focus({ preventScroll: true }))
  ;(place ?? within).scrollIntoView({ block: place ? "center" : "nearest" })
}

/** What is wrong before what is right, and what holds a value before a button, such as the grip beside it. */
const CONTROLS = ["[aria-invalid=true]", "textarea, input, select, [role=slider]", "button"]

function controlOf(place: HTMLElement | undefined): HTMLElement | undefined {
  for (const kind of CONTROLS) {
    const control = place?.querySelector<HTMLElement>(kind)
    if (control) return control
  }
}

/** The narrowest place the path is in; else the first of its parts. */
function placeFor(within: HTMLElement, path: string): HTMLElement | undefined {
  const places = [...within.querySelectorAll<HTMLElement>("[data-place]")]
  const around = places.filter(({ dataset }) => isWithinPlace(path, dataset.place!))
  const longest = Math.max(...around.map(({ dataset }) => dataset.place!.length))
  return (
    around.find(({ dataset }) => dataset.place!.length === longest) ??
    places.find(({ dataset }) => isWithinPlace(dataset.place!, path))
  )
}
