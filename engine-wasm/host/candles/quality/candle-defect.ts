import { isoTime } from "../iso-time.ts"
import type { CandleColumns } from "../candles.ts"
import { DAY_MS } from "../timeframe.ts"

const THIRTY_YEARS_MS = 30 * 365 * DAY_MS
const LATEST_MS = 1e14

/** The first row that fails the gate, with the reason as the end of a sentence; undefined when all pass. */
export function firstBadIndex(columns: CandleColumns): { index: number; defect: string } | undefined {
  const { openTimeMs, open, high, low, close, volume } = columns
  let before = Number.NEGATIVE_INFINITY
  for (let index = 0; index < openTimeMs.length; index++) {
    const time = openTimeMs[index]
    const inTime = time > before && Math.floor(time) === time && time < LATEST_MS
    const inRange =
      low[index] > 0 &&
      low[index] <= open[index] &&
      open[index] <= high[index] &&
      low[index] <= close[index] &&
      close[index] <= high[index]
    const finite = high[index] < Infinity && volume[index] >= 0 && volume[index] < Infinity
    // Written so that NaN fails; only the failing row gets a reason. A jump over thirty years deserves a second look
    // too.
    if (!(inTime && inRange && finite) || time - before > THIRTY_YEARS_MS) {
      const defect = timeDefect(openTimeMs, index) ?? priceDefect(columns, index) ?? volumeDefect(volume[index])
      if (defect !== undefined) return { index, defect }
    }
    before = time
  }
  return undefined
}

/** What is wrong with a row's prices, whatever its time, or undefined. */
export function priceDefect(columns: CandleColumns, index: number): string | undefined {
  if (isPriceGood(columns, index)) return undefined
  const [open, high, low, close] = [columns.open[index], columns.high[index], columns.low[index], columns.close[index]]
  return onePriceDefect({ open, high, low, close }) ?? rangeDefect({ open, high, low, close })
}

/** Whether a row's prices pass, without the reason. */
export function isPriceGood(columns: CandleColumns, index: number): boolean {
  const open = columns.open[index]
  const high = columns.high[index]
  const low = columns.low[index]
  const close = columns.close[index]
  return low > 0 && low <= open && open <= high && low <= close && close <= high && high < Infinity
}

/** Whether a volume may pass. */
export function isVolumeGood(volume: number): boolean {
  return volume >= 0 && volume < Infinity
}

/** What is wrong with a volume, or undefined. */
export function volumeDefect(volume: number): string | undefined {
  if (isVolumeGood(volume)) return undefined
  return volume < 0 ? `the volume is negative (${volume}).` : `the volume is not a number (${volume}).`
}

function timeDefect(openTimeMs: Float64Array, index: number): string | undefined {
  const time = openTimeMs[index]
  if (Math.floor(time) !== time) return `the time (${time}) is not a whole number of milliseconds.`
  if (time >= LATEST_MS || time <= -LATEST_MS)
    return `the time ${time} is not in milliseconds; it looks like microseconds.`
  return index === 0 ? undefined : stepDefect(openTimeMs[index - 1], time)
}

function stepDefect(before: number, time: number): string | undefined {
  if (time > before && time - before <= THIRTY_YEARS_MS) return undefined
  if (time === before) return `the time ${isoTime(time)} appears twice.`
  if (Math.abs(time - before) > THIRTY_YEARS_MS)
    return `the time jumps by more than thirty years; seconds and milliseconds are mixed.`
  return `the time ${isoTime(time)} is before that of the row above it; candles must be in order.`
}

function onePriceDefect(prices: Record<string, number>): string | undefined {
  for (const [name, price] of Object.entries(prices)) {
    if (!Number.isFinite(price)) return `the ${name} is not a number (${price}).`
    if (price <= 0) return `the ${name} is ${price}; a price must be above zero.`
  }
  return undefined
}

function rangeDefect({ open, high, low, close }: { open: number; high: number; low: number; close: number }): string {
  if (high < low) return `the high (${high}) is below the low (${low}).`
  const [name, price] = open > high || open < low ? ["open", open] : ["close", close]
  return price > high
    ? `the ${name} (${price}) is above the high (${high}).`
    : `the ${name} (${price}) is below the low (${low}).`
}
