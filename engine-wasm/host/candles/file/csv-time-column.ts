import { quoted } from "../foreign-text.ts"
import { shownTimeFrom, timeOfDayFrom, type DateOrder, type ShownTime } from "./csv-date.ts"
import { isCompactDay, SMALLEST_TIME, spoiltText, spoiltTime } from "./csv-spoilt-time.ts"
import { millisecondsOf, timeUnitOf, type TimeUnit } from "./csv-time.ts"
import { DateReadings, type DateReading } from "./date-readings.ts"
import { zoneNamed, type Zone } from "./zone-offset.ts"

/**
 * The user's choices about a file's times where the file is ambiguous: whether day or month comes first, which zone
 * it is in.
 */
export type TimeChoices = { dates?: DateOrder; zone?: string }

/** Units that one file may mix: exporters changed from one to the other, and no number is both. */
const mixes: TimeUnit[][] = [
  ["seconds", "milliseconds"],
  ["milliseconds", "microseconds"],
]

/** A cell as a number, NaN when it is not one, and as text. */
export type TimeCell = { number: number; isDigits: boolean; textOf: () => string }

const utc: Zone = (shownMs) => [shownMs]

/** The times of a file's rows, read cell by cell: numbers since 1970, or dates in any spelling. */
export class CsvTimeColumn {
  readonly notes: string[] = []
  /** Dates, in every way they can be read; undefined while all times are numbers. */
  readings: DateReadings | undefined
  firstDate = ""
  private unit: TimeUnit | undefined
  private zones: "none" | "utc" | "other" | undefined
  private readonly saidZone: Zone | undefined
  private pending: { unit: TimeUnit; text: string; zones?: "none" | "utc" | "other" } = { unit: "dates", text: "" }

  constructor(
    private readonly millisecondsSaid: boolean,
    private readonly choices: TimeChoices = {},
  ) {
    this.unit = millisecondsSaid ? "milliseconds" : undefined
    this.saidZone = choices.zone === undefined ? undefined : zoneNamed(choices.zone)
  }

  /**
   * UTC ms of a row's time, or what is wrong with it as the end of a sentence: from the cell's number if it is one,
   * else from its text, which we read only when needed. `day`: the day's cell, where that is separate.
   */
  read({ number, isDigits, textOf }: TimeCell, day?: string): number | string {
    const isNumber = !Number.isNaN(number) && (this.millisecondsSaid || !isCompactDay(number))
    if (!isNumber) return this.readDate(textOf(), day)
    const isDoubtful = !isDigits || (number < SMALLEST_TIME && !this.millisecondsSaid)
    return (isDoubtful ? spoiltTime(number, textOf()) : undefined) ?? this.readNumber(number, textOf)
  }

  /** Keeps the row last read. */
  keep(row: number): void {
    const { unit, text, zones } = this.pending
    if (unit === "dates") this.readings!.keep(row, text)
    if (this.firstDate === "") this.firstDate = text
    if (this.unit !== unit) this.noteChange(row)
    this.unit = unit
    this.zones = this.zones === undefined || this.zones === "utc" ? zones : this.zones
  }

  private noteChange(row: number): void {
    const { unit, zones } = this.pending
    if (unit === "dates" && zones === "none")
      this.notes.push(
        this.saidZone === undefined
          ? "Its times name no zone and were taken as UTC."
          : `Its times name no zone and were taken as those of ${this.choices.zone}, as you chose.`,
      )
    const isPeoples = this.unit === "seconds" || unit === "seconds"
    if (this.unit !== undefined && !this.millisecondsSaid && isPeoples)
      this.notes.push(`Its times change from ${this.unit} to ${unit} at row ${row}.`)
  }

  private readNumber(number: number, textOf: () => string): number | string {
    if (!Number.isFinite(number)) return `the time ${quoted(textOf())} is too large for any unit.`
    const unit = this.millisecondsSaid && number < 1e14 ? "milliseconds" : timeUnitOf(number)
    const before = this.unit ?? unit
    const agrees = before === unit || mixes.some((pair) => pair.includes(before) && pair.includes(unit))
    if (!agrees) return `the time ${number} is in ${unit}, the rows before it in ${before}.`
    this.pending = { unit, text: "" }
    return millisecondsOf(number, unit)
  }

  private readDate(text: string, day: string | undefined): number | string {
    const whole = day === undefined ? text : `${day} ${text}`.trim()
    if (whole === "") return "the time is empty."
    const shown = shownTimeFrom(day ?? text)
    const clock = day === undefined ? { hoursAndMinutesMs: 0, withSecondsMs: 0 } : timeOfDayFrom(text)
    if (shown === undefined || clock === undefined)
      return (
        spoiltText(day ?? text) ?? `the time ${quoted(whole)} is neither a number nor a date like 2024-01-31 10:00.`
      )
    if (this.unit !== undefined && this.unit !== "dates")
      return `the time ${quoted(whole)} is a date, the rows before it are in ${this.unit}.`
    const zones = shown.zone === undefined ? "none" : /^(?:Z|UTC|GMT|[+-]00:?00)$/i.test(shown.zone) ? "utc" : "other"
    const both = [this.zones, zones]
    if (both.includes("none") && (both.includes("other") || (both.includes("utc") && this.saidZone !== undefined)))
      return `the time ${quoted(whole)} names ${zones === "none" ? "no" : "a"} zone, unlike the rows before it.`
    const zone = shown.zone === undefined ? (this.saidZone ?? utc) : zoneNamed(shown.zone)
    if (zone === undefined)
      return `the time ${quoted(whole)} names a zone, ${quoted(shown.zone)}, that is not known or means several; write it as +02:00 or Europe/Berlin.`
    this.readings ??= new DateReadings(this.waysToRead(shown, clock, day === undefined ? "" : text))
    const timeMs = this.readings.read(({ order, digits }) => {
      const dayMs = order === "day-first" ? shown.dayFirstMs : shown.monthFirstMs
      const clockMs = digits === "with-seconds" ? clock.withSecondsMs : clock.hoursAndMinutesMs
      return Number.isNaN(dayMs + clockMs) ? [] : zone(dayMs + clockMs)
    })
    this.pending = { unit: "dates", text: whole, zones }
    return Number.isNaN(timeMs) ? this.senseless(whole, shown, clock) : timeMs
  }

  /** By the first row: where it is clear, later ones may not differ. */
  private waysToRead(shown: ShownTime, clock: ClockReadings, clockText: string): DateReading[] {
    const { dates } = this.choices
    const orders: DateOrder[] =
      dates !== undefined ? [dates] : shown.isEither ? ["day-first", "month-first"] : ["day-first"]
    const isDigits = /^\d+$/.test(clockText)
    const digits = isDigits ? (["hours-and-minutes", "with-seconds"] as const) : (["hours-and-minutes"] as const)
    return orders.flatMap((order) => digits.map((each) => ({ order, digits: each })))
  }

  private senseless(whole: string, shown: ShownTime, clock: ClockReadings): string {
    const exists = (ms: number) => !Number.isNaN(ms)
    const clockExists = exists(clock.hoursAndMinutesMs) || exists(clock.withSecondsMs)
    if (!(exists(shown.dayFirstMs) || exists(shown.monthFirstMs)) || !clockExists)
      return `the time ${quoted(whole)} does not exist on any calendar or clock.`
    const isSkipped = !shown.isEither || (exists(shown.dayFirstMs) && exists(shown.monthFirstMs))
    if (isSkipped)
      return `the time ${quoted(whole)} is one that the clocks of ${quoted(shown.zone ?? this.choices.zone)} skip; in which zone are the file's times?`
    const order: DateOrder = exists(shown.dayFirstMs) ? "day-first" : "month-first"
    const [first, other] = order === "day-first" ? ["day", "month"] : ["month", "day"]
    const ended = this.readings?.ended(order)
    const why =
      ended === undefined
        ? `you said that the ${other} comes first`
        : `row ${ended.row} (${quoted(ended.text)}) the ${other}`
    return `the date ${quoted(whole)} has the ${first} first, ${why}.`
  }
}

type ClockReadings = NonNullable<ReturnType<typeof timeOfDayFrom>>
