// Lines a strategy writes about its run. Bounded: endless writing fills no memory.
const MOST_LINES: i32 = 500
const MOST_CHARACTERS: i32 = 200

const lines: string[] = []

/** Keeps the line, if there is still room. */
export function keepLine(line: string): void {
  if (lines.length >= MOST_LINES) return
  lines.push(line.length > MOST_CHARACTERS ? line.slice(0, MOST_CHARACTERS) : line)
}

export function lineCount(): i32 {
  return lines.length
}

/** Address of the n-th line, UTF-16. */
export function lineAddress(n: i32): usize {
  return changetype<usize>(lines[n])
}

export function lineLength(n: i32): i32 {
  return lines[n].length
}
