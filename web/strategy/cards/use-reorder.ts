import { type HTMLAttributes, type KeyboardEvent, type PointerEvent, useRef, useState } from "react"

/** What a row and its grip need to be moved by pointer and by keyboard. */
export type RowHandle = {
  row: HTMLAttributes<HTMLLIElement> & { "data-row": number }
  grip: HTMLAttributes<HTMLButtonElement>
  isDragged: boolean
}

/** Rows of a list in a changeable order: by dragging the grip, or with the arrow keys on it. */
export function useReorder(count: number, onMove: (from: number, to: number) => void): (at: number) => RowHandle {
  const [dragged, setDragged] = useState<number>()
  // The present place of the dragged row: moves come faster than frames.
  const place = useRef(0)
  const move = (from: number, to: number) => {
    if (to === from || to < 0 || to >= count) return
    place.current = to
    setDragged((now) => (now === undefined ? undefined : to))
    onMove(from, to)
  }
  return (at) => ({
    isDragged: dragged === at,
    row: { "data-row": at },
    grip: {
      onPointerDown: (event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        place.current = at
        setDragged(at)
      },
      onPointerMove: (event) => dragged !== undefined && move(place.current, rowUnder(event) ?? place.current),
      onPointerUp: () => setDragged(undefined),
      onPointerCancel: () => setDragged(undefined),
      onKeyDown: (event) => {
        const step = stepOf(event)
        if (step === 0) return
        event.preventDefault()
        focusAfter(event, at + step)
        move(at, at + step)
      },
    },
  })
}

function stepOf({ key }: KeyboardEvent): number {
  return key === "ArrowUp" ? -1 : key === "ArrowDown" ? 1 : 0
}

/** The row whose middle the pointer has passed. */
function rowUnder({ currentTarget, clientY }: PointerEvent<HTMLElement>): number | undefined {
  const rows = [...(currentTarget.closest("ul")?.querySelectorAll<HTMLElement>("[data-row]") ?? [])]
  const under = rows.find((row) => {
    const { top, bottom } = row.getBoundingClientRect()
    return clientY >= top && clientY < bottom
  })
  return under && Number(under.dataset.row)
}

/** The grip keeps the focus at the row's new place. */
function focusAfter({ currentTarget }: KeyboardEvent<HTMLElement>, at: number) {
  const list = currentTarget.closest("ul")
  requestAnimationFrame(() => list?.querySelector<HTMLElement>(`[data-row="${at}"] button`)?.focus())
}
