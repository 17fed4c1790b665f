import { useRouterState } from "@tanstack/react-router"
import { type RefObject, useEffect, useRef } from "react"

/** A link that led to another screen went away with its own: the new screen takes the focus that it had. */
export function useFocusOnScreen(screen: RefObject<HTMLElement | null>) {
  const path = useRouterState({ select: ({ resolvedLocation, location }) => (resolvedLocation ?? location).pathname })
  const before = useRef(path)
  useEffect(() => {
    if (before.current === path) return
    before.current = path
    const has = document.activeElement
    if (has === null || has === document.body) screen.current?.focus({ preventScroll: true })
  }, [path, screen])
}
