import { quoted, quotedList } from "../foreign-text.ts"
import {
  columnNames,
  dayNames,
  hourNames,
  kindNames,
  marketNames,
  openTimeNames,
  otherTimeNames,
  perhapsZoneNames,
  plainName,
  timeOfDayNames,
  zoneNames,
} from "./csv-names.ts"
import { withoutZone } from "./csv-header-zone.ts"
import { volumeCells, type VolumeCells } from "./csv-volume-column.ts"

/**
 * A column that says which market or kind a row belongs to. "text" may say anything; an "id" is a number under a name
 * that markets have, a "number" any whole one that seldom changes.
 */
export type KeyColumn = { name: string; cell: number; kind: "market" | "kind" | "text" | "id" | "number" }

type PriceCells = Record<keyof typeof columnNames, number>

/** What the names of a table's columns say. */
export type Header = VolumeCells & {
  texts: string[]
  prices: PriceCells
  /** Columns that may hold the open time, the likeliest first. */
  timeCells: number[]
  dayCells: number[]
  timeOfDayCells: number[]
  /** A column with the zone of each row's time; -1: none. */
  zoneCell: number
  /** One that may hold it, if its cells are zones. */
  perhapsZoneCell: number
  /** The prices are those between bid and ask, which the file has as well. */
  isMid: boolean
  keys: KeyColumn[]
  /** Its names alone say which market the rows belong to. */
  namesMarket: boolean
}

/** Prices of several markets side by side, by what their names have beside "open" and "high". */
export type MarketsBeside = { names: string[] }

/** `because` ends the sentence "Row 1: …". */
export type HeaderOrRefusal = { ok: true; header: Header } | { ok: false; because: string; beside?: MarketsBeside }

const priceNames = ["open", "high", "low", "close"] as const

/** Which column of a header feeds what. `market`: which of several side-by-side markets to read. */
export function headerFrom(texts: string[], market?: string): HeaderOrRefusal {
  if (texts.length < 2)
    return { ok: false, because: "there is no candle header here; expected open_time_ms,open,high,low,close,volume." }
  const plain = plainNames(texts)
  const found = pricesFrom(texts, plain, market)
  if (!found.ok) return found
  const timeCells = openTimeCells(plain)
  const apart = timeApart(texts, plain, timeCells)
  if (apart !== undefined) return { ok: false, because: apart }
  if (timeCells.length === 0 && found.missing.length === 0)
    return { ok: false, because: `the header has no column "open_time_ms"${otherTimes(texts, plain)}.` }
  const missing = [...(timeCells.length === 0 ? ["open_time_ms"] : []), ...found.missing].map((name) => `"${name}"`)
  if (missing.length > 0) return { ok: false, because: `the header has no column ${missing.join(" and no ")}.` }
  const volume = volumeCells(plain, found.affix)
  const twice = secondOfAny(plain, [timeCells[0], volume.volume])
  if (twice >= 0 && plain[twice] !== "") return { ok: false, because: isTwice(texts[twice]) }
  return {
    ok: true,
    header: {
      texts,
      prices: found.prices,
      timeCells,
      dayCells: cellsNamed(plain, dayNames),
      timeOfDayCells: cellsNamed(plain, timeOfDayNames),
      isMid: found.isMid === true,
      zoneCell: cellNamed(plain, zoneNames),
      perhapsZoneCell: cellNamed(plain, perhapsZoneNames),
      keys: keysOf(texts, plain),
      namesMarket: found.affix !== undefined,
      ...volume,
    },
  }
}

/** The zone that a time's name says does not count, unless another column has the name that is left. */
function plainNames(texts: string[]): string[] {
  const whole = texts.map(plainName)
  const short = texts.map((text) => plainName(withoutZone(text)))
  const isTaken = (name: string, cell: number) => short.some((each, at) => at !== cell && each === name)
  return short.map((name, cell) => (name === "" || isTaken(name, cell) ? whole[cell] : name))
}

/** Whether a line has a word from candle headers, so that it is not a title above one. */
export function namesColumns(texts: string[]): boolean {
  const known = [...Object.values(columnNames).flat(), ...openTimeNames]
  return texts.some((text) => known.includes(plainName(text)))
}

type Prices = { ok: true; prices: PriceCells; missing: string[]; affix?: Affix; isMid?: boolean }
type Affix = (name: string) => string

function pricesFrom(
  texts: string[],
  plain: string[],
  market: string | undefined,
): Prices | Extract<HeaderOrRefusal, { ok: false }> {
  const cells = Object.fromEntries(priceNames.map((name) => [name, cellNamed(plain, columnNames[name])])) as PriceCells
  const missing = priceNames.filter((name) => cells[name] < 0)
  const twice = secondOfAny(plain, Object.values(cells))
  if (missing.length === 0 && twice >= 0) return { ok: false, because: isTwice(texts[twice]) }
  if (missing.length === 0) return { ok: true, prices: cells, missing }
  const groups = groupsBeside(texts, plain)
  const group = groups.length === 1 ? groups[0] : groups.find(({ name }) => name === market)
  if (group !== undefined) return { ok: true, prices: group.prices, missing: [], affix: group.affix }
  const mid = market === undefined ? groups.find(({ name }) => /^mid(?:point)?$/i.test(name)) : undefined
  if (mid !== undefined) return { ok: true, prices: mid.prices, missing: [], affix: mid.affix, isMid: true }
  if (groups.length === 0) return { ok: true, prices: cells, missing: [...missing] }
  const names = groups.map(({ name }) => name)
  return {
    ok: false,
    because: `the header names prices of ${names.length} markets side by side, ${quotedList(names)}; say which one.`,
    beside: { names },
  }
}

function secondOfAny(plain: string[], cells: number[]): number {
  const seconds = cells.map((cell) => (cell < 0 ? -1 : plain.indexOf(plain[cell], cell + 1)))
  return seconds.find((cell) => cell >= 0) ?? -1
}

function isTwice(text: string): string {
  return `the column ${quoted(text)} appears twice.`
}

type Group = { name: string; prices: PriceCells; affix: Affix }

/** "AAPL.Open, AAPL.High …", "Open_AAPL …", "BidOpen, …, AskOpen …": every word that all four names have in common. */
function groupsBeside(texts: string[], plain: string[]): Group[] {
  const groups = letterGroups(texts)
  plain.forEach((name, cell) => {
    const affix: Affix | undefined =
      name.length > 4 && name.endsWith("open")
        ? (each) => name.slice(0, -4) + each
        : name.length > 4 && name.startsWith("open")
          ? (each) => each + name.slice(4)
          : undefined
    if (affix === undefined) return
    const cells = priceNames.map((each) => plain.indexOf(affix(each)))
    if (cells.some((each) => each < 0) || groups.some(({ prices }) => prices.open === cells[0])) return
    groups.push({
      name: texts[cell].replace(/^[\W_]*open[\W_]*|[\W_]*open[\W_]*$/gi, "") || texts[cell],
      prices: Object.fromEntries(priceNames.map((each, at) => [each, cells[at]])) as PriceCells,
      affix,
    })
  })
  return groups
}

/** "mid.o, mid.h, mid.l, mid.c", as OANDA writes them. */
function letterGroups(texts: string[]): Group[] {
  return texts.flatMap((text) => {
    const name = /^(\w+)[._/ ]o$/i.exec(text)?.[1]
    const cells = ["o", "h", "l", "c"].map((letter) =>
      texts.findIndex((each) => each.toLowerCase() === text.slice(0, -1).toLowerCase() + letter),
    )
    if (name === undefined || cells.includes(-1)) return []
    const prices = Object.fromEntries(priceNames.map((each, at) => [each, cells[at]])) as PriceCells
    return [{ name, prices, affix: (each: string) => plainName(name) + each }]
  })
}

/** Why the time is not in one or two columns, but in a column for each of its parts; undefined where it is not. */
function timeApart(texts: string[], plain: string[], timeCells: number[]): string | undefined {
  const [year, month, day, minute] = ["year", "month", "day", "minute"].map((name) => plain.indexOf(name))
  const hour = cellNamed(plain, hourNames)
  const isOtherTime = timeCells.some((cell) => ![month, day, hour].includes(cell))
  if (year >= 0 && month >= 0 && !isOtherTime)
    return `the columns ${quotedList([year, month, day].filter((cell) => cell >= 0).map((cell) => texts[cell]))} hold the parts of a date; put them into one column, such as 2024-01-31.`
  const named = timeCells.filter((cell) => cell !== hour && dayNames.includes(plain[cell]))
  return hour >= 0 &&
    minute >= 0 &&
    named.length > 0 &&
    named.length === timeCells.filter((cell) => cell !== hour).length
    ? `the columns ${quotedList([texts[hour], texts[minute]])} hold the parts of a time; put them into one column, such as 09:30.`
    : undefined
}

/** By their names, then any that mention a time, then a first column without a name. */
function openTimeCells(plain: string[]): number[] {
  const named = cellsNamed(plain, openTimeNames)
  const alike = plain.flatMap((name, cell) =>
    /time|date|stamp/.test(name) && !otherTimeNames.test(name) ? [cell] : [],
  )
  const unnamed = ["", "unnamed0", "index"].includes(plain[0]) ? [0] : []
  return [...new Set([...named, ...alike, ...unnamed])]
}

function otherTimes(texts: string[], plain: string[]): string {
  const cell = plain.findIndex((name) => otherTimeNames.test(name))
  return cell < 0 ? "" : `; ${quoted(texts[cell])} is not when a candle opens`
}

function keysOf(texts: string[], plain: string[]): KeyColumn[] {
  return plain.flatMap((name, cell) => {
    const kind = marketNames.includes(name) ? "market" : kindNames.includes(name) ? "kind" : undefined
    return kind === undefined ? [] : [{ name: texts[cell], cell, kind }]
  })
}

function cellNamed(plain: string[], names: readonly string[]): number {
  const known = names.find((name) => plain.includes(name))
  return known === undefined ? -1 : plain.indexOf(known)
}

function cellsNamed(plain: string[], names: readonly string[]): number[] {
  return names.map((name) => plain.indexOf(name)).filter((cell) => cell >= 0)
}
