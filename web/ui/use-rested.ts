import { startTransition, useEffect, useState } from "react"

const REST_MS = 150

/**
 * The newest value once no other has come for a moment: what is slow to draw waits until a moving finger rests. A value
 * of another `subject` comes at once, so that nobody acts on what belongs to the one before.
 */
export function useRested<Value>(value: Value, subject = ""): Value {
  const [rested, setRested] = useState({ value, subject })
  useEffect(() => {
    // A finger that moves again comes first.
    const timer = setTimeout(() => startTransition(() => setRested({ value, subject })), REST_MS)
    return () => clearTimeout(timer)
  }, [value, subject])
  return rested.subject === subject ? rested.value : value
}
