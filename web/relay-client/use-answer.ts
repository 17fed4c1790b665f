import { useEffect, useState } from "react"

export type Answer<Value> =
  | { state: "loading" }
  | { state: "ready"; value: Value }
  | { state: "failed"; because: string }

/** What the relay answers, and a way to ask again. `ask` is the same function from one drawing to the next. */
export function useAnswer<Value>(ask: () => Promise<Value>): [Answer<Value>, () => Promise<void>] {
  const [answer, setAnswer] = useState<Answer<Value>>({ state: "loading" })
  useEffect(() => {
    let isOpen = true
    void settled(ask).then((now) => isOpen && setAnswer(now))
    return () => void (isOpen = false)
  }, [ask])
  return [answer, async () => setAnswer(await settled(ask))]
}

function settled<Value>(ask: () => Promise<Value>): Promise<Answer<Value>> {
  return ask().then(
    (value) => ({ state: "ready", value }),
    (error: unknown) => ({ state: "failed", because: (error as Error).message }),
  )
}
