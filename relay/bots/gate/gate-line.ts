/** What must be so before real money moves (product.md, screen 10), in the order it is read. */
export const gateLines = ["paper", "parity", "stop", "key", "minimums", "dailyLoss", "amount"] as const

/** What is typed by who goes without paper. */
export const WITHOUT_PAPER = "without paper"

/** One of them: how it is, what to do where it is not met, and the place in the body that it is about. */
export type GateLine = {
  line: (typeof gateLines)[number]
  isMet: boolean
  words: string
  /** null: nothing. */
  todo: string | null
  field: string
  /** What to type, and where, to go without it; null: nobody goes without it. */
  override: { field: string; phrase: string } | null
}

/** A line that nobody goes without. */
export function lineOf(
  line: GateLine["line"],
  field: string,
  { words, todo }: { words: string; todo?: string },
): GateLine {
  return { line, isMet: todo === undefined, words, todo: todo ?? null, field, override: null }
}
