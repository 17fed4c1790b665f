import { sweepFigures, type TrialRow } from "#engine/run"
import { expect, test } from "vitest"
import { trialsCsv } from "./trials-csv.ts"

const figures = Object.fromEntries(sweepFigures.map((figure, at) => [figure, at + 0.5])) as TrialRow["figures"]
const trials: TrialRow[] = [
  { number: 7, variant: 0, params: { fast: 5, trend: true }, score: 1.25, figures },
  { number: 3, variant: 1, params: { fast: 10, trend: false }, score: null, figures: { ...figures, sharpe: null } },
]

test("trials are a table for other programs: best first, empty where nothing is known", () => {
  const [head, first, second] = trialsCsv({
    trials,
    names: ["fast", "trend"],
    hasVariants: true,
    objective: 'sharpe, "mine"',
  }).split("\r\n")
  expect(head).toBe(`rank,variant,fast,trend,"score (sharpe, ""mine"")",${sweepFigures.join(",")}`)
  expect(first).toBe(`1,1,5,true,1.25,${sweepFigures.map((_, at) => at + 0.5).join(",")}`)
  expect(second.split(",").slice(0, 5)).toEqual(["2", "2", "10", "false", ""])
  expect(second.split(",")[5 + sweepFigures.indexOf("sharpe")]).toBe("")
})

test("a search without rules on and off has no column for them", () => {
  const text = trialsCsv({ trials: trials.slice(0, 1), names: ["fast"], hasVariants: false, objective: "return" })
  expect(text.split("\r\n")[0]).toBe(`rank,fast,score (return),${sweepFigures.join(",")}`)
})
