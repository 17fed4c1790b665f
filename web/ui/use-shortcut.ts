import { useEffect, useEffectEvent } from "react"

/**
 * Calls back when the keys are pressed anywhere on the page. "mod" is Ctrl, or ⌘ on a Mac.
 * A single character is ignored while the person is typing text.
 */
export function useShortcut(keys: "mod+k" | "mod+Enter" | "?" | "w" | "b", onPress: () => void) {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!isPressed(keys, event)) return
    event.preventDefault()
    onPress()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event)
    addEventListener("keydown", listen)
    return () => removeEventListener("keydown", listen)
  }, [])
}

function isPressed(keys: string, event: KeyboardEvent): boolean {
  const [key, mod] = keys.split("+").reverse()
  if (event.key !== key) return false
  return mod ? event.ctrlKey || event.metaKey : !event.ctrlKey && !event.metaKey && !isTyping(event.target)
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
