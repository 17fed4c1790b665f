/** A column of numbers that grows as values arrive, without an object for each. */
export class GrowingColumn {
  length = 0
  private values: Float64Array

  /** Room for this many values is made at once; more are welcome. */
  constructor(expected = 1024) {
    this.values = new Float64Array(Math.max(expected, 16))
  }

  /** Adds a value at the end. */
  push(value: number): void {
    if (this.length === this.values.length) this.grow()
    this.values[this.length++] = value
  }

  /** Adds many values at the end. */
  append(values: Float64Array): void {
    while (this.length + values.length > this.values.length) this.grow()
    this.values.set(values, this.length)
    this.length += values.length
  }

  /** The values so far, as a view: take it when no more will come. */
  taken(): Float64Array {
    return this.values.subarray(0, this.length)
  }

  private grow(): void {
    const wider = new Float64Array(this.values.length * 2)
    wider.set(this.values)
    this.values = wider
  }
}
