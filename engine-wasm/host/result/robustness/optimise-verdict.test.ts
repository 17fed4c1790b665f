import { expect, test } from "vitest"
import { optimiseVerdict, type SearchEvidence, type VerdictLevel } from "./optimise-verdict.ts"

const convincing: SearchEvidence = {
  evaluated: 60,
  tradeCount: 80,
  minTrades: 30,
  holds: true,
  drawdownPercent: 12,
  returnPercent: 90,
  coinFlips: { pValue: 0.005, tries: 199, trials: 60 },
  heldOut: { returnPercent: 9, holdingReturnPercent: 2, tradeCount: 20, days: 73, share: 0.2, pValue: 0.05 },
  deflatedSharpe: 0.98,
  pbo: 0.2,
  comparedTrials: 60,
  walkForward: { won: 5, windows: 6, returnPercent: 30 },
  isSpike: false,
}
const heldOut = convincing.heldOut!

test.for<[what: string, change: Partial<SearchEvidence>, level: VerdictLevel]>([
  ["everything agrees", {}, "ok"],
  ["nothing was locked away", { heldOut: undefined }, "ok"],
  ["it never traded in the locked-away part", { heldOut: { ...heldOut, tradeCount: 0, pValue: null } }, "ok"],
  ["half of the coin flips do better in the locked-away part", { heldOut: { ...heldOut, pValue: 0.51 } }, "doubtful"],
  [
    "chance finds as much once in twenty",
    { coinFlips: { pValue: 0.05, tries: 199, trials: 60 }, heldOut: undefined },
    "doubtful",
  ],
  [
    "chance finds as much once in three",
    { coinFlips: { pValue: 0.33, tries: 199, trials: 60 }, heldOut: undefined },
    "overfitted",
  ],
  ["it loses where it was chosen", { returnPercent: -1 }, "overfitted"],
  ["it has fewer trades than were asked for", { tradeCount: 29 }, "doubtful"],
  ["it has nineteen trades and none were asked for", { tradeCount: 19, minTrades: 0 }, "doubtful"],
  ["it falls further than was allowed", { holds: false, maxDrawdownPercent: 5 }, "doubtful"],
  ["nothing is known of chance", { coinFlips: undefined }, "doubtful"],
])("when %s, the verdict is that", ([, change, level]) => {
  expect(optimiseVerdict({ ...convincing, ...change }).level).toBe(level)
})

test("each reason says its figure, and a broken constraint is named", () => {
  const { headline, because } = optimiseVerdict({ ...convincing, holds: false, maxDrawdownPercent: 5, isSpike: true })
  expect(headline).toBe("This may be luck.")
  expect(because.map((reason) => reason.replaceAll("\u202f", " "))).toEqual([
    "On 199 coin-flip markets, where every candle goes up or down by chance and there is nothing to find, the same search of 60 combinations found as much on none of them.",
    "On the locked-away last 73 days it returned +9.0 % with 20 trades, holding +2.0 %; by coin flips those days did as well in 5 % of tries.",
    "No combination stays within the worst dip of 5 % that was allowed; the best falls 12.0 %.",
    "After 60 trials the probability that its true Sharpe ratio is above zero is 98 % (deflated Sharpe ratio; 95 % would be good).",
    "Chosen on one half of the days, the best of 60 trials was below the middle on the other half in 20 % of all ways to cut them (probability of overfitting; about 50 % is chance).",
    "Chosen anew part after part and traded on the next (walk-forward), 5 of 6 parts made money, +30.0 % in all.",
    "One step beside these values less than half of it is left: a peak, not a plateau.",
  ])
})

test("a search too long to be repeated whole says that a smaller one stands for it", () => {
  const [first] = optimiseVerdict({ ...convincing, evaluated: 5_000 }).because
  expect(first).toContain("a smaller search, of 60 of its 5,000 combinations by chance, found as much on none of them.")
})
