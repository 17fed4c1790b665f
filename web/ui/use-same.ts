import { useMemo } from "react"

/** The value of before while it says the same in JSON: what is drawn from it need not be drawn again. */
export function useSame<Value>(value: Value): Value {
  // oxlint-disable-next-line react/exhaustive-deps -- the text stands for the value
  return useMemo(() => value, [JSON.stringify(value)])
}
