import { describe, expect, test } from "vitest"
import { readCandleFile, type CandleFileOptions } from "./candle-file.ts"
import { HOUR_MS } from "../timeframe.ts"

const START_MS = Date.UTC(2024, 2, 4)
const ROWS = 30
const HEADER = "time,open,high,low,close,volume"

/** Rows of one calm market; from row 15 its prices are `times` as high. */
function rows(times = 1, cellsOf: (timeMs: number, at: number) => string = (timeMs) => String(timeMs)): string[] {
  return Array.from({ length: ROWS }, (_, at) => {
    const price = (100 + (at % 3)) * (at < ROWS / 2 ? 1 : times)
    return `${cellsOf(START_MS + at * HOUR_MS, at)},${price},${price + 1},${price - 1},${price},7`
  })
}

async function read(lines: string[], options?: CandleFileOptions) {
  const answer = await readCandleFile(new Blob([`${lines.join("\n")}\n`]).stream(), options)
  return answer.ok ? `read: ${answer.notes.join(" ")}` : answer.because
}

describe("markets joined in one file", () => {
  test.each([26, 30, 1000, 1 / 30])(
    "a price that is %d times as high from one hour to the next is refused",
    async (times) => {
      expect(await read(rows(times))).toContain("these are two markets in one file. Take it apart there")
    },
  )

  test.each([2.5, 4.9, 20, 1 / 4])("a price that is %d times as high is read, and noted", async (times) => {
    expect(await read(rows(times))).toMatch(/^read: .*Row 16: the price jumps from 102 to .* after row 15\./)
  })

  test("behind a repeated header a smaller jump is refused, and none is let pass", async () => {
    const file = (times: number) => [HEADER, ...rows().slice(0, 15), HEADER, ...rows(times).slice(15)]
    expect(await read(file(4))).toContain("Row 18: the price jumps from 102 to 400 (3.92 times) after row 16")
    expect(await read(file(2.5))).toMatch(/^read: .*Row 18: the price jumps/)
    expect(await read(file(1))).not.toContain("jumps")
  })

  test("over a hole of weeks a market may move further", async () => {
    const later = (timeMs: number, at: number) => String(timeMs + (at < 15 ? 0 : 60 * 24 * HOUR_MS))
    expect(await read(rows(8, later))).toMatch(/^read: .*jumps/)
    expect(await read(rows(12, later))).toContain("two markets in one file")
  })

  test("one bad print is no other market", async () => {
    const spoilt = rows()
    spoilt[9] = spoilt[9].replace(/,\d+,\d+,\d+,\d+,/, ",9000,9001,8999,9000,")
    expect(await read(spoilt)).not.toContain("jumps")
  })
})

const named = (name: string, value: (at: number) => string, times = 1) => [
  HEADER.replace("time", `time,${name}`),
  ...rows(times, (timeMs, at) => `${timeMs},${value(at)}`),
]

describe("a column of text that names markets, whatever its name", () => {
  test.each(["product_id", "product", "token", "base", "exchange_symbol", "whatever"])("%s", async (name) => {
    const file = named(name, (at) => (at < 15 ? "BTC-USD" : "ETH-USD"))
    expect(await read(file)).toContain(`Row 17: the column "${name}" changes from "BTC-USD" to "ETH-USD"`)
    expect(await read(file, { market: "ETH-USD" })).toContain("15 rows of other markets were left out.")
  })

  test.each([
    ["contract", "ESH19", "ESM19"],
    ["Expiry", "2019-03", "2019-06"],
    ["expiration date", "2019-03-15", "2019-06-21"],
    ["contract_month", "201903", "201906"],
    ["Maturity", "Mar 2019", "Jun 2019"],
  ])("a future that rolls is asked about by its %s", async (name, first, second) => {
    const file = named(name, (at) => (at < 15 ? first : second))
    expect(await read(file)).toContain(`Row 17: the column "${name}" changes from "${first}" to "${second}"`)
  })

  test("words that change where the price breaks are asked about, words that change elsewhere are not", async () => {
    expect(await read(named("note", (at) => (at < 15 ? "first coin" : "second coin"), 1.7))).toContain(
      'changes from "first coin" to "second coin"',
    )
    expect(await read(named("note", (at) => (at < 15 ? "calm" : "wild")))).toMatch(/^read: /)
    expect(await read(named("weekday", (at) => ["Mon", "Tue", "Wed"][at % 3]))).toMatch(/^read: /)
    expect(await read(named("signal", (at) => (at % 5 === 0 ? "BUY" : "SELL")))).toMatch(/^read: /)
  })
})

describe("a column of numbers that names markets", () => {
  test.each(["id", "token", "instrument_id", "conid", "exchange_token"])("%s", async (name) => {
    const file = named(name, (at) => (at < 15 ? "256265" : "260105"))
    expect(await read(file)).toContain(`Row 17: the column "${name}" changes from "256265" to "260105"`)
    expect(await read(file, { market: "260105" })).toContain("15 rows of other markets were left out.")
  })

  test("of the same times twice one is to be chosen", async () => {
    const twice = (name: string) => [
      HEADER.replace("time", `time,${name}`),
      ...rows().map((row) => row.replace(",", ",1,")),
      ...rows(0.9).map((row) => row.replace(",", ",1027,")),
    ]
    expect(await read(twice("id"))).toContain('changes from "1" to "1027": the file holds 2 markets; say which one.')
    const because = await read(twice("what"))
    expect(because).toContain('The column "what" holds "1", "1027": if these are several markets, say which one.')
    expect(because).not.toContain("keep the right one")
  })

  test("of an unknown name, where the price breaks", async () => {
    expect(await read(named("number", (at) => (at < 15 ? "7" : "9"), 1.7))).toContain('changes from "7" to "9"')
    expect(await read(named("number", (at) => (at < 15 ? "7" : "9"), 1.2))).toMatch(/^read: /)
  })

  test("row numbers, years and signals name none", async () => {
    expect(await read(named("id", String))).toMatch(/^read: /)
    expect(await read(named("signal", (at) => String((at >> 2) % 2)))).toMatch(/^read: /)
    const [first, last] = [rows().slice(0, 15), rows().slice(15)]
    const years = [...last.map((row) => row.replace(",", ",2025,")), ...first.map((row) => row.replace(",", ",2024,"))]
    expect(await read([HEADER.replace("time", "time,year"), ...years])).toMatch(/^read: /)
  })
})

describe("what exporters mean", () => {
  test("the seventh cell in Bybit's order is money, not a number of trades", async () => {
    const bybit = await readCandleFile(
      new Blob([
        rows()
          .map((row) => `${row},${7 * Number(row.split(",")[1])}`)
          .join("\n"),
      ]).stream(),
    )
    expect(bybit.ok && Object.keys(bybit.candles.extra ?? {})).toEqual(["turnover"])
    const kraken = await readCandleFile(
      new Blob([
        rows()
          .map((row) => `${row},3`)
          .join("\n"),
      ]).stream(),
    )
    expect(kraken.ok && Object.keys(kraken.candles.extra ?? {})).toEqual(["tradeCount"])
  })

  test("Interactive Brokers' volume of -1 means that there is none", async () => {
    expect(await read([HEADER, ...rows().map((row) => row.replace(/,7$/, ",-1"))])).toContain("30 rows have no volume")
  })

  test("days that a spreadsheet turned round are refused with that cause", async () => {
    const dates = Array.from({ length: 40 }, (_, at) => new Date(START_MS + at * 24 * HOUR_MS))
    const shown = dates.map((date) => {
      const [day, month] = [date.getUTCDate(), date.getUTCMonth() + 1].map((part) => String(part).padStart(2, "0"))
      return `${Number(day) <= 12 ? `${month}/${day}` : `${day}/${month}`}/2024,100,101,99,100,7`
    })
    expect(await read([HEADER, ...shown])).toContain(
      'a spreadsheet turned day and month of the date "03/04/2024" round',
    )
  })

  test("of two early days of a month the order that leaves no hole is taken", async () => {
    const dukascopy = (timeMs: number) => {
      const [day, clock] = new Date(timeMs).toISOString().split("T")
      return `${day.split("-").toReversed().join(".")} ${clock.slice(0, 8)}.000`
    }
    expect(await read([HEADER, ...rows(1, dukascopy)])).toMatch(/^read: .*its dates have the day first/)
  })

  test("a month's name makes a year of two digits clear", async () => {
    const answer = await readCandleFile(
      new Blob([[HEADER, "04-Mar-24,1,2,1,2,7", "05-Mar-24,1,2,1,2,7", "06-Mar-24,1,2,1,2,7"].join("\n")]).stream(),
    )
    expect(answer.ok && [...answer.candles.openTimeMs]).toEqual([0, 1, 2].map((day) => START_MS + day * 24 * HOUR_MS))
  })
})
