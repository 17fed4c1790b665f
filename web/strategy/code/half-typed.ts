/** A text, and what it was typed over. */
type Typed = { text: string; over: string }

const KEY = "candlewright.half-typed"

/** Puts aside in this window what cannot be kept yet; undefined forgets it. */
export function putHalfTyped(typed: Typed | undefined): void {
  try {
    if (typed === undefined) sessionStorage.removeItem(KEY)
    else sessionStorage.setItem(KEY, JSON.stringify(typed))
  } catch {
    // A private window may refuse: the text then lasts as long as its field.
  }
}

/** What was half typed over this text and not finished. */
export function halfTyped(over: string): Typed | undefined {
  try {
    const stored = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Typed | null
    return stored?.over === over && typeof stored.text === "string" ? stored : undefined
  } catch {
    return undefined
  }
}
