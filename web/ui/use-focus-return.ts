import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from "react"

/**
 * For a part of the screen that comes and goes: when it goes while it has the focus, the focus returns to what had it
 * before, or to `otherwise` where that is gone too.
 */
export function useFocusReturn<Part extends HTMLElement>(otherwise?: RefObject<HTMLElement | null>) {
  const part = useRef<Part>(null)
  const before = useRef<EventTarget>(null)
  useLayoutEffect(() => {
    const leaving = part.current
    const other = otherwise?.current
    return () => {
      if (!leaving?.contains(document.activeElement)) return
      focusFirst([before.current, other])
    }
  }, [otherwise])
  const onFocus = ({ relatedTarget }: FocusEvent) => {
    if (!isWithin(part.current, relatedTarget)) before.current = relatedTarget
  }
  return { part, onFocus }
}

function isWithin(part: HTMLElement | null, target: EventTarget | null): boolean {
  return part !== null && target instanceof Node && part.contains(target)
}

/** Some elements are there and yet take no focus, such as a button that has been disabled since. */
function focusFirst(targets: (EventTarget | null | undefined)[]) {
  for (const target of targets) {
    if (!(target instanceof HTMLElement) || !target.isConnected) continue
    target.focus({ preventScroll: true })
    if (document.activeElement === target) return
  }
}
