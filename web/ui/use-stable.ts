import { useCallback, useLayoutEffect, useRef } from "react"

/**
 * The newest version of a function under one identity that never changes: slow drawing need not run for another one.
 */
export function useStable<Words extends unknown[]>(act: (...words: Words) => void): (...words: Words) => void {
  const newest = useRef(act)
  useLayoutEffect(() => {
    newest.current = act
  })
  return useCallback((...words: Words) => newest.current(...words), [])
}
