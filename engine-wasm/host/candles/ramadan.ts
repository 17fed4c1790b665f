import { DAY_MS } from "./timeframe.ts"

/** Days of the Islamic calendar's 30-year cycle, of which eleven years are a day longer (the tabular calendar). */
const CYCLE_DAYS = 10_631
/** Its first day, in days since 1970-01-01. */
const FIRST_DAY = -492_148
/** The eight months before Ramadan, and Ramadan itself. */
const DAYS_BEFORE = 236
const RAMADAN_DAYS = 30
/** Clocks change on a Sunday before or after, and the moon is seen a day or two beside the table. */
const NEAR_MS = 11 * DAY_MS

/**
 * Whether the stretch of time touches the days around a Ramadan's beginning or end: Morocco sets its clocks back for
 * that month, as Egypt and Palestine have done, in whatever season it falls.
 */
export function touchesRamadanEdge(fromMs: number, toMs: number): boolean {
  const year = Math.floor((30 * (fromMs / DAY_MS - FIRST_DAY)) / CYCLE_DAYS)
  for (const each of [year, year + 1, year + 2]) {
    const beginsMs = (FIRST_DAY + Math.floor((11 * each + 3) / 30) + 354 * (each - 1) + DAYS_BEFORE) * DAY_MS
    for (const edgeMs of [beginsMs, beginsMs + RAMADAN_DAYS * DAY_MS])
      if (fromMs <= edgeMs + NEAR_MS && toMs >= edgeMs - NEAR_MS) return true
  }
  return false
}
