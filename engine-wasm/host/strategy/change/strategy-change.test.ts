import fc from "fast-check"
import { expect, test } from "vitest"
import { canonicalJson } from "../document/canonical.ts"
import { rsiDip } from "../templates/rsi-dip.ts"
import { type StrategyDocument, strategySchema, type WrittenStrategy } from "../document/strategy-document.ts"
import { anyStrategy, twoStrategies } from "../../../testing/any-strategy.ts"
import { changesBetween, withChanges } from "./strategy-change.ts"

const dip = strategySchema.parse(rsiDip.document)

/** Params and series have an order: that of the sliders, and which formula may use which. */
function exactly(strategy: WrittenStrategy) {
  return [canonicalJson(strategy), Object.keys(strategy.params ?? {}), Object.keys(strategy.series ?? {})]
}

test("the changes from one document to another, made, give the other; made backwards, the first", () => {
  fc.assert(
    fc.property(twoStrategies, ({ from, to }) => {
      const there = withChanges(from, changesBetween(from, to))
      expect(there.conflicts).toEqual([])
      expect(exactly(there.strategy)).toEqual(exactly(to))
      const back = withChanges(to, changesBetween(to, from))
      expect(exactly(back.strategy)).toEqual(exactly(from))
    }),
    { numRuns: 500 },
  )
})

test("a document does not differ from itself, and making changes twice is making them once", () => {
  fc.assert(
    fc.property(twoStrategies, ({ from, to }) => {
      expect(changesBetween(from, from)).toEqual([])
      const changes = changesBetween(from, to)
      const once = withChanges(from, changes)
      expect(withChanges(once.strategy, changes)).toEqual(once)
    }),
  )
})

test("changes of two people at different places are both kept; at the same place the conflict is reported", () => {
  const mine = changesBetween(dip, moved(dip, "oversold", 25))
  const theirs = moved(dip, "length", 21)
  expect(withChanges(theirs, mine)).toEqual({ strategy: moved(theirs, "oversold", 25), conflicts: [] })
  expect(withChanges(moved(dip, "oversold", 20), mine)).toEqual({
    strategy: moved(dip, "oversold", 25),
    conflicts: mine,
  })
})

test("a moved slider is one change at its value", () => {
  expect(changesBetween(dip, moved(dip, "oversold", 25))).toEqual([
    { path: ["params", "oversold", "value"], before: 30, after: 25 },
  ])
})

test("what was never there is no part of a change, whatever its name", () => {
  fc.assert(
    fc.property(anyStrategy, (strategy) => {
      const changes = changesBetween(strategy, { ...strategy, params: {} })
      expect(changes.every(({ before, after }) => before !== after)).toBe(true)
    }),
  )
})

function moved(strategy: StrategyDocument, name: string, value: number): StrategyDocument {
  const param = strategy.params[name] as StrategyDocument["params"][string] & { type: "int" }
  return { ...strategy, params: { ...strategy.params, [name]: { ...param, value } } }
}
