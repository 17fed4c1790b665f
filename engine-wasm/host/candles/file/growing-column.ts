type Values = Float64Array | Uint32Array

/** From this share of its maximum on, a column gets all its room at once: doubling would hold it twice. */
const LONG = 1 / 32
/** A column with more room than this many times its values is copied out of it. */
const MOST_ROOM = 4

/** A column of numbers that grows as values arrive, without an object for each. */
export class GrowingColumn<Column extends Values = Float64Array> {
  length = 0
  private values: Column
  private readonly most: number

  /** Allocates room for `expected` values at once; more are welcome. `most`: how many there can be, if known. */
  constructor(expected = 1024, { most = Infinity, whole = false } = {}) {
    const room = Math.max(expected, 16)
    this.most = most
    this.values = (whole ? new Uint32Array(room) : new Float64Array(room)) as Column
  }

  /** Adds a value at the end. */
  push(value: number): void {
    if (this.length === this.values.length) this.grow()
    this.values[this.length++] = value
  }

  /** Adds many values at the end. */
  append(values: Column): void {
    while (this.length + values.length > this.values.length) this.grow()
    this.values.set(values, this.length)
    this.length += values.length
  }

  /** The values so far, as a view: take it when no more will come. */
  taken(): Column {
    const isRoomy = this.values.length > this.length * MOST_ROOM
    // Copies only small columns, because a view would keep much empty room; large ones are too much to have twice.
    const all = isRoomy ? this.values.slice(0, this.length) : this.values.subarray(0, this.length)
    return all as Column
  }

  private grow(): void {
    const twice = this.values.length * 2
    // Untouched memory costs nothing yet.
    const room = twice > this.most * LONG && this.values.length < this.most ? this.most : twice
    const wider = this.values instanceof Uint32Array ? new Uint32Array(room) : new Float64Array(room)
    wider.set(this.values)
    this.values = wider as Column
  }
}
