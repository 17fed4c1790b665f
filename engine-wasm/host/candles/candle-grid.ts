import type { CandleColumns } from "./candles.ts"
import { DAY_MS, HOUR_MS, isTimeframe, timeframeOf, timeframesMs, type Timeframe } from "./timeframe.ts"

/** From this number on, prices are treated as lying on no decimal grid. */
export const NO_PRICE_GRID = 13

const USUAL_SHARE = 0.1

type GridOrRefusal = { ok: true; timeframeMs: number } | { ok: false; index?: number; because: string }

/**
 * The timeframe of ascending open times: the shortest distance that at least one step in ten takes. Nights, weekends
 * and outages are
 * longer steps and do not disturb it. Refused: a single candle of unsaid timeframe, a distance that is no timeframe,
 * candles closer than it.
 */
export function timeframeOfTimes(openTimeMs: Float64Array, said?: Timeframe): GridOrRefusal {
  if (said === undefined && openTimeMs.length < 2) {
    return {
      ok: false,
      because: "There is only one candle, so its timeframe is unknown; give a file with at least two.",
    }
  }
  const timeframeMs = said === undefined ? usualStepMs(openTimeMs) : timeframesMs[said]
  const name = timeframeOf(timeframeMs)
  if (name === undefined) return { ok: false, because: unknownTimeframe(timeframeMs) }
  const index = openTimeMs.findIndex((time, at) => at > 0 && time - openTimeMs[at - 1] < timeframeMs)
  if (index < 0) return { ok: true, timeframeMs }
  const distance = durationInWords(openTimeMs[index] - openTimeMs[index - 1])
  return {
    ok: false,
    index,
    because: `this candle opens only ${distance} after the one before, among candles of ${name}.`,
  }
}

/** The shortest distance that at least one step in ten takes, or else the most common one; ms. Needs two times. */
export function usualStepMs(openTimeMs: Float64Array): number {
  const counts = stepCounts(openTimeMs)
  const enough = (openTimeMs.length - 1) * USUAL_SHARE
  const usual = [...counts].filter(([stepMs, count]) => stepMs > 0 && count >= enough).map(([stepMs]) => stepMs)
  if (usual.length > 0) return Math.min(...usual)
  return [...counts].reduce((best, step) => (step[1] > best[1] ? step : best))[0]
}

/** How often each distance between neighbouring times occurs; ms → count. */
export function stepCounts(openTimeMs: Float64Array): Map<number, number> {
  const counts = new Map<number, number>()
  let last = Number.NaN
  let run = 0
  for (let index = 1; index < openTimeMs.length; index++) {
    const step = openTimeMs[index] - openTimeMs[index - 1]
    // Nearly every step equals the one before: count runs, and touch the map only when they end.
    if (step !== last) {
      if (run > 0) counts.set(last, (counts.get(last) ?? 0) + run)
      last = step
      run = 0
    }
    run++
  }
  if (run > 0) counts.set(last, (counts.get(last) ?? 0) + run)
  return counts
}

/**
 * Most digits after the decimal point among open, high, low, close; NO_PRICE_GRID when some price needs that many or
 * more.
 */
export function priceDecimalsOf(columns: Pick<CandleColumns, "open" | "high" | "low" | "close">): number {
  return [columns.open, columns.high, columns.low, columns.close].reduce(decimalsOfColumn, 0)
}

function decimalsOfColumn(decimals: number, column: Float64Array): number {
  let scale = powerOfTen(decimals)
  for (let index = 0; index < column.length; index++) {
    const price = column[index]
    while (decimals < NO_PRICE_GRID && Math.round(price * scale) / scale !== price) {
      decimals++
      scale = powerOfTen(decimals)
    }
  }
  return decimals
}

// Read as text, because engines may differ in the last bit of `**`.
function powerOfTen(exponent: number): number {
  return Number(`1e${exponent}`)
}

function unknownTimeframe(stepMs: number): string {
  const known = Object.keys(timeframesMs).filter(isTimeframe).join(" ")
  const hint = timeframeOf(stepMs * 1000) === undefined ? "" : "; the times look like seconds"
  return `The candles are ${durationInWords(stepMs)} apart, which is none of the timeframes we know (${known})${hint}.`
}

/** A length of time in the largest unit that divides it: "5 minutes", "1 day". */
export function durationInWords(lengthMs: number): string {
  const units = { day: DAY_MS, hour: HOUR_MS, minute: 60_000, second: 1000, millisecond: 1 }
  const [name, unitMs] = Object.entries(units).find(([, ms]) => lengthMs % ms === 0) ?? ["millisecond", 1]
  const count = lengthMs / unitMs
  return `${count} ${name}${count === 1 ? "" : "s"}`
}
