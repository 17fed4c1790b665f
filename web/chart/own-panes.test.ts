import { expect, test } from "vitest"
import type { ChartLine } from "../run/chart-lines.ts"
import { ownGroups, paneChoicesFrom, type PaneChoices, shownPanes, withPaneTurned } from "./own-panes.ts"

const groups = ["rsi", "macd", "adx", "obv", "cci"]
const turned = (...presses: string[]) =>
  presses.reduce<PaneChoices>((choices, group) => withPaneTurned(groups, choices, group), [])

test("lines of one group share a pane, and lines over the price need none", () => {
  const line = (name: string, group: string, pane: ChartLine["pane"]): ChartLine => ({
    name,
    group,
    pane,
    values: Float64Array.of(),
  })
  const lines = [line("sma", "sma", "price"), line("macd", "macd", "own"), line("signal", "macd", "own")]
  expect(ownGroups([...lines, line("rsi", "rsi", "own")])).toEqual(["macd", "rsi"])
})

test("the first two panes are shown, any other by choice, and each of them can be hidden", () => {
  expect(shownPanes(groups, [])).toEqual(["rsi", "macd"])
  expect(shownPanes(groups, turned("cci"))).toEqual(["rsi", "macd", "cci"])
  expect(shownPanes(groups, turned("rsi", "adx"))).toEqual(["macd", "adx"])
  expect(shownPanes(groups, turned("rsi", "rsi"))).toEqual(["rsi", "macd"])
  expect(shownPanes(groups, turned("rsi", "macd"))).toEqual([])
})

test("a fifth pane waits until one is hidden", () => {
  const four = turned("adx", "obv")
  expect(shownPanes(groups, four)).toEqual(["rsi", "macd", "adx", "obv"])
  expect(withPaneTurned(groups, four, "cci")).toBe(four)
  expect(shownPanes(groups, turned("adx", "obv", "rsi", "cci"))).toEqual(["macd", "adx", "obv", "cci"])
})

test("choices last from visit to visit and from strategy to strategy, and nonsense is none", () => {
  const chosen = turned("rsi", "obv")
  expect(paneChoicesFrom(JSON.stringify(chosen))).toEqual(chosen)
  expect(shownPanes(["obv", "rsi", "ao"], chosen)).toEqual(["obv"])
  expect(shownPanes(["ao", "bop", "obv"], chosen)).toEqual(["ao", "bop", "obv"])
  for (const text of ["", "7", "{", '[["a"],[1,true],"b"]']) expect(paneChoicesFrom(text)).toEqual([])
  const many = Array.from({ length: 90 }, (_, n) => [`p${n}`, true] as const)
  expect(paneChoicesFrom(JSON.stringify(many))).toHaveLength(60)
})
