import { touchesRamadanEdge } from "./ramadan.ts"
import { sessionStarts } from "./session-starts.ts"
import { DAY_MS, FARTHEST_AHEAD_MS, HOUR_MS, MINUTE_MS, MONTH_MS, timeframesMs } from "./timeframe.ts"

/** Clocks change by an hour; on Lord Howe Island by half of one. */
const CHANGES_MS = [HOUR_MS, 30 * MINUTE_MS]
/** Shorter candles open alike before and after a change. */
const SHORTEST_CHANGED_MS = 2 * HOUR_MS
/** Clocks change from February to May and from August to November, in both halves of the world, and around Ramadan. */
const CHANGE_MONTHS = new Set([1, 2, 3, 4, 7, 8, 9, 10])
const SHORTEST_SEASON_MS = 90 * DAY_MS
/** Where clocks are set back for Ramadan it is this short. */
const SHORTEST_RAMADAN_MS = 25 * DAY_MS
/** Two changes, there and back, cost more than one candle at an odd time; one, where a file ends, does not. */
const COST_OF_CHANGE = 0.75
/** A week, or a month, of a stock market opens up to this many days late when holidays begin it. */
const LATEST_DAYS = 4
const LATEST_FIRST_DAY = 7
/** Times that change their phase more often than this follow no clock at all: four hundred years of sessions do not. */
const MOST_STRETCHES = 100_000

/** Candles that follow one another and open at the same time of their grid: `phaseMs` after its beginning. */
export type ClockStretch = { phaseMs: number; fromMs: number; toMs: number; count: number }

/**
 * Whether a candle opens sooner after the one before than its timeframe because local clocks went forward between
 * them: a day of 23 hours, a 4h candle of three.
 */
export function isClockChange(beforeMs: number, timeMs: number, timeframeMs: number): boolean {
  const short = timeframeMs - (timeMs - beforeMs)
  return timeframeMs >= SHORTEST_CHANGED_MS && CHANGES_MS.includes(short) && mayChange(beforeMs, timeMs)
}

/**
 * Whether a month opens at a valid time: on the 1st at its own place, or on the first trading day of a stock market.
 */
export function isFirstOfMonth(openMs: number): boolean {
  return new Date(openMs + FARTHEST_AHEAD_MS).getUTCDate() <= LATEST_FIRST_DAY
}

/**
 * Ascending candles that open off the grid of the others, in stretches. A grid follows a local clock, so that candles
 * of two hours and more open an hour earlier or later for half of the year. Where no candle is on a grid all are one
 * stretch.
 */
export function strayStretches(openTimeMs: Float64Array, timeframeMs: number): ClockStretch[] {
  const found = stretchesOnOnePhase(openTimeMs, timeframeMs)
  if (found.length > MOST_STRETCHES) return [wholeStretch(openTimeMs)]
  const first = sessionStarts(found, timeframeMs)
  const stretches = found.filter((stretch) => !first.has(stretch))
  if (timeframeMs === MONTH_MS) return stretches.filter(({ fromMs }) => !isFirstOfMonth(fromMs))
  if (stretches.length < 2) return []
  const usual = usualPhase(stretches)
  const isHome = isOnPhase(usual, timeframeMs)
  const otherPhases = stretches.filter((stretch) => !isHome(stretch))
  const partner = seasonOf(usual, otherPhases, timeframeMs)
  if (partner === undefined) return otherPhases
  const clock = clockAtEach(stretches, [isHome, isOnPhase(partner, timeframeMs)])
  const isShown = [isHome, isOnPhase(partner, timeframeMs)]
  return stretches.filter((stretch, at) => !isShown[clock[at]](stretch))
}

function wholeStretch(openTimeMs: Float64Array): ClockStretch {
  const count = openTimeMs.length
  return { phaseMs: 0, fromMs: openTimeMs[0], toMs: openTimeMs[count - 1], count }
}

/** Candles between two steps that are not a multiple of the timeframe share a phase. Stops when there are too many. */
function stretchesOnOnePhase(openTimeMs: Float64Array, timeframeMs: number): ClockStretch[] {
  const stretches: ClockStretch[] = []
  let first = 0
  for (let index = 1; index <= openTimeMs.length && stretches.length <= MOST_STRETCHES; index++) {
    const step = openTimeMs[index] - openTimeMs[index - 1]
    if (step === timeframeMs || (index < openTimeMs.length && step % timeframeMs === 0)) continue
    const fromMs = openTimeMs[first]
    const phaseMs = remainder(fromMs, timeframeMs)
    stretches.push({ phaseMs, fromMs, toMs: openTimeMs[index - 1], count: index - first })
    first = index
  }
  return stretches
}

function usualPhase(stretches: ClockStretch[]): number {
  const counts = new Map<number, number>()
  for (const { phaseMs, count } of stretches) counts.set(phaseMs, (counts.get(phaseMs) ?? 0) + count)
  return [...counts].reduce((most, next) => (next[1] > most[1] ? next : most))[0]
}

function isOnPhase(phaseMs: number, timeframeMs: number): (stretch: ClockStretch) => boolean {
  return (stretch) => {
    const lateMs = remainder(stretch.phaseMs - phaseMs, timeframeMs)
    return (
      lateMs === 0 || (timeframeMs === timeframesMs["1w"] && lateMs % DAY_MS === 0 && lateMs <= LATEST_DAYS * DAY_MS)
    )
  }
}

/**
 * The phase of the other half of the year: the one that most of the other candles have, if a clock change explains
 * it.
 */
function seasonOf(usual: number, others: ClockStretch[], timeframeMs: number): number | undefined {
  if (timeframeMs < SHORTEST_CHANGED_MS || others.length === 0) return undefined
  const candidates = CHANGES_MS.flatMap((changeMs) => [usual + changeMs, usual - changeMs])
  const countAt = (phaseMs: number) =>
    others.filter(isOnPhase(phaseMs, timeframeMs)).reduce((sum, { count }) => sum + count, 0)
  const best = candidates.reduce((most, next) => (countAt(next) > countAt(most) ? next : most))
  return countAt(best) === 0 ? undefined : best
}

/**
 * Which of two phases the clock shows at each stretch, 0 or 1, so that the fewest candles are off it. It changes only
 * in spring and autumn, once each, and around Ramadan (the algorithm of A. Viterbi, 1967).
 */
function clockAtEach(stretches: ClockStretch[], isShown: ((stretch: ClockStretch) => boolean)[]): Uint8Array {
  const cameFrom = [new Uint8Array(stretches.length), new Uint8Array(stretches.length)]
  let cost = [0, 0]
  let changedMs = [-Infinity, -Infinity]
  stretches.forEach((stretch, at) => {
    const before = stretches[at - 1]
    const may = before !== undefined && mayChange(before.toMs, stretch.fromMs)
    const next = [0, 1].map((clock) => {
      const other = 1 - clock
      const isSeason = may && stretch.fromMs - changedMs[other] >= shortestSeasonMs(changedMs[other], stretch.fromMs)
      const changes = isSeason && cost[other] + COST_OF_CHANGE < cost[clock]
      cameFrom[clock][at] = changes ? other : clock
      return {
        cost: (changes ? cost[other] + COST_OF_CHANGE : cost[clock]) + (isShown[clock](stretch) ? 0 : stretch.count),
        changedMs: changes ? stretch.fromMs : changedMs[clock],
      }
    })
    cost = next.map((each) => each.cost)
    changedMs = next.map((each) => each.changedMs)
  })
  return traced(cameFrom, cost[1] < cost[0] ? 1 : 0)
}

function traced(cameFrom: Uint8Array[], last: number): Uint8Array {
  const clock = new Uint8Array(cameFrom[0].length)
  for (let at = clock.length - 1; at >= 0; at--) {
    clock[at] = last
    last = cameFrom[last][at]
  }
  return clock
}

function mayChange(beforeMs: number, timeMs: number): boolean {
  const isMonthOfChange = (ms: number) => CHANGE_MONTHS.has(new Date(ms).getUTCMonth())
  return (
    // Morocco's clocks changed at the first moment of a June, together with a week's candle.
    isMonthOfChange(beforeMs - DAY_MS) ||
    isMonthOfChange(timeMs) ||
    timeMs - beforeMs > SHORTEST_SEASON_MS ||
    touchesRamadanEdge(beforeMs, timeMs)
  )
}

function shortestSeasonMs(fromMs: number, toMs: number): number {
  const isRamadan = touchesRamadanEdge(toMs, toMs) || (Number.isFinite(fromMs) && touchesRamadanEdge(fromMs, fromMs))
  return isRamadan ? SHORTEST_RAMADAN_MS : SHORTEST_SEASON_MS
}

function remainder(ms: number, ofMs: number): number {
  return ((ms % ofMs) + ofMs) % ofMs
}
