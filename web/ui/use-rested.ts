import { useEffect, useState } from "react"

const REST_MS = 150

/** The newest value once no other has come for a moment: slow drawing waits until a moving finger rests. */
export function useRested<Value>(value: Value): Value {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST_MS)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}
