import fc from "fast-check"
import { expect, test } from "vitest"
import { checkCandles } from "../quality/candle-check.ts"
import { DAY_MS, HOUR_MS, MINUTE_MS, timeframesMs } from "../timeframe.ts"
import { CandleProblems } from "./candle-problems.ts"
import { readCandleFile, readCandleRows } from "./candle-file.ts"

const START_MS = Date.UTC(2024, 0, 1)
const HEADER = "time,open,high,low,close,volume"

const rowsAt = (times: number[]) => times.map((time) => `${time},100,102,99,101,7`)
const timesOf = (fromMs: number, stepMs: number, count: number) =>
  Array.from({ length: count }, (_, n) => fromMs + n * stepMs)
const stream = (lines: string[]) => new Blob([`${[HEADER, ...lines].join("\n")}\n`]).stream()

async function because(lines: string[]) {
  const answer = await readCandleFile(stream(lines))
  return answer.ok ? "read" : answer.because
}

const lengths = Object.values(timeframesMs)
const pair = fc
  .tuple(fc.constantFrom(...lengths), fc.constantFrom(...lengths))
  .filter(([one, other]) => one !== other)
  .chain(([one, other]) =>
    fc.record({
      one: fc.constant(one),
      other: fc.constant(other),
      counts: fc.tuple(fc.integer({ min: 40, max: 300 }), fc.integer({ min: 40, max: 300 })),
      overlap: fc.constantFrom(0, 0, 0.3, 1),
      isNewestFirst: fc.boolean(),
    }),
  )

test("files of two timeframes put together are refused, in whichever order, with and without overlap", async () => {
  await fc.assert(
    fc.asyncProperty(pair, async ({ one, other, counts, overlap, isNewestFirst }) => {
      const first = timesOf(START_MS, one, counts[0])
      const from = START_MS + Math.ceil((counts[0] * (1 - overlap) * one) / DAY_MS) * DAY_MS
      const times = [...first, ...timesOf(from, other, counts[1])]
      const said = await because(rowsAt(isNewestFirst ? times.toReversed() : times))
      expect(said).toContain("these are candles of two timeframes in one file")
      const row = Number(/^Row (\d+)/.exec(said)![1])
      const seam = 2 + counts[isNewestFirst ? 1 : 0]
      expect(Math.abs(row - seam)).toBeLessThanOrEqual(2)
    }),
    { numRuns: 100 },
  )
})

test("a check reports the row where another timeframe begins", async () => {
  const lines = rowsAt([...timesOf(START_MS, DAY_MS, 40), ...timesOf(START_MS + 40 * DAY_MS, HOUR_MS, 200)])
  const rows = await readCandleRows(stream(lines), new CandleProblems())
  expect(rows.ok && checkCandles(rows).problems).toContainEqual({
    row: 43,
    what: expect.stringContaining("these are candles of two timeframes in one file"),
  })
})

test("months and then days are two timeframes too", async () => {
  const months = Array.from({ length: 30 }, (_, n) => Date.UTC(2020, n, 1))
  expect(await because(rowsAt([...months, ...timesOf(Date.UTC(2022, 6, 1), DAY_MS, 200)]))).toContain("two timeframes")
})

test("a market that trades little, or rests, is one timeframe", async () => {
  const chance = (n: number) => (Math.sin(n * 12.9898) * 43758.5453) % 1
  for (const share of [0.05, 0.2, 0.4]) {
    const sparse = timesOf(START_MS, MINUTE_MS, 50_000).filter((_, n) => Math.abs(chance(n)) < share)
    expect(await because(rowsAt(sparse))).not.toContain("two timeframes")
  }
  const days = timesOf(START_MS, DAY_MS, 300).filter((_, n) => n % 7 < 5)
  expect(await because(rowsAt(days))).toBe("read")
  expect(await because(rowsAt(days.flatMap((day) => timesOf(day + 9 * HOUR_MS, HOUR_MS, 7))))).toBe("read")
})
