/** A row that cannot be read at all; `what` ends the sentence "Row 7: …". */
export type CandleProblem = { row: number; what: string }

/** Nobody reads more; a file of garbage has one for every line. */
export const MOST_PROBLEMS = 1_000

/** What is wrong with a file's rows: the first thousand problems, and how many there are. */
export class CandleProblems {
  readonly first: CandleProblem[] = []
  count = 0

  /** Notes one more; `what` is asked for its words only when they will be kept. */
  add(row: number, what: string | (() => string)): void {
    if (this.count++ < MOST_PROBLEMS) this.first.push({ row, what: typeof what === "string" ? what : what() })
  }
}
