import { SeededChance } from "../../candles/synthetic/seeded-chance.ts"
import { expect, test } from "vitest"
import { syntheticCandles } from "../../candles/synthetic/synthetic-candles.ts"
import { columnCard, type ColumnReading } from "./column-card.ts"

const made = syntheticCandles({
  seed: 3,
  candles: 4_000,
  timeframe: "1h",
  startMs: Date.UTC(2023, 0, 2),
  startPrice: 100,
  kind: "mixed",
})
const AHEAD = 4

function judged(values: Float64Array, trainedUntilMs?: number) {
  const answer = columnCard(
    { ...made, extra: { mine: values } },
    { column: "mine", horizonCandles: AHEAD, trainedUntilMs },
  )
  if (!answer.ok) throw new Error(answer.because)
  return answer
}

const seer = made.close.map((now, row) => Number((made.close[row + AHEAD] ?? now) > now))

test("a column that knows the future is too good to be true; one that knows a little has skill, under a condition", () => {
  const { verdict } = judged(seer).card
  expect(verdict).toMatchObject({ skill: false, because: expect.stringMatching(/^Too good to be true/) as string })
  const chance = new SeededChance(4)
  const faint = judged(seer.map((said) => (chance.uniform() < 0.2 ? said : 0.5 + 0.2 * (chance.uniform() - 0.5))))
  expect(faint.card.verdict).toMatchObject({
    skill: true,
    because: expect.stringMatching(/looks at the column `mine`.* only if each value was known/) as string,
  })
  expect(judged(seer.map((said) => 1 - said)).card.verdict.skill).toBe(false)
})

test("numbers beyond 0 to 1 are judged by their sign", () => {
  const { reading, card } = judged(seer.map((said) => 200 * said - 100))
  expect(reading).toBe("sign")
  expect(card.hitRate).toBe(1)
})

test("what numbers are is a guess until it is said, and probabilities beyond 0 to 1 are refused", () => {
  const said = (values: Float64Array, reading?: ColumnReading) =>
    columnCard({ ...made, extra: { mine: values } }, { column: "mine", horizonCandles: AHEAD, reading })
  expect(said(seer)).toMatchObject({ ok: true, reading: "probability", isGuess: true })
  // A return that is never below zero is no probability: above zero is a rise each time.
  expect(said(seer, "percent")).toMatchObject({ ok: true, reading: "percent", isGuess: false })
  expect(said(seer.map((each) => each + 0.5))).toMatchObject({ reading: "sign" })
  expect(
    said(
      seer.map((each) => each + 0.5),
      "probability",
    ),
  ).toMatchObject({
    ok: false,
    because: expect.stringMatching(/no probabilities/) as string,
  })
})

test("candles that its maker had seen do not count", () => {
  const half = made.openTimeMs[2_000]
  const { card } = judged(seer, half)
  expect(card.seenCandles).toBeGreaterThan(1_500)
  expect(card.unseenCandles).toBeLessThan(2_000)
})

test("a column without numbers, or that never changes, is refused in words", () => {
  const said = (values: Float64Array) =>
    columnCard({ ...made, extra: { mine: values } }, { column: "mine", horizonCandles: 1 })
  expect(said(seer.map(() => Number.NaN))).toEqual({ ok: false, because: "This column has no numbers." })
  expect(said(seer.map(() => 0.5)).ok).toBe(false)
  expect(said(seer.map((value) => 1e300 * value))).toEqual({
    ok: false,
    because: expect.stringMatching(/cannot be judged: it holds numbers such as 1e\+300/) as string,
  })
})
