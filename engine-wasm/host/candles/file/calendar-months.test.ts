import { expect, test } from "vitest"
import { readCandleFile } from "./candle-file.ts"

const months = Array.from({ length: 30 }, (_, n) => new Date(Date.UTC(2018, n, 1)))
const two = (number: number) => String(number).padStart(2, "0")

async function read(header: string, cellOf: (year: number, month: number, date: Date) => string) {
  const rows = months.map((date) => `${cellOf(date.getUTCFullYear(), date.getUTCMonth() + 1, date)},1,2,1,2,7`)
  return readCandleFile(new Blob([[`${header},open,high,low,close,volume`, ...rows].join("\n")]).stream())
}

test.each(["Month", "Date", "Monat", "time"])(
  "months under %s are read in each way of writing that is clear",
  async (header) => {
    for (const cellOf of [
      (year: number, month: number) => `${year}-${two(month)}`,
      (year: number, month: number) => `${year}/${month}`,
      (year: number, month: number) => `${two(month)}/${year}`,
      (year: number, month: number) => `${month}-${year}`,
      (year: number, month: number) => `${year}-${two(month)}-01`,
      (year: number, _: number, date: Date) =>
        `${date.toLocaleString("en", { month: "short", timeZone: "UTC" })} ${year}`,
    ]) {
      const answer = await read(header, cellOf)
      expect(answer.ok && [...answer.candles.openTimeMs], cellOf(2018, 1, months[0])).toEqual(months.map(Number))
    }
  },
)

test("months that may be row numbers or days are refused, and say so", async () => {
  for (const cellOf of [
    (year: number, month: number) => `${year}${two(month)}`,
    (year: number, month: number) => `${two(month)}.${year}`,
  ]) {
    const answer = await read("Month", cellOf)
    expect(answer.ok || answer.because).toMatch(
      /^Row 2: .* may be a month, or a row's number; write months as 2024-01\.$/,
    )
  }
})
