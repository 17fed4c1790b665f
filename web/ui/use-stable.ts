import { useCallback, useEffect, useRef } from "react"

/** The newest of a function under one name that never changes: what is slow to draw need not be drawn for another one. */
export function useStable<Words extends unknown[]>(act: (...words: Words) => void): (...words: Words) => void {
  const newest = useRef(act)
  useEffect(() => {
    newest.current = act
  })
  return useCallback((...words: Words) => newest.current(...words), [])
}
