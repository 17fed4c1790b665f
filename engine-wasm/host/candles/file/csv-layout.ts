import type { CandleColumnName } from "../candles.ts"
import { quoted } from "../foreign-text.ts"
import { meansNothing } from "./csv-cell-defect.ts"
import { isDatedDigits, shownTimeFrom, timeOfDayFrom } from "./csv-date.ts"
import { STEADY_ROWS } from "./csv-keys.ts"
import { headerFrom, type Header, type KeyColumn } from "./csv-header.ts"
import type { BareColumns } from "./csv-headerless.ts"
import type { CsvMapping } from "./csv-mapping.ts"
import { zoneOfCell, zoneOfHeader, type NamedZone } from "./csv-header-zone.ts"
import { hourNames, marketIdNames, openTimeNames, plainName, timeOfDayNames } from "./csv-names.ts"
import { isNumeric, startsWithMoney, type NumberStyle } from "./csv-number-style.ts"
import { isCompactDay } from "./csv-spoilt-time.ts"

/** What a header says about its times: their unit, that digits are hours, the zone they are of, or a name that may mean one. */
export type TimesSaid = {
  milliseconds?: boolean
  /** Numbers of 10, 12 or 14 digits are a day and its time. */
  dated?: boolean
  hours?: boolean
  zone?: NamedZone
  unusualName?: string
}

/** Which cell of a row feeds what. */
export type CsvLayout = {
  separator: number
  /** The header lines; concatenated files repeat them. Empty without a header. */
  header: string[][]
  cellCount: number
  /** A volume that the file does not have is cell -1. */
  cells: Record<CandleColumnName, number>
  /** The day's cell when the time cell holds only the time of day, as MetaTrader writes. */
  dayCell?: number
  /** The cell with the zone of the row's time. */
  zoneCell?: number
  /** The volume to use where the other is zero throughout, by its name among `extras`. */
  tickVolume?: string
  extras: { name: string; cell: number }[]
  /** Where the volume stands in two columns, the second one's cell. */
  volumePlus?: number
  /** Columns that say which market or kind a row belongs to. */
  keys: KeyColumn[]
  /** Columns of numbers that may say it too. */
  ids: KeyColumn[]
  /** The header itself says which market the rows belong to. */
  namesMarket: boolean
  /** Other columns that hold text, judging by the first rows: they are left out. */
  texts: { name: string; cell: number }[]
  style: NumberStyle
  timesSaid: TimesSaid
  notes: string[]
}

/** The note for a file without a volume. */
export const NO_VOLUME = "The file has no volume: it was taken as 0, and rules that use it will not work."

type Table = { separator: number; style: NumberStyle; rows: string[][] }

/** A layout from the columns' names and, where names are ambiguous, from the first rows. */
export function layoutOfHeader(header: Header, lines: string[][], { separator, style, rows }: Table): CsvLayout {
  const { texts, keys, prices } = header
  const { time, day } = timeCellsOf(header, rows)
  const volume = header.volume
  const cells = { openTimeMs: time, ...prices, volume }
  const isShown = most(
    rows.map((row) => row[day ?? time] ?? ""),
    (cell) => shownTimeFrom(cell) !== undefined,
  )
  const isText = (cell: number) => holdsText(rows.map((row) => row[cell] ?? ""))
  const named = zoneCellOf(header, rows)
  // Beside numbers since 1970 a zone's name says nothing, and no market either.
  const zoneCell = named !== undefined && (isShown || isText(named)) ? named : undefined
  const used = new Set(
    [...Object.values(cells), ...keys.map(({ cell }) => cell), day, zoneCell, header.volumePlus].filter(
      (cell) => cell !== undefined,
    ),
  )
  const further = namedExtras(texts, used)
  const tick = further.find(({ cell }) => cell === header.tickVolume && cell !== volume)
  return {
    separator,
    header: lines,
    cellCount: cellCountOf(lines[0], rows),
    cells,
    dayCell: day,
    zoneCell,
    tickVolume: tick?.name,
    volumePlus: header.volumePlus,
    extras: further.filter(({ cell }) => !isText(cell)),
    keys,
    ids: idsAmong(
      further.filter(({ cell }) => !isText(cell)),
      texts,
      rows,
    ),
    namesMarket: header.namesMarket,
    texts: further.filter(({ cell }) => isText(cell)),
    style,
    timesSaid: { ...timesSaid(texts, { time, day, isShown }), dated: areDated(rows, time) },
    notes: [...styleNote(style), ...volumeNote(header, rows), ...midNote(header), ...numberedNote(texts, further)],
  }
}

/** A layout of rows without a header. */
export function layoutOfBare(columns: BareColumns, of: string, { separator, style, rows }: Table): CsvLayout {
  const { time, day, prices, volume, tickVolume, keys } = columns
  const tick = tickVolume >= 0 ? [{ name: "tickVolume", cell: tickVolume }] : []
  const isHistData = of === "plain" && /^\d{8} \d{6}$/.test(rows[0][time])
  return {
    separator,
    header: [],
    cellCount: rows[0].at(-1) === "" ? rows[0].length - 1 : rows[0].length,
    cells: { openTimeMs: time, ...prices, volume },
    dayCell: day,
    tickVolume: tick[0]?.name,
    extras: [...columns.extras, ...tick],
    keys,
    ids: [],
    namesMarket: false,
    texts: [],
    style,
    timesSaid: { dated: areDated(rows, time) },
    notes: [...bareNote(isHistData ? "HistData" : of), ...styleNote(style)],
  }
}

/** A layout as the user chose it. */
export function layoutOfMapping(
  { hasHeader, cells }: CsvMapping,
  first: string[],
  { separator, style }: Table,
): CsvLayout {
  return {
    separator,
    header: hasHeader ? [first] : [],
    cellCount: first.length,
    cells,
    extras: hasHeader ? namedExtras(first, new Set(Object.values(cells))) : [],
    keys: [],
    ids: [],
    namesMarket: false,
    texts: [],
    style,
    timesSaid: {},
    notes: ["Its columns were read as you chose.", ...styleNote(style)],
  }
}

/** Which column of a table with typed columns, such as a Feather file, feeds what, by their names alone. */
export function columnsByName(
  names: string[],
):
  | { ok: true; cells: CsvLayout["cells"]; extras: CsvLayout["extras"]; keys: KeyColumn[] }
  | { ok: false; because: string } {
  const answer = headerFrom(names)
  if (!answer.ok) return answer
  const { prices, timeCells, volume, keys } = answer.header
  const cells = { openTimeMs: timeCells[0], ...prices, volume }
  return {
    ok: true,
    cells,
    extras: namedExtras(names, new Set([...Object.values(cells), ...keys.map(({ cell }) => cell)])),
    keys,
  }
}

/** Whole numbers that stay the same for many rows, judging by the first ones, or that markets' names are above. */
function idsAmong(further: { name: string; cell: number }[], texts: string[], rows: string[][]): KeyColumn[] {
  return further.flatMap(({ name, cell }): KeyColumn[] => {
    if (marketIdNames.includes(plainName(texts[cell]))) return [{ name, cell, kind: "id" }]
    const cells = rows.map((row) => row[cell] ?? "")
    const changes = cells.filter((text, at) => at > 0 && text !== cells[at - 1]).length
    const isSteady = changes * STEADY_ROWS <= cells.length && cells.every((text) => /^\d+$/.test(text))
    return isSteady ? [{ name, cell, kind: "number" }] : []
  })
}

/** No first rows of numbers since 1970 all look like days on the calendar. */
function areDated(rows: string[][], time: number): boolean {
  const cells = rows.map((row) => row[time] ?? "").filter((cell) => /^\d+$/.test(cell))
  return cells.length > 0 && cells.every(isDatedDigits)
}

const usualTimeNames = new Set(
  [...openTimeNames, ...timeOfDayNames, "", "index"].filter((name) => name !== "localtime"),
)

function zoneCellOf({ zoneCell, perhapsZoneCell }: Header, rows: string[][]): number | undefined {
  if (zoneCell >= 0) return zoneCell
  const isZone = (text: string) => text === "" || (/[A-Za-z:]/.test(text) && zoneOfCell(text)?.zone !== undefined)
  return perhapsZoneCell >= 0 && rows.every((row) => isZone(row[perhapsZoneCell] ?? "")) ? perhapsZoneCell : undefined
}

function timesSaid(texts: string[], { time, day, isShown }: TimeCells & { isShown: boolean }): TimesSaid {
  const names = [texts[time], texts[day ?? time]]
  const [zone] = names.flatMap((name) => zoneOfHeader(name) ?? [])
  return {
    milliseconds: day === undefined && plainName(texts[time]).endsWith("ms"),
    hours: hourNames.includes(plainName(texts[time])),
    zone: isShown ? zone : undefined,
    unusualName: names.find((name) => !usualTimeNames.has(plainName(name))),
  }
}

/** Cells after the last name are an unnamed column only where rows fill them. */
function cellCountOf(header: string[], rows: string[][]): number {
  const isFull = rows.some((row) => row.length === header.length && row.at(-1) !== "")
  return isFull ? header.length : header.findLastIndex((text) => text !== "") + 1
}

type TimeCells = { time: number; day?: number }

/** The likeliest column with times in most of the first rows; with the time-of-day column, where that is separate. */
function timeCellsOf({ texts, timeCells, dayCells, timeOfDayCells }: Header, rows: string[][]): TimeCells {
  const column = (cell: number) => rows.map((row) => row[cell] ?? "")
  for (const time of timeCells) {
    if (plainName(texts[time]).endsWith("ms")) return { time }
    if (!most(column(time), isMoment)) continue
    const isDay = dayCells.includes(time) && most(column(time), isDayAlone)
    const clock = isDay ? timeOfDayCells.find((cell) => cell !== time && most(column(cell), isClock)) : undefined
    return clock === undefined ? { time } : { time: clock, day: time }
  }
  return { time: timeCells[0] }
}

function most(cells: string[], holds: (cell: string) => boolean): boolean {
  return cells.filter(holds).length * 2 > cells.length
}

const LEAST_TIME = 1e8

function isMoment(cell: string): boolean {
  return Number(cell) >= LEAST_TIME || shownTimeFrom(cell) !== undefined
}

function isDayAlone(cell: string): boolean {
  return isCompactDay(Number(cell)) || shownTimeFrom(cell)?.hasTimeOfDay === false
}

function isClock(cell: string): boolean {
  return timeOfDayFrom(cell) !== undefined
}

/** Whether a column begins with words. */
function holdsText(cells: string[]): boolean {
  const first = cells.find((cell) => !meansNothing(cell))
  return first !== undefined && !isNumeric(first) && !/^(?:true|false)$/i.test(first)
}

/** The other columns by names that formulas can use; of several with one name the second becomes name_2. */
function namedExtras(texts: string[], used: ReadonlySet<number>): { name: string; cell: number }[] {
  const taken = new Set<string>()
  return texts.flatMap((text, cell) => {
    const plain = extraName(text)
    if (used.has(cell) || plain === "") return []
    let name = plain
    for (let n = 2; taken.has(name); n++) name = `${plain}_${n}`
    taken.add(name)
    return [{ name, cell }]
  })
}

/** A header cell as a name formulas can use: letters, digits and _, not starting with a digit. */
function extraName(text: string): string {
  const name = text
    .replace(/^[^A-Za-z0-9_]+|[^A-Za-z0-9_]+$/g, "")
    .replace(/[^A-Za-z0-9_]+/g, "_")
    .replace(/^(?=\d)/, "_")
  return name === "__proto__" ? "" : name.replace(/^_+$/, "")
}

function bareNote(of: string): string[] {
  if (of === "Binance") return []
  if (of === "plain" || of === "Kraken" || of === "Bybit")
    return ["There is no header; the columns were taken as open time, open, high, low, close, volume."]
  const clock = /^Meta|^Hist/.test(of) ? " MetaTrader's times are the broker's, HistData's are UTC−5 all year." : ""
  return [`There is no header; the columns were taken as ${of} writes them.${clock}`]
}

function styleNote(style: NumberStyle): string[] {
  return style === "comma" ? ["Its numbers have decimal commas."] : []
}

function midNote({ texts, prices, isMid }: Header): string[] {
  return isMid ? [`The prices were taken from ${quoted(texts[prices.open])} and its like, between bid and ask.`] : []
}

function volumeNote(header: Header, rows: string[][]): string[] {
  const { texts, volume, volumePlus, tickVolume, volumeIsMoney } = header
  if (volume < 0) return [NO_VOLUME]
  if (volumePlus !== undefined)
    return [`The volume is the sum of ${quoted(texts[volume])} and ${quoted(texts[volumePlus])}.`]
  if (
    volumeIsMoney ||
    most(
      rows.map((row) => row[volume] ?? ""),
      startsWithMoney,
    )
  )
    return [`The volume was taken from ${quoted(texts[volume])}, which counts money, not what was traded.`]
  return volume === tickVolume
    ? [`The volume was taken from ${quoted(texts[volume])}: how often the price changed.`]
    : []
}

function numberedNote(texts: string[], extras: { name: string; cell: number }[]): string[] {
  const numbered = extras.filter(({ name, cell }) => extraName(texts[cell]) !== name).map(({ name }) => name)
  return numbered.length === 0 ? [] : [`Columns of one name were numbered: ${numbered.join(", ")}.`]
}
