import { useEffect, useEffectEvent } from "react"

type Shortcut = "mod+k" | "mod+Enter" | "mod+z" | "mod+shift+z" | "mod+y" | "Escape" | "?" | "w" | "b"

/**
 * Calls back when the keys are pressed anywhere on the page. "mod" is Ctrl, or ⌘ on a Mac.
 * A single character is ignored while the person is typing text, and undo and redo in what lies over the screen.
 */
export function useShortcut(keys: Shortcut, onPress: () => void) {
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

/** Whether the event is these keys, pressed where they count. */
export function isPressed(keys: Shortcut, event: KeyboardEvent): boolean {
  const [key, ...held] = keys.split("+").reverse()
  const hasMod = event.ctrlKey || event.metaKey
  if (/^[zy]$/.test(key) && isOverScreen(event.target)) return false
  if (held.length === 0) return event.key === key && !hasMod && !isTyping(event.target)
  return event.key.toLowerCase() === key.toLowerCase() && hasMod && event.shiftKey === held.includes("shift")
}

function isOverScreen(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[role=dialog]") !== null
}

/** Whether letters pressed there are the person's text. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches(TEXT_FIELDS))
}

const TEXT_FIELDS = "input:not([type=checkbox], [type=radio]), textarea, select"
