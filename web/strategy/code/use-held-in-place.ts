import { type RefObject, useEffect } from "react"

/**
 * Keeps what is being typed in where it is on the screen while things above it come and go. Browsers do so for whatever
 * they find first, and some not at all: in style.css `held-in-place` tells them not to.
 */
export function useHeldInPlace(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const held = element.current!
    const placeOnPage = () => held.getBoundingClientRect().top + scrollY
    let before = placeOnPage()
    // Told before the page is painted.
    const resized = new ResizeObserver(() => {
      const now = placeOnPage()
      if (held.contains(document.activeElement)) scrollBy({ top: now - before, behavior: "instant" })
      before = now
    })
    resized.observe(document.body)
    return () => resized.disconnect()
  }, [element])
}
