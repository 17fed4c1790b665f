import { quoted } from "../foreign-text.ts"
import { zoneOfCell } from "./csv-header-zone.ts"
import type { TimesSaid } from "./csv-layout.ts"
import {
  isDatedDigits,
  shownTimeFrom,
  timeOfDayFrom,
  type ClockReadings,
  type DateOrder,
  type ShownTime,
} from "./csv-date.ts"
import { areDigits, numberFromBytes, textFromBytes } from "./csv-number.ts"
import { sameDayAs, type SameDay } from "./csv-same-day.ts"
import { isCompactDay, SMALLEST_TIME, spoiltText, spoiltTime } from "./csv-spoilt-time.ts"
import { millisecondsOf, timeUnitOf, type TimeUnit } from "./csv-time.ts"
import { DateReadings, waysToReadDigits, type DateReading } from "./date-readings.ts"
import { zoneNamed, type Zone } from "./zone-offset.ts"

/**
 * The user's choices about a file's times where the file is ambiguous: whether day or month comes first, which zone
 * it is in.
 */
export type TimeChoices = { dates?: DateOrder; zone?: string }

/** What other cells of a row say about its time: the day, the zone. */
type TimeBeside = { day?: string; zone?: string }

/** Units that one file may mix: exporters changed from one to the other, and no number is both. */
const mixes: TimeUnit[][] = [
  ["seconds", "milliseconds"],
  ["milliseconds", "microseconds"],
]

/** The time of the row last read, until it is kept. `date`: one in a single cell, which the next ones may be like. */
type Pending = {
  unit: TimeUnit
  textOf: () => string
  zones?: "none" | "utc" | "other"
  date?: SameDay
  clock?: string
}

const noClock: ClockReadings = { hoursMs: 0, hoursAndMinutesMs: 0, withSecondsMs: 0 }
const utc: Zone = (shownMs) => [shownMs]
const noText = () => ""
/** A file of numbers needs no object for each. */
const pendingNumber = {
  seconds: { unit: "seconds", textOf: noText },
  milliseconds: { unit: "milliseconds", textOf: noText },
  microseconds: { unit: "microseconds", textOf: noText },
  nanoseconds: { unit: "nanoseconds", textOf: noText },
} as const

/** The times of a file's rows, read cell by cell: numbers since 1970, or dates in any spelling. */
export class CsvTimeColumn {
  readonly notes: string[] = []
  /** Dates, in every way they can be read; undefined while all times are numbers. */
  readings: DateReadings | undefined
  firstDate = ""
  /** The first row whose time of day, in a cell of its own, is 24 alone. */
  rowOf24: number | undefined
  /** Digits of a time of day are hours, by their name or a zero before one. */
  hoursShown: boolean
  private unit: TimeUnit | undefined
  private zones: "none" | "utc" | "other" | undefined
  private readonly saidZone: Zone | undefined
  private pending: Pending = { unit: "dates", textOf: noText }
  private sameDay: SameDay | undefined
  private lastZone: string | undefined
  private lastDay: { text: string; shown?: ShownTime } = { text: "" }

  constructor(
    private readonly said: TimesSaid = {},
    private readonly choices: TimeChoices = {},
  ) {
    this.hoursShown = said.hours === true
    this.unit = said.milliseconds ? "milliseconds" : undefined
    this.saidZone = choices.zone === undefined ? said.zone?.zone : zoneNamed(choices.zone)
  }

  /** UTC ms of a row whose cell is a number in the unit of the rows before it; undefined for any other. */
  readUsual(number: number): number | undefined {
    const { unit } = this
    if (unit === undefined || unit === "dates" || !(number >= SMALLEST_TIME) || timeUnitOf(number) !== unit)
      return undefined
    this.pending = pendingNumber[unit]
    return millisecondsOf(number, unit)
  }

  /**
   * UTC ms of a row's time, or what is wrong with it as the end of a sentence: from the number in bytes[start, end) if
   * it is one, else from their text, which we read only when needed. `beside`: the day and the zone, where they have cells of their own.
   */
  read(bytes: Uint8Array, start: number, end: number, beside: TimeBeside = {}): number | string {
    const { day, zone: ownZone } = beside
    if (ownZone !== this.lastZone) [this.lastZone, this.sameDay] = [ownZone, undefined]
    const textOf = () => textFromBytes(bytes, start, end)
    const shown = day === undefined ? this.sameDay?.read(bytes, start, end) : undefined
    const usual = shown === undefined ? Number.NaN : this.momentOf(shown, noClock, this.sameDay!.zone)
    if (!Number.isNaN(usual)) {
      this.pending = { unit: "dates", textOf, zones: this.sameDay!.zones }
      return usual
    }
    const number = day === undefined ? numberFromBytes(bytes, start, end) : Number.NaN
    const isNumber = !Number.isNaN(number) && (this.said.milliseconds || !this.isDated(number, textOf))
    if (!isNumber) return this.readDate(textOf(), beside, bytes.subarray(start, end))
    const isDoubtful = !areDigits(bytes, start, end) || (number < SMALLEST_TIME && !this.said.milliseconds)
    return (isDoubtful ? spoiltTime(number, textOf()) : undefined) ?? this.readNumber(number, textOf)
  }

  private isDated(number: number, textOf: () => string): boolean {
    return isCompactDay(number) || (this.said.dated === true && isDatedDigits(textOf()))
  }

  /** Keeps the row last read. */
  keep(row: number): void {
    const { unit, textOf, zones, date, clock } = this.pending
    if (unit === "dates") this.readings!.keep(row, textOf)
    if (this.firstDate === "") this.firstDate = textOf()
    if (this.unit !== unit) this.noteChange(row)
    if (clock === "24") this.rowOf24 ??= row
    if (clock !== undefined && /^0\d$/.test(clock)) this.hoursShown = true
    this.unit = unit
    this.zones = this.zones === undefined || this.zones === "utc" ? zones : this.zones
    this.sameDay = date ?? this.sameDay
  }

  private noteChange(row: number): void {
    const { unit, zones } = this.pending
    if (unit === "dates" && zones === "none") this.notes.push(...zoneNote(this.said, this.choices.zone))
    const isPeoples = this.unit === "seconds" || unit === "seconds"
    if (this.unit !== undefined && !this.said.milliseconds && isPeoples)
      this.notes.push(`Its times change from ${this.unit} to ${unit} at row ${row}.`)
  }

  private readNumber(number: number, textOf: () => string): number | string {
    if (!Number.isFinite(number)) return `the time ${quoted(textOf())} is too large for any unit.`
    const unit = this.said.milliseconds && number < 1e14 ? "milliseconds" : timeUnitOf(number)
    const before = this.unit ?? unit
    const agrees = before === unit || mixes.some((pair) => pair.includes(before) && pair.includes(unit))
    if (!agrees) return `the time ${number} is in ${unit}, the rows before it in ${before}.`
    this.pending = unit === "dates" ? this.pending : pendingNumber[unit]
    return millisecondsOf(number, unit)
  }

  private readDate(text: string, { day, zone: ownZone }: TimeBeside, cell: Uint8Array): number | string {
    const whole = day === undefined ? text : `${day} ${text}`.trim()
    if (whole === "") return "the time is empty."
    const shown = this.shownDay(day ?? text)
    const clock = day === undefined ? noClock : timeOfDayFrom(text)
    if (shown === undefined || clock === undefined)
      return (
        spoiltText(day ?? text) ?? `the time ${quoted(whole)} is neither a number nor a date like 2024-01-31 10:00.`
      )
    if (this.unit !== undefined && this.unit !== "dates")
      return `the time ${quoted(whole)} is a date, the rows before it are in ${this.unit}.`
    const named =
      shown.zone === undefined ? zoneOfCell(ownZone ?? "") : { name: shown.zone, zone: zoneNamed(shown.zone) }
    const zones = named === undefined ? "none" : /^(?:Z|UTC|GMT|[+-]00:?00)$/i.test(named.name) ? "utc" : "other"
    const both = [this.zones, zones]
    if (both.includes("none") && (both.includes("other") || (both.includes("utc") && this.saidZone !== undefined)))
      return `the time ${quoted(whole)} names ${zones === "none" ? "no" : "a"} zone, unlike the rows before it.`
    const zone = named === undefined ? (this.saidZone ?? utc) : named.zone
    if (zone === undefined)
      return `the time ${quoted(whole)} names a zone, ${quoted(named?.name)}, that is not known or means several; write it as +02:00 or Europe/Berlin.`
    this.readings ??= new DateReadings(this.waysToRead(shown, clock, day === undefined ? "" : text))
    const timeMs = this.momentOf(shown, clock, zone)
    const date = day === undefined ? sameDayAs(cell, text, { shown, zone, zones }) : undefined
    this.pending = { unit: "dates", textOf: () => whole, zones, date, clock: day === undefined ? undefined : text }
    return Number.isNaN(timeMs) ? this.senseless(whole, shown, clock) : timeMs
  }

  /** In the first reading that it makes sense in; NaN where it makes none. */
  private momentOf(shown: ShownTime, clock: ClockReadings, zone: Zone): number {
    return this.readings!.read(({ order, digits }) => {
      const dayMs = order === "day-first" ? shown.dayFirstMs : shown.monthFirstMs
      const clockMs = clock[clockReadings[digits]]
      return Number.isNaN(dayMs + clockMs) ? [] : zone(dayMs + clockMs)
    })
  }

  /** A day in a cell of its own is mostly that of the row before. */
  private shownDay(text: string): ShownTime | undefined {
    if (this.lastDay.text !== text) this.lastDay = { text, shown: shownTimeFrom(text) }
    return this.lastDay.shown
  }

  /** By the first row: where it is clear, later ones may not differ. */
  private waysToRead(shown: ShownTime, clock: ClockReadings, clockText: string): DateReading[] {
    const { dates } = this.choices
    const orders: DateOrder[] =
      dates !== undefined ? [dates] : shown.isEither ? ["day-first", "month-first"] : ["day-first"]
    const digits = /^\d+$/.test(clockText) ? waysToReadDigits : (["hours-and-minutes"] as const)
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

function zoneNote({ zone, unusualName }: TimesSaid, chosen: string | undefined): string[] {
  const ofHeader = zone?.name
  if (ofHeader === undefined && chosen === undefined)
    return unusualName === undefined
      ? ["Its times name no zone and were taken as UTC."]
      : [`Its times, under ${quoted(unusualName)}, name no zone that is known and were taken as UTC.`]
  if (ofHeader === undefined) return [`Its times name no zone and were taken as those of ${chosen}, as you chose.`]
  if (chosen !== undefined)
    return [`The header names the zone ${quoted(ofHeader)}; its times were taken as those of ${chosen}, as you chose.`]
  if (/^(?:UTC|GMT|Etc\/UTC)$/i.test(ofHeader)) return []
  const allYear = /^E[SD]T$|^P[SD]T$/i.test(ofHeader) ? " all year, without summer time" : ""
  return [`Its times were taken as those of ${quoted(ofHeader)}${allYear}, as the header says.`]
}

const clockReadings = {
  hours: "hoursMs",
  "hours-and-minutes": "hoursAndMinutesMs",
  "with-seconds": "withSecondsMs",
} as const
