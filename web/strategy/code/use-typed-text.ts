import { useEffect, useState, useSyncExternalStore } from "react"
import { useStable } from "../../ui/use-stable.ts"
import { TypedText } from "./typed-text.ts"

/** A change ends where nobody has typed for this long. */
const PAUSE_MS = 350

/** Text that is kept at each pause in the typing, when its field is left and when the window goes. */
export function useTypedText(kept: string, keep: (text: string) => string | undefined) {
  const [typed] = useState(() => new TypedText(kept))
  const text = useSyncExternalStore(typed.subscribe, typed.now)
  const keepNow = useStable(() => typed.keep(keep))
  useEffect(() => typed.hear(kept), [typed, kept])
  useEffect(() => {
    const timer = setTimeout(keepNow, PAUSE_MS)
    return () => clearTimeout(timer)
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- each letter begins the pause anew
  }, [text, keepNow])
  useEffect(() => {
    // First of all listeners: what is kept here is written down by those after it.
    addEventListener("pagehide", keepNow, { capture: true })
    addEventListener("visibilitychange", keepNow, { capture: true })
    return () => {
      removeEventListener("pagehide", keepNow, { capture: true })
      removeEventListener("visibilitychange", keepNow, { capture: true })
      keepNow()
    }
  }, [keepNow])
  return { text, change: typed.change, keepNow }
}
