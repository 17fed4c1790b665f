const ROOM = 1 << 12

/**
 * How often numbers occur, for at most a quarter of `ROOM` of them at once, in memory that is never asked for anew: a
 * `Map` that is emptied and filled six thousand times leaves hundreds of megabytes behind.
 */
export class FewCounts {
  size = 0
  private values = new Float64Array(ROOM)
  private counts = new Float64Array(ROOM)
  private otherValues = new Float64Array(ROOM)
  private otherCounts = new Float64Array(ROOM)

  /** Counts `value` so many times more. */
  add(value: number, count: number): void {
    const place = this.placeOf(value)
    if (this.counts[place] === 0) this.size++
    this.values[place] = value
    this.counts[place] += count
  }

  has(value: number): boolean {
    return this.counts[this.placeOf(value)] > 0
  }

  /** The smallest count of all. */
  least(): number {
    return this.counts.reduce((least, count) => (count > 0 && count < least ? count : least), Infinity)
  }

  /** Takes so much off each count; what comes to nothing is forgotten. */
  takeAway(less: number): void {
    const { values, counts } = this
    ;[this.values, this.counts, this.otherValues, this.otherCounts] = [
      this.otherValues,
      this.otherCounts.fill(0),
      values,
      counts,
    ]
    this.size = 0
    for (let at = 0; at < ROOM; at++) if (counts[at] > less) this.add(values[at], counts[at] - less)
  }

  /** The numbers counted. */
  all(): number[] {
    return [...this.values].filter((_, at) => this.counts[at] > 0)
  }

  /** Where the number is, or would be: from the place its bits lead to, the first that is free. */
  private placeOf(value: number): number {
    let place = (Math.imul(value | 0, 0x9e3779b1) ^ Math.imul((value / 2 ** 32) | 0, 0x85ebca6b)) >>> 20
    while (this.counts[place] > 0 && this.values[place] !== value) place = (place + 1) % ROOM
    return place
  }
}
