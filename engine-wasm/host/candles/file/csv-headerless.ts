import { BareRowDoubts, isMoneyOf } from "./bare-row-doubts.ts"
import { shownTimeFrom, timeOfDayFrom } from "./csv-date.ts"
import type { KeyColumn } from "./csv-header.ts"
import { isNumeric, peoplesNumber, type NumberStyle } from "./csv-number-style.ts"
import { isCompactDay } from "./csv-spoilt-time.ts"

/** Columns of a table whose first line is a candle already. */
export type BareColumns = {
  time: number
  day?: number
  prices: { open: number; high: number; low: number; close: number }
  volume: number
  tickVolume: number
  keys: KeyColumn[]
  extras: { name: string; cell: number }[]
}

/** Column orders that exporters use. */
type Order = { names: string[]; of: string }

const orders: Order[] = [
  { names: words("time open high low close volume"), of: "plain" },
  { names: words("time open high low close volume turnover"), of: "Bybit" },
  { names: words("time open high low close volume tradeCount"), of: "Kraken" },
  {
    names: words(
      "time open high low close volume closeTime quoteVolume tradeCount takerBuyVolume takerBuyQuoteVolume ignored",
    ),
    of: "Binance",
  },
  { names: words("day clock open high low close volume"), of: "MetaTrader" },
  { names: words("day clock open high low close tickVolume volume spread"), of: "MetaTrader 5" },
  { names: words("day open high low close tickVolume volume spread"), of: "MetaTrader 5" },
  { names: words("market time open high low close volume"), of: "plain" },
  { names: words("market day open high low close volume"), of: "MetaStock" },
  { names: words("market day clock open high low close volume"), of: "MetaStock" },
  { names: words("market kind day clock open high low close volume"), of: "Stooq and Finam" },
  { names: words("market kind day clock open high low close volume openInterest"), of: "Stooq" },
]

/** How to read rows without a header: by the contents of their cells, and prices that fit together in most of them. */
export function bareColumns(rows: string[][], style: NumberStyle): { columns: BareColumns; of: string } | undefined {
  const counted = orders.map((order) => ({
    ...order,
    count: rows.filter((cells) => fits(cells, order.names, style)).length,
  }))
  const best = counted.reduce((most, next) => (next.count > most.count ? next : most))
  return best.count * 2 > rows.length ? { columns: columnsOf(best.names), of: best.of } : undefined
}

/** Whether a line is the first of a table without a header: numbers, and somewhere a time. */
export function looksBare(cells: string[]): boolean {
  const numbers = cells.filter(isNumeric)
  return cells.length >= 6 && numbers.length >= 4 && cells.some((cell) => isMoment(cell) || isDay(cell))
}

/** Why rows without a header cannot be read in the usual order, as the end of a sentence; undefined when unknown. */
export function bareDoubt(rows: string[][], style: NumberStyle): string | undefined {
  const doubts = new BareRowDoubts()
  for (const cells of rows) {
    const time = cells.findIndex((cell) => isMoment(cell) || isDay(cell))
    const clock = timeOfDayFrom(cells[time + 1] ?? "") !== undefined && cells[time + 1].includes(":") ? 1 : 0
    const numbers = cells.slice(time + 1 + clock).map((cell) => peoplesNumber(cell, style))
    if (time >= 0) doubts.see(numbers, numbers.length)
  }
  return doubts.because()
}

function fits(cells: string[], names: string[], style: NumberStyle): boolean {
  if (cells.length !== names.length && !(cells.length === names.length + 1 && cells.at(-1) === "")) return false
  const value = (name: string) => peoplesNumber(cells[names.indexOf(name)], style)
  const [open, high, low, close] = ["open", "high", "low", "close"].map(value)
  const isCandle = low <= Math.min(open, close) && high >= Math.max(open, close) && low > 0
  const isTurnover = !names.includes("turnover") || isMoneyOf(value("turnover"), value("volume"), low, high)
  return isCandle && isTurnover && names.every((name, cell) => isKind(name, cells[cell], style))
}

function isKind(name: string, cell: string, style: NumberStyle): boolean {
  if (name === "time") return isMoment(cell)
  if (name === "day") return isDay(cell)
  if (name === "clock") return timeOfDayFrom(cell) !== undefined
  if (name === "market") return cell !== "" && !isMoment(cell) && !isNumeric(cell)
  if (name === "tradeCount") return /^\d*$/.test(cell)
  return name === "kind" || !Number.isNaN(peoplesNumber(cell, style)) || cell === ""
}

function isMoment(cell: string): boolean {
  return shownTimeFrom(cell) !== undefined || (/^\d{9,}(?:\.\d+)?$/.test(cell) && !isCompactDay(Number(cell)))
}

function isDay(cell: string | undefined): boolean {
  const shown = cell === undefined ? undefined : shownTimeFrom(cell)
  return shown !== undefined && !shown.hasTimeOfDay
}

function columnsOf(names: string[]): BareColumns {
  const at = (name: string) => names.indexOf(name)
  const known = new Set(words("time day clock open high low close volume tickVolume market kind closeTime ignored"))
  const day = at("day")
  return {
    time: at("time") >= 0 ? at("time") : at("clock") >= 0 ? at("clock") : day,
    day: at("clock") >= 0 ? day : undefined,
    prices: { open: at("open"), high: at("high"), low: at("low"), close: at("close") },
    volume: at("volume"),
    tickVolume: at("tickVolume"),
    keys: (["market", "kind"] as const).flatMap((kind) =>
      at(kind) < 0 ? [] : [{ name: `column ${at(kind) + 1}`, cell: at(kind), kind }],
    ),
    extras: names.flatMap((name, cell) => (known.has(name) ? [] : [{ name, cell }])),
  }
}

function words(text: string): string[] {
  return text.split(" ")
}
