import fc from "fast-check"
import { expect, test } from "vitest"
import { anyRows, anyShape, fileOf, type Row, type Shape } from "../../../testing/exporter-shapes.ts"
import { readCandleFile, type CandleFileOptions } from "./candle-file.ts"

async function readAs(file: Uint8Array, said?: CandleFileOptions): Promise<Row[] | string> {
  const answer = await readCandleFile(new Blob([file as Uint8Array<ArrayBuffer>]).stream(), said)
  if (!answer.ok) return answer.because
  const { openTimeMs, open, high, low, close, volume } = answer.candles
  return Array.from(openTimeMs, (time, at): Row => [time, open[at], high[at], low[at], close[at], volume[at]])
}

test("candles written in any shape read back unchanged, or are refused: never as others", async () => {
  const seen = { read: 0, refused: 0 }
  await fc.assert(
    fc.asyncProperty(anyRows, anyShape, async (rows, shape) => {
      const answer = await readAs(fileOf(rows, shape))
      if (typeof answer === "string") seen.refused++
      else seen.read++
      expect(typeof answer === "string" ? rows : answer).toEqual(rows)
    }),
    { numRuns: 300 },
  )
  // Only ambiguous files are refused: days of at most twelve whose month may come first.
  expect(seen.refused).toBeLessThan(seen.read / 4)
})

const marketName = fc.constantFrom("symbol", "Ticker", "<TICKER>", "pair", "instrument", "Market", "asset", "security")

test("two markets in one file never become one: refused, or only the chosen one", async () => {
  const shapes = anyShape.filter(({ names, time }) => names !== undefined && !/first/.test(time))
  await fc.assert(
    fc.asyncProperty(anyRows, shapes, marketName, fc.boolean(), async (rows, shape, name, isMixed) => {
      const others = rows.map(([time, ...values]): Row => [time, ...values.map((value) => value * 2)] as Row)
      const both = isMixed ? rows.flatMap((row, at) => [row, others[at]]) : [...rows, ...others]
      const isOther = (at: number) => (isMixed ? at % 2 === 1 : at >= rows.length)
      // The rows keep their given order, so that the shape's own order does not separate the markets.
      const plain: Shape = { ...shape, newestFirst: false, parts: { count: 1, swapped: false } }
      const further = shape.further.filter(({ name: each }) => each !== "symbol")
      const column = { at: 0, name, cell: (at: number) => (isOther(at) ? "ETH" : "BTC") }
      const file = fileOf(both, { ...plain, further: [...further, column] })
      expect(await readAs(file)).toContain(`the column "${name}" changes from "BTC" to "ETH"`)
      expect(await readAs(file, { market: "BTC" })).toEqual(rows)
      expect(await readAs(file, { market: "ETH" })).toEqual(others)
    }),
    { numRuns: 100 },
  )
})
