import { holesOf } from "./candle-holes.ts"
import { quietDefects } from "./candle-quality-quiet.ts"
import { jumpDefects, spikeDefects } from "./candle-quality-spikes.ts"
import type { Candles } from "../candles.ts"
import { strayStretches } from "../local-clock.ts"
import { candleEndMs, DAY_MS, laterOpenMs, ownDateMs } from "../timeframe.ts"

/** Defects of candles that passed the gate. "closed" are the nights and weekends of a market with sessions. */
export type DefectKind = "gap" | "closed" | "off-grid" | "spike" | "jump" | "frozen" | "no-trades" | "unfinished"

/**
 * One finding. `fromMs` and `toMs` are the open times of its first and last candle (of the missing ones, in a gap),
 * `count` how many they are; `words` say it in a sentence. A "note" changes no result by much, "careful" may,
 * "serious" will.
 */
export type CandleDefect = {
  kind: DefectKind
  fromMs: number
  toMs: number
  count: number
  severity: "note" | "careful" | "serious"
  words: string
}

export type QualityOptions = {
  /** When the candles were fetched, UTC ms: a candle that had not closed by then is unfinished. */
  closedByMs?: number
  /** Open times of candles filled flat on purpose: their silence is not a defect. */
  filledMs?: ReadonlySet<number>
}

/** A long weekend; beyond it, a market with sessions has a gap too. */
const LONGEST_CLOSE_MS = 5 * DAY_MS

/**
 * Everything odd about candles, in order of time: missing stretches, off the grid, spikes, seams, silence, an
 * unfinished end. A market with sessions has its nights and weekends noted once, as "closed". One pass for each
 * check, no copy: a million candles in a moment.
 */
export function candleDefects(
  candles: Candles,
  { closedByMs = Infinity, filledMs = new Set() }: QualityOptions = {},
): CandleDefect[] {
  const found = [
    ...gapDefects(candles),
    ...offGridDefects(candles),
    ...spikeDefects(candles),
    ...jumpDefects(candles),
    ...quietDefects(candles, filledMs),
    ...unfinishedDefect(candles, closedByMs),
  ]
  return found.sort((one, other) => one.fromMs - other.fromMs)
}

/**
 * How many gaps there are and how many candles are missing in them; nights and weekends of a market with sessions do
 * not count.
 */
export function gapsIn(candles: Candles): { gaps: number; missing: number } {
  const gaps = gapDefects(candles).filter(({ kind }) => kind === "gap")
  return { gaps: gaps.length, missing: gaps.reduce((sum, { count }) => sum + count, 0) }
}

function gapDefects(candles: Candles): CandleDefect[] {
  const { timeframeMs } = candles
  const holes = holesOf(candles)
  const gaps = holes.map(({ afterMs, missing }) =>
    gapDefect(laterOpenMs(afterMs, 1, timeframeMs), missing, timeframeMs),
  )
  if (holes.length === 0 || !restsOnSaturdays(candles)) return gaps
  const outages = gaps.filter((gap) => gap.count * timeframeMs > LONGEST_CLOSE_MS)
  const pauses = gaps.filter((gap) => gap.count * timeframeMs <= LONGEST_CLOSE_MS)
  return pauses.length > 0 ? [closedDefect(pauses), ...outages] : outages
}

/** Markets with sessions, whatever their hours, have no Saturday; markets that never close have one in seven. */
function restsOnSaturdays({ openTimeMs, timeframeMs }: Candles): boolean {
  const spanMs = openTimeMs[openTimeMs.length - 1] - openTimeMs[0]
  // 1970-01-01 was a Thursday, so a Saturday is day 2 of seven.
  const dateMs = (timeMs: number) => (timeframeMs < DAY_MS ? timeMs : ownDateMs(timeMs))
  const isSaturday = (timeMs: number) => ((Math.floor(dateMs(timeMs) / DAY_MS) % 7) + 7) % 7 === 2
  return timeframeMs <= DAY_MS && spanMs >= 21 * DAY_MS && openTimeMs.every((timeMs) => !isSaturday(timeMs))
}

function gapDefect(fromMs: number, count: number, timeframeMs: number): CandleDefect {
  const words = count === 1 ? "One candle is missing." : `${count} candles are missing.`
  return {
    kind: "gap",
    fromMs,
    toMs: laterOpenMs(fromMs, count - 1, timeframeMs),
    count,
    severity: count * timeframeMs >= DAY_MS ? "serious" : "careful",
    words,
  }
}

function closedDefect(pauses: CandleDefect[]): CandleDefect {
  const count = pauses.reduce((sum, pause) => sum + pause.count, 0)
  return {
    kind: "closed",
    fromMs: pauses[0].fromMs,
    toMs: pauses.at(-1)!.toMs,
    count,
    severity: "note",
    words: `The market closes for nights or weekends: ${pauses.length} pauses, which are no gaps.`,
  }
}

function offGridDefects({ openTimeMs, timeframeMs }: Candles): CandleDefect[] {
  return strayStretches(openTimeMs, timeframeMs).map(({ fromMs, toMs, count }) => ({
    kind: "off-grid",
    fromMs,
    toMs,
    count,
    severity: "careful",
    words: offGridWords(count),
  }))
}

function offGridWords(count: number): string {
  return count === 1
    ? "One candle opens off the grid that the others keep."
    : `${count} candles open off the grid that the others keep.`
}

function unfinishedDefect({ openTimeMs, timeframeMs }: Candles, closedByMs: number): CandleDefect[] {
  const last = openTimeMs.at(-1)
  if (last === undefined || candleEndMs(last, timeframeMs) <= closedByMs) return []
  return [
    {
      kind: "unfinished",
      fromMs: last,
      toMs: last,
      count: 1,
      severity: "careful",
      words: "The last candle had not closed when it was fetched, so its high, low, close and volume are not final.",
    },
  ]
}
