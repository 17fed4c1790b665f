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
  const control =
    place?.querySelector<HTMLElement>("[aria-invalid=true]") ?? place?.querySelector<HTMLElement>(CONTROLS)
  const found = control ?? within
  found.focus({ preventScroll: true })
  // The thumb of a slider that is new shows itself with the next frame.
  if (document.activeElement !== found) requestAnimationFrame(() => found.focus({ preventScroll: true }))
  ;(place ?? within).scrollIntoView({ block: place ? "center" : "nearest" })
}

const CONTROLS = "textarea, input, select, [role=slider], button"

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
