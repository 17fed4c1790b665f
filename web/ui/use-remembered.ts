import { useCallback, useState } from "react"

/**
 * A choice of how a person likes to look at things, kept in this browser under `key` from visit to visit. A stored
 * value of another kind counts as not stored.
 */
export function useRemembered<Value extends boolean | string | number>(
  key: string,
  usual: Value,
): [Value, (value: Value) => void] {
  const [value, setValue] = useState<Value>(() => stored(key, usual))
  const remember = useCallback(
    (next: Value) => {
      setValue(next)
      try {
        localStorage.setItem(`candlewright.${key}`, JSON.stringify(next))
      } catch {
        // A private window may refuse: the choice then lasts as long as the screen.
      }
    },
    [key],
  )
  return [value, remember]
}

function stored<Value>(key: string, usual: Value): Value {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(`candlewright.${key}`) ?? "null")
    return typeof value === typeof usual ? (value as Value) : usual
  } catch {
    return usual
  }
}
