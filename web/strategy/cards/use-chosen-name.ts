import { type RefObject, useEffect, useEffectEvent, useState } from "react"

/**
 * Which of the names that fit is chosen; undefined while their list is closed. A list is of the text it was opened for:
 * when that is undone or changed from elsewhere it closes, and when the person presses beside it.
 */
export function useChosenName(box: RefObject<HTMLElement | null>, text: string) {
  const [opened, setOpened] = useState<{ text: string; at: number }>()
  const setChosen = (at: number | undefined, of = text) => setOpened(at === undefined ? undefined : { text: of, at })
  const chosen = opened?.text === text ? opened.at : undefined
  // A finger that presses beside a field takes the focus from it in some browsers only.
  const press = useEffectEvent(({ target }: PointerEvent) => {
    if (target instanceof Node && !box.current?.contains(target)) setOpened(undefined)
  })
  const isOpen = chosen !== undefined
  useEffect(() => {
    if (!isOpen) return
    const listen = (event: PointerEvent) => press(event)
    addEventListener("pointerdown", listen)
    return () => removeEventListener("pointerdown", listen)
  }, [isOpen])
  return [chosen, setChosen] as const
}
