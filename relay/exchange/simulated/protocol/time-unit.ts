const timeFields = new Set([
  "time",
  "updateTime",
  "workingTime",
  "transactTime",
  "transactionTime",
  "trailingTime",
  "openTime",
  "closeTime",
  "serverTime",
  "E",
  "T",
  "W",
  "O",
  "t",
  "u",
])

/**
 * An answer with every time in microseconds instead of milliseconds, for `X-MBX-TIME-UNIT: MICROSECOND` and
 * `timeUnit=MICROSECOND`.
 */
export function inMicroseconds(answer: unknown): unknown {
  if (Array.isArray(answer))
    return isKline(answer)
      ? answer.map((cell, column) => (column === 0 || column === 6 ? Number(cell) * 1000 : cell))
      : answer.map(inMicroseconds)
  if (typeof answer !== "object" || answer === null) return answer
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [name, isTime(name, value) ? value * 1000 : inMicroseconds(value)]),
  )
}

function isKline(row: unknown[]): boolean {
  return row.length === 12 && typeof row[0] === "number" && typeof row[6] === "number"
}

// Trade ids and update ids share letters with times ("t", "u"); they are far too small to be times.
function isTime(name: string, value: unknown): value is number {
  return typeof value === "number" && value > 1e11 && timeFields.has(name)
}
