import { expect, test } from "vitest"
import { builtEngine } from "../../testing/built-engine.ts"
import { randomCandles } from "../../testing/random-candles.ts"
import { candlesFromColumns } from "../candles/candles.ts"
import { newCondition } from "../strategy/edit/new-condition.ts"
import { formulaText } from "../strategy/formula/formula.ts"
import { functionCatalogue } from "../strategy/formula/function-catalogue.ts"
import { series } from "./series.ts"

const CANDLES = 3_000
/** What nobody picks to compare with a fixed price: elementary mathematics, and a cycle that a random walk has not. */
const bare = new Set("abs min max floor ceil round sqrt log exp pow clamp nz if valueWhen htTrendMode sign".split(" "))

test("the first condition about anything a person picks holds at times, and does not at others", async () => {
  const { openTimeMs, open, high, low, close, volume } = columns()
  const gate = candlesFromColumns({ openTimeMs, open, high, low, close, volume, extra: {} })
  if (!gate.ok) throw new Error(gate.because)
  const names = [...functionCatalogue.keys(), "close", "open", "high", "low", "volume"].filter(
    (name) => !bare.has(name),
  )
  const formulas = new Set(
    names.flatMap((name) => [true, false].map((opens) => formulaText(newCondition(name, opens)))),
  )
  const never: string[] = []
  for (const formula of formulas) {
    const answer = await series(await builtEngine(), { candles: gate.candles, formulas: [formula] })
    if (!answer.ok) throw new Error(`${formula}: ${JSON.stringify(answer.problems)}`)
    const values = new Set(answer.series[formula].filter((value) => !Number.isNaN(value)))
    // Rare patterns need more than a few thousand candles.
    if (!formula.startsWith("cdl") && (!values.has(0) || values.size < 2)) never.push(formula)
  }
  expect(never).toEqual([])
})

function columns() {
  const { time, ...rest } = randomCandles(CANDLES, { seed: 5, move: 0.02 })
  return { ...rest, openTimeMs: time }
}
