import type { Candles } from "../../candles/candles.ts"
import { type ForecastCard, forecastCard } from "../../result/forecast-card/forecast-card.ts"
import { isTooLarge, tooLargeInWords } from "./forecast-data.ts"
import { happenedBy, outcomesOf } from "./outcomes.ts"
import { doubtedCard } from "./too-good.ts"
import { USUAL_FEE_PERCENT } from "./score-forecast.ts"

/** A column of numbers beside the candles, taken as a forecast that the close rises over the horizon. */
export type ColumnRequest = {
  column: string
  horizonCandles: number
  /** Until when whatever made the column had seen the market; left out where it learnt from nothing. */
  trainedUntilMs?: number
  feePercent?: number
  /** What its numbers are; guessed from them unless said. */
  reading?: ColumnReading
}

/** How a column is read: as probabilities of a rise, as expected returns in percent, or as scores whose sign counts. */
export type ColumnReading = "probability" | "percent" | "sign"

/** `isGuess`: nobody said what its numbers are. */
export type ColumnAnswer =
  | { ok: true; card: ForecastCard; reading: ColumnReading; isGuess: boolean }
  | { ok: false; because: string }

/** A sign says which side, but not how sure: it is taken as barely sure. */
const SIGN_LEAN = 0.02
/** The naive forecast needs so many outcomes before it says anything. */
const FEWEST_KNOWN = 100

/** The honest card of an extra column, or why there is none. */
export function columnCard(
  candles: Candles,
  { column, horizonCandles, trainedUntilMs = -Infinity, feePercent = USUAL_FEE_PERCENT, reading: said }: ColumnRequest,
): ColumnAnswer {
  const values = Object.hasOwn(candles.extra, column) ? candles.extra[column] : undefined
  const because = values === undefined ? `There is no column “${column}” here.` : unfitBecause(values, said)
  if (because !== undefined || values === undefined) return { ok: false, because: because! }
  const reading = said ?? guessedReading(values)
  const target = reading === "percent" ? "return" : "direction"
  const { openTimeMs, close, timeframeMs } = candles
  const actual = outcomesOf(close, { target, horizonCandles })
  const happened = actual.map((came) => happenedBy(came, 0))
  const card = forecastCard({
    openTimeMs,
    close,
    value: values,
    probability: reading === "probability" ? values : values.map((value) => 0.5 + SIGN_LEAN * Math.sign(value)),
    actual,
    happened,
    naiveProbability: shareSoFar(happened, horizonCandles),
    trainedUntilMs: new Float64Array(close.length).fill(trainedUntilMs),
    target,
    horizonCandles,
    timeframeMs,
    feePercent,
  })
  return { ok: true, card: doubtedCard(card, { columns: [column] }), reading, isGuess: said === undefined }
}

function guessedReading(values: Float64Array): ColumnReading {
  return values.some(isNoProbability) ? "sign" : "probability"
}

function isNoProbability(value: number): boolean {
  return value < 0 || value > 1
}

function unfitBecause(values: Float64Array, said: ColumnReading | undefined): string | undefined {
  const known = values.filter(Number.isFinite)
  if (known.length === 0) return "This column has no numbers."
  const large = known.find(isTooLarge)
  if (large !== undefined) return `This column cannot be judged: ${tooLargeInWords(large)}.`
  if (known.every((value) => value === known[0]))
    return "This column always says the same, so there is nothing to judge."
  if (said === "probability" && known.some(isNoProbability))
    return "Some of these numbers are below 0 or above 1, so they are no probabilities. Say what else they are."
  return undefined
}

/** At each candle the share of events among those whose outcome was known at its close. */
function shareSoFar(happened: Float64Array, horizonCandles: number): Float64Array {
  let [events, known] = [0, 0]
  return happened.map((_, row) => {
    const came = happened[row - horizonCandles]
    if (Number.isFinite(came)) {
      events += came
      known++
    }
    return known < FEWEST_KNOWN ? Number.NaN : events / known
  })
}
