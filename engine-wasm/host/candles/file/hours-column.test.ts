import { describe, expect, test } from "vitest"
import { HOUR_MS, MINUTE_MS } from "../timeframe.ts"
import { readCandleFile } from "./candle-file.ts"

const START_MS = Date.UTC(2024, 0, 2)

/** Candles of a day's first `count` steps, each with its day and time of day in cells of their own. */
function file(header: string, count: number, clockOf: (at: number) => string, stepMs = HOUR_MS): string {
  const rows = Array.from({ length: count }, (_, at) => {
    const day = new Date(START_MS + at * stepMs).toISOString().slice(0, 10)
    return `${day},${clockOf(at)},${100 + at},${102 + at},${99 + at},${101 + at},7`
  })
  return [...(header === "" ? [] : [`${header},open,high,low,close,volume`]), ...rows].join("\n")
}

const read = (text: string) => readCandleFile(new Blob([text]).stream())
const twoDigits = (at: number) => String(at % 24).padStart(2, "0")
const oneOrTwo = (at: number) => String(at % 24)
const steps = (count: number, stepMs: number) => Array.from({ length: count }, (_, at) => START_MS + at * stepMs)

describe("times of day of one or two digits are hours", () => {
  test.each<[string, (at: number) => string]>([
    ["date,hour", oneOrTwo],
    ["Date,Hour", twoDigits],
    ["<DATE>,<TIME>", twoDigits],
    ["date,hr", twoDigits],
    ["", twoDigits],
  ])("under %j", async (header, clockOf) => {
    for (const count of [5, 60]) {
      const answer = await read(file(header, count, clockOf))
      expect(answer.ok && [...answer.candles.openTimeMs]).toEqual(steps(count, HOUR_MS))
      expect(answer.ok && answer.notes.join(" ")).toContain("one or two digits, were taken as hours")
    }
  })

  test("also of one digit under any name, on several days", async () => {
    const answer = await read(file("date,time", 60, oneOrTwo))
    expect(answer.ok && [...answer.candles.openTimeMs]).toEqual(steps(60, HOUR_MS))
  })

  test("but on one day they may be minutes too, and are refused", async () => {
    const answer = await read(file("date,time", 20, oneOrTwo))
    expect(answer).toMatchObject({ row: 2, because: expect.stringContaining("may show an hour or a minute") })
  })

  test("beside longer ones they are minutes of the same clock", async () => {
    const unpadded = (at: number) => String(Math.floor((at * 5) / 60) * 100 + ((at * 5) % 60))
    const answer = await read(file("date,time", 100, unpadded, 5 * MINUTE_MS))
    expect(answer.ok && [...answer.candles.openTimeMs]).toEqual(steps(100, 5 * MINUTE_MS))
  })

  test("hours from 1 to 24 are refused, for nothing shows when they open", async () => {
    const answer = await read(file("date,hour", 24, (at) => String(at + 1)))
    expect(answer).toMatchObject({ row: 25, because: expect.stringContaining("the hour 24 is on no clock") })
  })
})

describe("a time that is taken apart further is refused with the cause", () => {
  test.each([
    [
      "year,month,day,open,high,low,close,volume",
      "2024,1,2",
      'the columns "year", "month", "day" hold the parts of a date',
    ],
    ["Year,Month,Day,Hour,open,high,low,close,volume", "2024,1,2,0", "hold the parts of a date"],
    ["date,hour,minute,open,high,low,close,volume", "2024-01-02,0,30", '"hour", "minute" hold the parts of a time'],
    ["date,open,high,low,close,volume", "02012024", "may have the day or the month first, without anything between"],
  ])("%s", async (header, cells, because) => {
    const answer = await read([header, `${cells},1,3,1,2,5`, `${cells},1,3,1,2,6`].join("\n"))
    expect(answer).toMatchObject({ ok: false, because: expect.stringContaining(because) })
  })

  test("beside a whole time, its parts are columns like others", async () => {
    const rows = [0, 1, 2].map((at) => `2024-01-02 0${at}:00,2024,1,${at},0,1,3,1,2,5`)
    const answer = await read(["datetime,year,month,hour,minute,open,high,low,close,volume", ...rows].join("\n"))
    expect(answer.ok && Object.keys(answer.candles.extra)).toEqual(["year", "month", "hour", "minute"])
  })
})
