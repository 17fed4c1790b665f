import fc from "fast-check"
import { expect, test } from "vitest"
import { madeCloses, madeForecasts } from "../../../testing/made-forecasts.ts"
import { SeededChance } from "../../candles/synthetic/seeded-chance.ts"
import { cardInWords } from "./card-in-words.ts"
import { forecastCard } from "./forecast-card.ts"
import { FEWEST_FORECASTS, forecastVerdict } from "./forecast-verdict.ts"

const none = new Float64Array(0)
const closes = (count: number) => madeCloses(new SeededChance(11), count)
const becauseOf = (close: Float64Array, said: (i: number) => number, given = {}) => {
  const { verdict } = forecastCard(
    madeForecasts(
      close,
      close.map((_, i) => said(i)),
      given,
    ),
  )
  expect(verdict.skill).toBe(false)
  return verdict.because.replaceAll("\u202f", " ")
}

test("without an outcome nothing is said", () => {
  const card = forecastCard(madeForecasts(none, none))
  expect(card).toMatchObject({ unseenCandles: 0, hitRate: null, interval: null, brier: null, trade: null, decay: [] })
  expect(cardInWords(card)).toBe(
    "It made no forecast here whose outcome is known: these candles are older than the model, too new, or its features are not known there.",
  )
})

test("with too few it says how many are missing, even if all were right", () => {
  const close = closes(41)
  const knows = (i: number) => (close[i + 1] > close[i] ? 0.9 : 0.1)
  expect(becauseOf(close, knows)).toBe(
    "Too few to say: right in 100.0 % of 40 unseen candles (91.2 to 100.0 %); 60 more are needed.",
  )
})

test("who is right half of the time is no better than a coin, who is wrong most of the time is worse", () => {
  const close = closes(401)
  expect(becauseOf(close, (i) => (i % 2 === 0 ? 0.6 : 0.4))).toMatch(
    /^No better than a coin: right in \d+\.\d % of 400/,
  )
  expect(becauseOf(close, (i) => (close[i + 1] > close[i] ? 0.1 : 0.9))).toBe(
    "Worse than a coin: right in 0.0 % of 400 unseen candles (0.0 to 1.0 %).",
  )
})

test("the right side with probabilities that miss more than the base rate's is no skill", () => {
  const close = closes(2001)
  const chance = new SeededChance(12)
  const sure = close.map((price, i) => (close[i + 1] > price === chance.uniform() < 0.56 ? 0.99 : 0.01))
  expect(becauseOf(close, (i) => sure[i])).toMatch(
    /^Right in 5\d\.\d % of 2,000 .*, but nothing shows that its probabilities are better than always giving the same: they miss by more\.$/,
  )
})

test("a forecast that never differs from the base rate has no skill, however often it happens", () => {
  const rising = Float64Array.from({ length: 301 }, (_, i) => 100 + i)
  expect(becauseOf(rising, () => 1, { naive: 1 })).toMatch(/^No better than a habit: right in 100\.0 %/)
  expect(becauseOf(rising, () => 0.5, { naive: 0.5 })).toMatch(/^Worse than a coin: right in 0\.0 %/)
})

test("skill whose trades do not pay their fees says so", () => {
  const judged = {
    horizonCandles: 1,
    independentForecasts: 5000,
    hitRate: 0.531,
    interval: [0.517, 0.545] as [number, number],
    naiveHitRate: 0.502,
    blindHitRate: 0.5,
    lastMoveHitRate: 0.501,
    dieboldMariano: { statistic: 3, pValue: 0.001 },
  }
  const trade = { trades: 2500, returnPercent: -90, holdingPercent: 12, feesPercent: 99, winRatePercent: 40 }
  const words = (one: typeof trade | null) =>
    forecastVerdict({ ...judged, trade: one }).because.replaceAll("\u202f", " ")
  const right = "Right in 53.1 % of 5,000 unseen candles (51.7 to 54.5 %): more than luck explains"
  expect(words(trade)).toBe(`${right}, but a trade on it would not have paid its fees.`)
  expect(words({ ...trade, feesPercent: 0 })).toBe(`${right}, but a trade on it would have lost.`)
  expect(words({ ...trade, returnPercent: 5 })).toBe(`${right}.`)
  expect(words(null)).toBe(`${right}.`)
  const simpler = forecastVerdict({ ...judged, trade: null, lastMoveHitRate: 0.529 })
  expect(simpler.skill).toBe(true)
  expect(simpler.because).toMatch(
    /The last move alone, .* right in 52\.9.%: nothing shows that the model knows more\.$/,
  )
})

test("whatever the columns hold, the card is JSON without a hole, and words without NaN", () => {
  const share = fc.constantFrom(NaN, 0, 0.3, 0.5, 0.6, 1)
  const row = fc.record({ close: fc.constantFrom(NaN, 50, 100, 150, 1e-300, 1e300), said: share, naive: share })
  const rows = fc.array(row, { maxLength: 150 })
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 30 }), (made, horizonCandles) => {
      const column = (of: (one: (typeof made)[number]) => number) => Float64Array.from(made, of)
      const forecasts = madeForecasts(
        column(({ close }) => close),
        column(({ said }) => said),
        { horizonCandles, naiveProbability: column(({ naive }) => naive) },
      )
      const card = forecastCard(forecasts)
      const isHole = (one: unknown) => one === undefined || (typeof one === "number" && !Number.isFinite(one))
      const holes: string[] = []
      JSON.stringify(card, (key, one: unknown) => (isHole(one) ? holes.push(key) : one))
      expect(holes).toEqual([])
      expect(cardInWords(card)).not.toMatch(/NaN|null|undefined|Infinity/)
      expect(card.verdict.skill && card.independentForecasts < FEWEST_FORECASTS).toBe(false)
    }),
  )
})

test("the words for the command line give the verdict first, then the misses, the age and the trade", () => {
  const close = closes(1001)
  const card = forecastCard(
    madeForecasts(
      close,
      close.map((_, i) => (i % 4 === 0 ? 0.6 : 0.4)),
    ),
  )
  const words = cardInWords(card).replaceAll("\u202f", " ")
  expect(words).toMatch(/^No better than a coin: right in /)
  expect(words).toMatch(/Brier score of 0\.2\d{3}; always giving the share of its training part has 0\.2500/)
  expect(words).toMatch(/Up to 4 d 4 h after its training .*, from 16 d 16 h on in /)
  expect(words).toMatch(
    /Buying whenever it says yes, for 1 candle: 250 trades, .* \(the fees alone take 39\.4 %\); holding/,
  )
})
