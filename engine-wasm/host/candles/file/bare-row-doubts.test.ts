import { describe, expect, test } from "vitest"
import { HOUR_MS } from "../timeframe.ts"
import { readCandleFile } from "./candle-file.ts"

const START_MS = Date.UTC(2024, 0, 2)
const ROWS = 12

type Row = { t: number; at: number; o: number; h: number; l: number; c: number; v: number }

const rows = Array.from({ length: ROWS }, (_, at): Row => {
  const o = 200 + at
  return { t: START_MS + at * HOUR_MS, at, o, h: o + 3, l: o - 2, c: o + 1, v: 5000 + 37 * at }
})

async function read(cellsOf: (row: Row) => (number | string)[], form: "CSV" | "JSON") {
  const table = rows.map(cellsOf)
  const text = form === "JSON" ? JSON.stringify(table) : table.map((cells) => cells.join(",")).join("\n")
  const answer = await readCandleFile(new Blob([text]).stream())
  if (!answer.ok) return answer.because
  expect([...answer.candles.volume]).toEqual(rows.map(({ v }) => v))
  expect([...answer.candles.close]).toEqual(rows.map(({ c }) => c))
  return `read: ${answer.notes.join(" ")}`
}

describe.each(["CSV", "JSON"] as const)("rows without names, in %s", (form) => {
  test.each<[string, (row: Row) => (number | string)[]]>([
    ["an average price", ({ t, o, h, l, c, v, at }) => [t, o, h, l, c, (o + c) / 2, v, at + 3]],
    ["an adjusted close", ({ t, o, h, l, c, v }) => [t, o, h, l, c, c * 0.9, v]],
    ["money", ({ t, o, h, l, c, v }) => [t, o, h, l, c, v * (c + 9), v]],
  ])("%s where the volume is expected is refused", async (_, cellsOf) => {
    expect(await read(cellsOf, form)).toMatch(/^Row 1: .*may be an adjusted close, an average price or money/)
  })

  test.each<[string, (row: Row) => (number | string)[]]>([
    ["plain", ({ t, o, h, l, c, v }) => [t, o, h, l, c, v]],
    ["Bybit's", ({ t, o, h, l, c, v }) => [t, o, h, l, c, v, v * (o + 0.5)]],
    ["Kraken's", ({ t, o, h, l, c, v, at }) => [t, o, h, l, c, v, at + 3]],
    ["Binance's", ({ t, o, h, l, c, v }) => [t, o, h, l, c, v, t + HOUR_MS - 1, v * o, 7, 1, 2, 0]],
  ])("%s order is read", async (_, cellsOf) => {
    expect(await read(cellsOf, form)).toMatch(/^read: /)
  })

  test.each<[string, (row: Row) => (number | string)[], string]>([
    ["Bitfinex's", ({ t, o, h, l, c, v }) => [t, o, c, h, l, v], "open, close, high, low"],
    ["KuCoin's", ({ t, o, h, l, c, v }) => [t, o, c, h, l, v, v * o], "open, close, high, low"],
    ["Coinbase's", ({ t, o, h, l, c, v }) => [t, l, h, o, c, v], "low, high, open, close"],
    ["Gate.io's", ({ t, o, h, l, c, v }) => [t, v, c, h, l, o], "volume, close, high, low, open"],
  ])("%s order is refused by its name", async (_, cellsOf, order) => {
    expect(await read(cellsOf, form)).toContain(
      `its cells are in another order: most rows only make sense as open time, ${order}`,
    )
  })
})

describe("a file without a header is said to have none", () => {
  test.each<[string, (row: Row) => (number | string)[]]>([
    ["a row number first", ({ t, o, h, l, c, v, at }) => [at, t, o, h, l, c, v]],
    ["the time last", ({ t, o, h, l, c, v }) => [v, o, h, l, c, t]],
  ])("with %s", async (_, cellsOf) => {
    expect(await read(cellsOf, "CSV")).toMatch(/^Row 1: there is no header/)
  })

  test("with the market's name first it is read", async () => {
    expect(await read(({ t, o, h, l, c, v }) => ["BTCUSD", t, o, h, l, c, v], "CSV")).toMatch(
      /^read: There is no header/,
    )
  })
})
