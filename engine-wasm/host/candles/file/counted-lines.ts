const MOST_SHOWN = 5

/** Lines of a file that share one note: how many they are, and the first of them. */
export class CountedLines {
  count = 0
  private readonly first: number[] = []

  /** Takes one more. */
  add(line: number): void {
    if (this.count++ < MOST_SHOWN) this.first.push(line)
  }

  /** "Row 7 has no volume, which was taken as 0." or "3 rows have … (rows 7, 9, 12)."; nothing when there are none. */
  note(one: string, many: string): string[] {
    const shown = this.first.join(", ") + (this.count > MOST_SHOWN ? ", …" : "")
    if (this.count === 0) return []
    return [this.count === 1 ? `Row ${shown} ${one}` : `${this.count} rows ${many} (rows ${shown}).`]
  }
}
