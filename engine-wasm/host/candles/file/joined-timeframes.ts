import { durationInWords } from "../candle-grid.ts"
import { refuseCandles, type CandleRefusal } from "../candles.ts"
import { candleTimeframesMs, DAY_MS, MONTH_MS } from "../timeframe.ts"
import type { NumberedColumns } from "./candle-order.ts"

/** A stretch of candles of one length is at least so many steps; a market that trades little has shorter ones. */
const LEAST_STEPS = 10
/** From so many on, nights, weekends and holidays may be among them. */
const LONG_STRETCH = 20
const MOSTLY = 0.7
/** A file put together has a few seams. With more stretches its market only trades little now and then. */
const MOST_STRETCHES = 4

const lengthsMs = Object.values(candleTimeframesMs)

/** The steps `first` to `last` are of one timeframe; step 1 leads from row 0 to row 1. */
type Stretch = { stepMs: number; first: number; last: number }

/**
 * The refusal of a file that was put together from candles of two timeframes, days and then hours: they would all be
 * read as the shorter ones. Takes rows in the order of the file.
 */
export function joinedTimeframes({ columns: { openTimeMs }, rowNumbers }: NumberedColumns): CandleRefusal | undefined {
  const [finest, ...longer] = usualSteps(openTimeMs)
  for (const stepMs of longer.toReversed()) {
    const stretches = stretchesOf(openTimeMs, stepMs)
    if (stretches.length > 0 && stretches.length <= MOST_STRETCHES) return seamRefusal(stretches[0], finest, rowNumbers)
  }
  return undefined
}

/** The timeframes that several steps of the file have, shortest first. */
function usualSteps(openTimeMs: Float64Array): number[] {
  const counts = new Map(lengthsMs.map((ms) => [ms as number, 0]))
  let [lastMs, run] = [0, 0]
  // Nearly every step equals the one before.
  const note = () => counts.has(lastMs) && counts.set(lastMs, counts.get(lastMs)! + run)
  for (let at = 1; at < openTimeMs.length; at++) {
    const stepMs = stepAt(openTimeMs, at)
    if (stepMs === lastMs) run++
    else {
      note()
      ;[lastMs, run] = [stepMs, 1]
    }
  }
  note()
  return [...counts].flatMap(([ms, count]) => (count >= LEAST_STEPS ? [ms] : []))
}

/** Stretches without a shorter step, in which nearly every step is this one. */
function stretchesOf(openTimeMs: Float64Array, stepMs: number): Stretch[] {
  const found: Stretch[] = []
  let [first, alike] = [1, 0]
  for (let at = 1; at <= openTimeMs.length; at++) {
    const step = at < openTimeMs.length ? stepAt(openTimeMs, at) : 0
    if (step === stepMs) alike++
    if (step >= stepMs) continue
    const count = at - first
    if (alike >= LEAST_STEPS && alike >= count * (count < LONG_STRETCH ? 1 : MOSTLY))
      found.push({ stepMs, first, last: at - 1 })
    ;[first, alike] = [at + 1, 0]
  }
  return found
}

/** The distance of two neighbours, in whichever order; all lengths of a month are one. */
function stepAt(openTimeMs: Float64Array, at: number): number {
  const stepMs = Math.abs(openTimeMs[at] - openTimeMs[at - 1])
  return stepMs >= 28 * DAY_MS && stepMs <= MONTH_MS ? MONTH_MS : stepMs
}

function seamRefusal({ stepMs, first, last }: Stretch, finestMs: number, rows: ArrayLike<number>): CandleRefusal {
  const [finest, longer] = [durationInWords(finestMs), durationInWords(stepMs)]
  const isFirst = first === 1
  const row = rows[isFirst ? last + 1 : first]
  const [here, above] = isFirst ? [finest, longer] : [longer, finest]
  return refuseCandles(
    row,
    `Row ${row}: from about here on the candles are ${here} apart, and those above ${above}: these are candles of two timeframes in one file. Take it apart there, one file for each timeframe.`,
  )
}
