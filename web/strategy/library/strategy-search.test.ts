import { expect, test } from "vitest"
import { strategyTemplates } from "#engine/strategy"
import type { KeptStrategy } from "../../db/kept-strategy.ts"
import { foundStrategies, tagsOf } from "./strategy-search.ts"

const strategies = strategyTemplates.map(({ id, document }, at) => ({
  id,
  draft: { ...document, name: at === 0 ? "Größe 😀" : document.name },
  tags: at === 0 ? ["Ünique"] : ["b", "a"],
})) as unknown as KeptStrategy[]

function found(words: string, tag?: string): string[] {
  return foundStrategies(strategies, { words, tag }).map(({ id }) => id)
}

test("every word is looked for, whatever its case and accents, in names, tags, markets and formulas", () => {
  expect(found("")).toHaveLength(strategies.length)
  expect(found("grosse")).toEqual([])
  expect(found("GROßE")).toEqual(["sma-cross"])
  expect(found("unique 😀")).toEqual(["sma-cross"])
  expect(found("crossunder uptrend")).toEqual(["rsi-dip"])
  expect(found("btc dip")).toContain("rsi-dip")
  expect(found("di\u200bp uptrend")).toEqual(["rsi-dip"])
})

test("a tag narrows, and tags are listed once in order", () => {
  expect(found("", "Ünique")).toEqual(["sma-cross"])
  expect(tagsOf(strategies)).toEqual(["a", "b", "Ünique"])
})
