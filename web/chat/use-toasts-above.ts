import { type RefObject, useEffect } from "react"

/** Toasts appear above this element while it is there: they must not lie on what the person writes in. */
export function useToastsAbove(element: RefObject<HTMLElement | null>) {
  useEffect(() => {
    if (!element.current) return
    const { style } = document.documentElement
    const observer = new ResizeObserver(([entry]) =>
      style.setProperty("--toasts-bottom", `${Math.round(entry.borderBoxSize[0].blockSize)}px`),
    )
    observer.observe(element.current)
    return () => {
      observer.disconnect()
      style.removeProperty("--toasts-bottom")
    }
  }, [element])
}
