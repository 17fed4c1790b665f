import { describe, expect, test } from "vitest"
import { HOUR_MS } from "../timeframe.ts"
import { readCandleFile, type CandleFileOptions } from "./candle-file.ts"

const START_MS = Date.UTC(2024, 0, 2)
const ROWS = 8

/** Hours whose times show the clock of a place `ahead` hours ahead of UTC; `beside`: what the second column holds. */
function file(header: string, ahead: number, beside?: string): string {
  const rows = Array.from({ length: ROWS }, (_, at) => {
    const shown = new Date(START_MS + (at + ahead) * HOUR_MS).toISOString().slice(0, 19).replace("T", " ")
    return `${[shown, ...(beside === undefined ? [] : [beside])].join(",")},100,102,99,101,7`
  })
  return [`${header},open,high,low,close,volume`, ...rows].join("\n")
}

async function read(text: string, options?: CandleFileOptions) {
  const answer = await readCandleFile(new Blob([text]).stream(), options)
  if (!answer.ok) return answer.because
  expect([...answer.candles.openTimeMs]).toEqual(Array.from({ length: ROWS }, (_, at) => START_MS + at * HOUR_MS))
  return `read: ${answer.notes.join(" ")}`
}

describe("a zone in the header is read", () => {
  test.each([
    ["Time (EET)", 2, "EET"],
    ["Date (America/New_York)", -5, "America/New_York"],
    ["Time (UTC+5)", 5, "UTC+5"],
    ["Time (UTC +5:30)", 5.5, "UTC +5:30"],
    ["Date Time EST", -5, "EST"],
    ["timestamp_jst", 9, "jst"],
    ["Date_America/New_York", -5, "America/New_York"],
    ["datetime -03:00", -3, "-03:00"],
    ["time [GMT+2]", 2, "GMT+2"],
  ])("%s", async (header, ahead, name) => {
    expect(await read(file(header, ahead))).toContain(`read: Its times were taken as those of "${name}"`)
  })

  test.each(["Time (New York)", "Exchange time"])("a note quotes %s, which may mean one", async (header) => {
    expect(await read(file(header, 0))).toContain(`Its times, under "${header}", name no zone that is known`)
  })

  test.each(["Time (UTC)", "date_utc", "Gmt time", "UTC Time"])("%s needs no note", async (header) => {
    expect(await read(file(header, 0))).toBe("read: ")
  })

  test.each(["Time (IST)", "Date (CST)", "datetime_bst", "Time (ET)"])("%s is refused, and asked", async (header) => {
    const because = await read(file(header, -6))
    expect(because).toMatch(/^Row 1: the header names a zone, "\w+", that is not known or means several/)
    expect(await read(file(header, -6), { zone: "-06:00" })).toMatch(/its times were taken as those of -06:00/)
  })

  test("a day and a time of day with zones in their names belong together", async () => {
    const rows = Array.from({ length: ROWS }, (_, at) => `2024-01-02,${String(at + 2).padStart(2, "0")}:00,1,3,1,2,5`)
    const text = ["Date (EET),Time (EET),open,high,low,close,volume", ...rows].join("\n")
    expect(await read(text)).toContain('taken as those of "EET"')
  })
})

describe("a zone in a column is read", () => {
  test.each([
    ["timezone", "America/New_York", -5],
    ["utc_offset", "-05:00", -5],
    ["utcoffset", "+0530", 5.5],
    ["gmtoffset", "-18000", -5],
    ["tz", "EST", -5],
    ["zone", "Asia/Tokyo", 9],
    ["offset", "+05:30", 5.5],
  ])("%s %s", async (name, value, ahead) => {
    expect(await read(file(`time,${name}`, ahead, value))).toBe("read: ")
  })

  test("a number or another word under such a name is a column like others", async () => {
    const note = "Its times name no zone and were taken as UTC."
    expect(await read(file("time,offset", 0, "5.5"))).toBe(`read: ${note}`)
    expect(await read(file("time,zone", 0, "demand"))).toContain('"zone" holds text')
  })

  test("beside numbers since 1970 zones that change with summer are no markets", async () => {
    const rows = Array.from(
      { length: ROWS },
      (_, at) => `${START_MS + at * HOUR_MS},${at < 4 ? "EST" : "EDT"},1,3,1,2,5`,
    )
    expect(await read(["time,timezone,open,high,low,close,volume", ...rows].join("\n"))).toBe("read: ")
  })

  test("one that means several is refused", async () => {
    expect(await read(file("time,timezone", 0, "IST"))).toContain('names a zone, "IST", that is not known')
  })

  test("two zones in one file are each their own", async () => {
    const rows = ["2024-01-02 00:00,UTC", "2024-01-02 02:00,+01:00", "2024-01-02 02:00,UTC"].map(
      (time) => `${time},1,3,1,2,5`,
    )
    const answer = await readCandleFile(new Blob([["time,tz,open,high,low,close,volume", ...rows].join("\n")]).stream())
    expect(answer.ok && [...answer.candles.openTimeMs].map((time) => (time - START_MS) / HOUR_MS)).toEqual([0, 1, 2])
  })
})
