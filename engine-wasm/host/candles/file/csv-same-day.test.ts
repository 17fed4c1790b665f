import fc from "fast-check"
import { expect, test } from "vitest"
import { CsvTimeColumn } from "./csv-time-column.ts"

const two = (number: number) => `${number}`.padStart(2, "0")
const clock = fc.tuple(
  fc.integer({ min: 0, max: 25 }),
  fc.integer({ min: 0, max: 61 }),
  fc.option(fc.integer({ min: 0, max: 60 })),
  fc.option(fc.integer({ min: 0, max: 99_999 })),
)
const wordsOf = ([hour, minute, second, fraction]: [number, number, number | null, number | null]) =>
  `${hour}:${two(minute)}${second === null ? "" : `:${two(second)}${fraction === null ? "" : `.${fraction}`}`}`
const cell = fc
  .tuple(
    fc.constantFrom("2024-01-31", "31.01.2024", "02/03/2024", "Jan 31, 2024", "20240131", "2024-03-10"),
    fc.constantFrom(" ", "T", ", "),
    clock,
    fc.constantFrom("", "", " PM", "Z", "+02:00", " America/New_York"),
  )
  .map(([day, gap, time, rest]) => `${day}${gap}${wordsOf(time)}${rest}`)

/** What a column says of these cells one after another, each read as a row that is kept where it can be. */
function answersOf(cells: string[], readAlone: boolean): (number | string)[] {
  const column = new CsvTimeColumn()
  return cells.map((text, row) => {
    const bytes = new TextEncoder().encode(text)
    // A column that has just met another cell knows no cell like this one.
    if (readAlone) Object.assign(column, { sameDay: undefined })
    const answer = column.read(bytes, 0, bytes.length)
    if (typeof answer === "number") column.keep(row)
    return answer
  })
}

test("a time that differs from the one before only in its clock is what it is when read alone", () => {
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 40 }), (cells) => {
      expect(answersOf(cells, false)).toEqual(answersOf(cells, true))
    }),
    { numRuns: 1_000 },
  )
})
