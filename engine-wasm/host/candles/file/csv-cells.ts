import { powersOfTen } from "./csv-number.ts"

const ZERO = 48
const POINT = 46
const NO_BYTE = -1
/** Whole numbers of so many digits are exact. */
const MOST_DIGITS = 15
const QUOTE = 34
const SPACE = 32
const TAB = 9
const NEWLINE = 10
const RETURN = 13

/** The byte ranges of one line's cells, without the blanks and quotes around them. Reused from line to line. */
export class CsvCells {
  readonly starts = new Int32Array(MOST_CELLS)
  readonly ends = new Int32Array(MOST_CELLS)
  /** The number in each cell that is digits with at most one point; NaN in all others, numbers or not. */
  readonly numbers = new Float64Array(MOST_CELLS)
  /** Cells of the last split line; MOST_CELLS + 1 when there were more than fit. */
  count = 0

  /** Finds the cells of bytes[start, end), split at the byte `separator`, except inside quotes. */
  split(bytes: Uint8Array, start: number, end: number, separator: number, point = POINT): void {
    this.count = 0
    const mark = point === separator ? NO_BYTE : point
    let from = start
    do from = this.plainCell(bytes, from, end, separator, mark) ?? this.anyCell(bytes, from, end, separator)
    while (from <= end)
  }

  /** A cell of digits with at most one point, read in the same pass; undefined for any other, and for long numbers. */
  private plainCell(
    bytes: Uint8Array,
    from: number,
    end: number,
    separator: number,
    point: number,
  ): number | undefined {
    let mantissa = 0
    let pointAt = -1
    let at = from
    for (; at < end; at++) {
      const digit = bytes[at] - ZERO
      if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit
      else if (bytes[at] === point && pointAt < 0) pointAt = at
      else break
    }
    if (at < end && bytes[at] !== separator) return undefined
    const decimals = pointAt < 0 ? 0 : at - pointAt - 1
    const digits = at - from - (pointAt < 0 ? 0 : 1)
    if (digits === 0 || digits > MOST_DIGITS || this.count >= MOST_CELLS) return undefined
    this.numbers[this.count] = mantissa / powersOfTen[decimals]
    this.starts[this.count] = from
    this.ends[this.count++] = at
    return at + 1
  }

  private anyCell(bytes: Uint8Array, from: number, end: number, separator: number): number {
    let quoted = false
    let at = from
    for (; at < end; at++) {
      if (bytes[at] === QUOTE) quoted = !quoted
      else if (bytes[at] === separator && !quoted) break
    }
    this.add(bytes, from, at)
    return at + 1
  }

  private add(bytes: Uint8Array, start: number, end: number): void {
    if (this.count >= MOST_CELLS) {
      this.count = MOST_CELLS + 1
      return
    }
    while (start < end && isBlank(bytes[start])) start++
    while (start < end && isBlank(bytes[end - 1])) end--
    if (end - start >= 2 && bytes[start] === QUOTE && bytes[end - 1] === QUOTE) {
      start++
      end--
    }
    this.numbers[this.count] = Number.NaN
    this.starts[this.count] = start
    this.ends[this.count++] = end
  }
}

/** No candle file has more columns than this; a line that does is not one of its rows. */
export const MOST_CELLS = 256

/** A line has no line ends in it, but a row of a JSON list may. */
function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB || byte === NEWLINE || byte === RETURN
}
