import { isoTime } from "../iso-time.ts"
import { candlesFromRows, type Candles } from "../candles.ts"
import type { TimeRange } from "./candle-ranges.ts"
import { candleOpenMs, timeframeOf } from "../timeframe.ts"

/** A candle from the exchange that nobody could have traded on, such as one with a price of zero. */
export type LeftOutCandle = { openTimeMs: number; because: string }

/** The part of an exchange's answer that is in the requested stretch. */
export type CandlePage = {
  /** Undefined when there is none in the stretch. */
  candles: Candles | undefined
  /**
   * From the start of the stretch to here the exchange has nothing more. It may be beyond the stretch, when the
   * exchange jumped over times without candles.
   */
  coveredToMs: number
  leftOut: LeftOutCandle[]
}

const MICROSECONDS_FROM = 1e14
/** No exchange has candles of the next century. */
const CALENDAR_ENDS_MS = Date.UTC(2100, 0, 1)

type Row = [openTimeMs: number, ...rest: unknown[]]

/**
 * Reads an answer's rows `[openTimeMs, open, high, low, close, volume]`, numbers or numeric texts, in any order,
 * repeated, beginning too early
 * or reaching too far; of two rows for one time the later one counts. An answer that ends before the stretch does
 * covers it up to its last candle
 * only, for the exchange may give fewer than were asked for; one without any row covers all. Undefined when the
 * answer is no list of rows of six numbers with a time on the calendar and not after `latestMs`, or when all its rows
 * lie before the stretch: what is not understood covers nothing.
 */
export function pageFromRows(
  rows: unknown,
  asked: TimeRange,
  timeframeMs: number,
  latestMs = CALENDAR_ENDS_MS,
): CandlePage | undefined {
  if (!Array.isArray(rows) || !rows.every(isRow)) return undefined
  const byTime = new Map<number, Row>()
  for (const row of rows as unknown[][]) {
    const openTimeMs = timeMsOf(row[0])
    if (!(openTimeMs > 0 && openTimeMs <= latestMs)) return undefined
    if (openTimeMs >= asked.fromMs) byTime.set(openTimeMs, [openTimeMs, ...row.slice(1)])
  }
  // Whoever answers a question with other times has not said that there is nothing at these.
  if (rows.length > 0 && byTime.size === 0) return undefined
  const inOrder = [...byTime.values()].toSorted((a, b) => a[0] - b[0])
  const within = inOrder.filter(([openTimeMs]) => openTimeMs < asked.toMs)
  const behind = inOrder.at(within.length)
  const coveredToMs =
    behind?.[0] ?? (within.length > 0 ? candleOpenMs(within.at(-1)![0], timeframeMs) + timeframeMs : asked.toMs)
  return { ...soundCandles(within, timeframeMs), coveredToMs }
}

function soundCandles(rows: Row[], timeframeMs: number): Pick<CandlePage, "candles" | "leftOut"> {
  const leftOut: LeftOutCandle[] = []
  let left = rows.filter(
    ([openTimeMs]) =>
      candleOpenMs(openTimeMs, timeframeMs) === openTimeMs ||
      !leftOut.push({ openTimeMs, because: `it opens at ${isoTime(openTimeMs)}, which is off the grid.` }),
  )
  while (left.length > 0) {
    const answer = candlesFromRows(left, { timeframe: timeframeOf(timeframeMs) })
    if (answer.ok) return { candles: answer.candles, leftOut }
    const bad = Math.max(answer.row - 1, 0)
    leftOut.push({ openTimeMs: left[bad][0], because: answer.because.replace(/^Row \d+: /, "") })
    left = left.toSpliced(bad, 1)
  }
  return { candles: undefined, leftOut }
}

/** Whether a row has the shape of a candle, whatever its prices: six numbers, or numeric texts. */
function isRow(row: unknown): boolean {
  return Array.isArray(row) && row.length >= 6 && row.slice(0, 6).every(isNumeric)
}

function isNumeric(cell: unknown): boolean {
  return typeof cell === "number" || (typeof cell === "string" && cell.trim() !== "" && !Number.isNaN(Number(cell)))
}

// Binance's bulk files and some servers write microseconds.
function timeMsOf(cell: unknown): number {
  const time = typeof cell === "string" && cell.trim() === "" ? Number.NaN : Number(cell ?? Number.NaN)
  return time >= MICROSECONDS_FROM ? Math.floor(time / 1000) : time
}
