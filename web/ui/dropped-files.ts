import { useEffect, useEffectEvent } from "react"

let waiting: File[] = []
const listeners = new Set<() => void>()

/** Puts files that were dropped on the window where the screen that takes them finds them. */
export function putDroppedFiles(files: File[]): void {
  waiting = [...waiting, ...files]
  for (const listener of listeners) listener()
}

/** Takes the files that were dropped on the window, before this screen was there and while it is. */
export function useDroppedFiles(take: (files: File[]) => void) {
  const takeAll = useEffectEvent(() => {
    const files = waiting
    waiting = []
    if (files.length > 0) take(files)
  })
  useEffect(() => {
    const listener = () => takeAll()
    listener()
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }, [])
}
