/** An unreadable row; `what` ends the sentence "Row 7: …". */
export type CandleProblem = { row: number; what: string }

/** Nobody reads more; a file of garbage has one for every line. */
export const MOST_PROBLEMS = 1_000

type Kept = { row: number; what: string | (() => string) }

/** What is wrong with a file's rows, in any order: the thousand problems of the first rows, and how many there are. */
export class CandleProblems {
  count = 0
  #kept: Kept[] = []
  /** Rows from here on have enough before them. */
  #beyondRow = Infinity

  /** Adds one more; asks `what` for its words at once, and only where they may be kept. */
  add(row: number, what: string | (() => string)): void {
    this.addLater(row, row < this.#beyondRow && typeof what !== "string" ? what() : what)
  }

  /** Like `add` where words can come later (`settled`): for five million problems they take half a minute. */
  addLater(row: number, what: string | (() => string)): void {
    this.count++
    if (row >= this.#beyondRow) return
    this.#kept.push({ row, what })
    if (this.#kept.length >= 2 * MOST_PROBLEMS) this.#cut()
  }

  /** Makes the words of the kept ones; call before their rows change. */
  settled(): this {
    this.#cut()
    for (const kept of this.#kept) if (typeof kept.what !== "string") kept.what = kept.what()
    return this
  }

  /** The first of them by row, at most a thousand. */
  get first(): CandleProblem[] {
    this.settled()
    return this.#kept.map(({ row, what }) => ({ row, what: String(what) }))
  }

  #cut(): void {
    this.#kept.sort((a, b) => a.row - b.row)
    if (this.#kept.length < MOST_PROBLEMS) return
    this.#kept.length = MOST_PROBLEMS
    this.#beyondRow = this.#kept[MOST_PROBLEMS - 1].row
  }
}
