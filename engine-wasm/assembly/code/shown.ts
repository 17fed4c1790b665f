// Numbers a strategy shows in the chart: a row for each of its candles on one market, in room the host lays out. Without
// that room nothing is kept, so that a bot remembers none of it.
import { momentMarket, momentMs } from "./moment"

const MOST_NAMES: i32 = 16
const MOST_CHARACTERS: i32 = 200

let room: usize = 0
let roomRows: i32 = 0
let shownMarket: i32 = -1
let rows: i32 = 0
let rowMs: f64 = NaN

const names: string[] = []
const amongPrices: bool[] = []

/** Takes room for this many rows: a column of times, then one for each name. */
export function setShown(market: i32, address: usize, mostRows: i32): void {
  shownMarket = market
  room = address
  roomRows = mostRows
}

/** Keeps a number under its name, for the candle at work. Beyond sixteen names nothing more is kept. */
export function keepShown(name: string, value: f64, isPrice: bool): void {
  if (room == 0 || momentMarket != shownMarket || momentMs != momentMs) return
  const column = columnOf(name, isPrice)
  if (column < 0) return
  if (momentMs != rowMs) beginRow()
  if (rows > 0) store<f64>(placeOf(column + 1, rows - 1), value)
}

function columnOf(name: string, isPrice: bool): i32 {
  for (let n = 0; n < names.length; n++) if (unchecked(names[n]) == name) return n
  if (names.length >= MOST_NAMES || name.length > MOST_CHARACTERS) return -1
  amongPrices.push(isPrice)
  for (let row = 0; row < rows; row++) store<f64>(placeOf(names.length + 1, row), NaN)
  return names.push(name) - 1
}

function beginRow(): void {
  rowMs = momentMs
  assert(rows < roomRows, "the host empties shown numbers in time")
  store<f64>(placeOf(0, rows), momentMs)
  for (let n = 1; n <= names.length; n++) store<f64>(placeOf(n, rows), NaN)
  rows++
}

// @ts-ignore: decorator
@inline
function placeOf(column: i32, row: i32): usize {
  return room + ((<usize>(column * roomRows + row)) << 3)
}

/** Rows since the host last asked. */
export function shownRows(): i32 {
  return rows
}

/** Forgets the rows the host has taken. */
export function emptyShown(): void {
  rows = 0
}

export function shownNames(): i32 {
  return names.length
}

export function shownAmongPrices(n: i32): bool {
  return amongPrices[n]
}

/** Address of the n-th name, UTF-16. */
export function shownNameAddress(n: i32): usize {
  return changetype<usize>(names[n])
}

export function shownNameLength(n: i32): i32 {
  return names[n].length
}
