import { useEffect } from "react"
import { takeBackNewest } from "./undo-offer.ts"
import { isPressed, isTyping } from "./use-shortcut.ts"

/** Ctrl or ⌘ and Z does what the newest Undo on the screen does; in a text field it stays the field's own. */
export function useUndoKey() {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (isPressed("mod+z", event) && !isTyping(event.target) && takeBackNewest()) event.preventDefault()
    }
    addEventListener("keydown", listen)
    return () => removeEventListener("keydown", listen)
  }, [])
}
