import { refuseCandles, type CandleRefusal } from "../candles.ts"
import { formatShort } from "../number-format.ts"
import { DAY_MS } from "../timeframe.ts"
import type { NumberedColumns } from "./candle-order.ts"

/** A price that moves by this factor from one candle to the next, and stays there, deserves a word. */
export const TOLD_FACTOR = 2
/** No market moves further where one file ends and the next begins. */
export const MOST_AT_SEAM = 3
/** Nor further over a hole in time: markets do move while nobody writes candles. */
export const MOST_OVER_HOLE = 10
/** Nor further from one candle to the next: splits of shares and new units of coins are smaller. */
export const MOST_IN_ONE_STEP = 25
/** A longer distance between two candles is a hole. */
const LONGEST_STEP_MS = 10 * DAY_MS
/** The price level on either side is the median of this many candles: one bad print is no other market. */
const LEVEL_CANDLES = 5
/** A file with more jumps is described by its first ones. */
const MOST_NOTED = 3

/** Whether candles in order of time seem to come from two markets: the refusal, or notes on smaller jumps. */
export function joinedMarkets(numbered: NumberedColumns): { ok: true; notes: string[] } | CandleRefusal {
  const { columns, rowNumbers } = numbered
  const notes: string[] = []
  for (let at = 1; at < rowNumbers.length; at++) {
    const factor = factorAt(columns.open[at], columns.close[at - 1])
    if (factor < TOLD_FACTOR || levelFactor(columns.close, at) < TOLD_FACTOR) continue
    const jump = `Row ${rowNumbers[at]}: the price jumps from ${formatShort(columns.close[at - 1])} to ${formatShort(columns.open[at])} (${formatShort(Number(factor.toPrecision(3)))} times) after row ${rowNumbers[at - 1]}`
    if (factor > mostAt(numbered, at))
      return refuseCandles(
        rowNumbers[at],
        `${jump}, which no market does: these are two markets in one file. Take it apart there, one file for each market.`,
      )
    if (notes.length < MOST_NOTED) notes.push(`${jump}. If that is another market, take the file apart there.`)
  }
  return { ok: true, notes }
}

/** How far a price may move here. Rows that are no neighbours in the file are where it was put together. */
function mostAt({ columns: { openTimeMs }, rowNumbers }: NumberedColumns, at: number): number {
  if (openTimeMs[at] - openTimeMs[at - 1] > LONGEST_STEP_MS) return MOST_OVER_HOLE
  return Math.abs(rowNumbers[at] - rowNumbers[at - 1]) === 1 ? MOST_IN_ONE_STEP : MOST_AT_SEAM
}

function levelFactor(close: Float64Array, at: number): number {
  return factorAt(median(close.slice(at, at + LEVEL_CANDLES)), median(close.slice(Math.max(0, at - LEVEL_CANDLES), at)))
}

function factorAt(one: number, other: number): number {
  return one > 0 && other > 0 ? Math.max(one / other, other / one) : 1
}

function median(values: Float64Array): number {
  return values.sort()[values.length >> 1]
}
