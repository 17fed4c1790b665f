import { type RefObject, useEffect, useRef } from "react"

/** For what takes the place of something that had the focus: it takes it over, and with it the eyes of a screen reader. */
export function useFocusIfLost<Part extends HTMLElement>(): RefObject<Part | null> {
  const part = useRef<Part>(null)
  useEffect(() => {
    if (document.activeElement === document.body) part.current?.focus({ preventScroll: true })
  }, [])
  return part
}
