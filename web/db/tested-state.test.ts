import { expect, test } from "vitest"
import { strategyFromJson, strategyTemplates, type StrategyDocument, strategyWithValues } from "#engine/strategy"
import type { SavedRun } from "./saved-run.ts"
import { cardResult, stateWords, testedState } from "./tested-state.ts"

const [dip] = strategyTemplates.filter(({ id }) => id === "rsi-dip").map(({ document }) => wholeOf(document))
const [at30, at25, at20] = [30, 25, 20].map((oversold) => strategyWithValues(dip, { oversold }))
const versions = [
  { number: 3, document: at30 },
  { number: 2, document: at25 },
  { number: 1, document: at30 },
]

test("a run is of the version with its rules and numbers, of two alike the one it was begun from, else of that one, changed", () => {
  const words = (document: StrategyDocument, version?: number) => {
    const state = testedState(runOf(document, { version }), versions)
    return state && stateWords(state)
  }
  expect(words(at25, 1)).toBe("version 2")
  expect(words(at30, 1)).toBe("version 1")
  expect(words(at30)).toBe("version 3")
  expect(words({ ...at25, name: "Another name" })).toBe("version 2")
  expect(words({ ...at25, timeframe: "4h" })).toBe("version 2 in candles of 4h")
  expect(words(at20, 2)).toBe("version 2, then changed")
  expect(words(at20)).toBeUndefined()
})

test("a card shows the result of what the strategy is now, after going back too; without one, another's under its name", () => {
  const [run30, run25] = [runOf(at30, { percent: 30 }), runOf(at25, { percent: 25 })]
  const lastRun = { id: run25.id, ranAtMs: 1, totalReturnPercent: 25, curve: [1] }
  const card = (draft: StrategyDocument, runs: SavedRun[]) => cardResult({ draft, lastRun }, runs, versions)
  expect(card(at25, [run25, run30])).toEqual({ totalReturnPercent: 25, curve: [1, 2], run: run25 })
  expect(card(at30, [run25, run30])).toEqual({ totalReturnPercent: 30, curve: [1, 2], run: run30 })
  expect(card(at30, [run25])).toMatchObject({ totalReturnPercent: 25, of: { version: 2, isChanged: false } })
  expect(card(at30, [])).toMatchObject({ totalReturnPercent: 25, of: "earlier" })
  expect(cardResult({ draft: at30 }, [run25], versions)).toMatchObject({ of: { version: 2 } })
  expect(cardResult({ draft: at30 }, [], versions)).toBeUndefined()
})

function runOf(document: StrategyDocument, { version, percent = 0 }: { version?: number; percent?: number }): SavedRun {
  const detail = { document, curve: { openTimeMs: [1, 2], equity: [1, 2], holding: [1, 2] } }
  return { id: `run ${percent}`, version, totalReturnPercent: percent, detail } as unknown as SavedRun
}

function wholeOf(document: unknown): StrategyDocument {
  const checked = strategyFromJson(document)
  if (!checked.ok) throw new Error("a template is a strategy")
  return checked.strategy
}
