const QUOTE = 34
const SPACE = 32
const TAB = 9
const NEWLINE = 10
const RETURN = 13

/** The byte ranges of one line's cells, without the blanks and quotes around them. Reused from line to line. */
export class CsvCells {
  readonly starts = new Int32Array(MOST_CELLS)
  readonly ends = new Int32Array(MOST_CELLS)
  /** Cells of the last split line; MOST_CELLS + 1 when there were more than fit. */
  count = 0

  /** Finds the cells of bytes[start, end), split at the byte `separator`, except inside quotes. */
  split(bytes: Uint8Array, start: number, end: number, separator: number): void {
    this.count = 0
    let from = start
    let quoted = false
    for (let at = start; at < end; at++) {
      const byte = bytes[at]
      if (byte === QUOTE) quoted = !quoted
      else if (byte === separator && !quoted) {
        this.add(bytes, from, at)
        from = at + 1
      }
    }
    this.add(bytes, from, end)
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
