import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { canonicalStrategy } from "./canonical.ts"
import { checkStrategy } from "./strategy-check.ts"
import { dangersOf, type StrategyFlag } from "./strategy-dangers.ts"
import { strategyTemplates } from "../templates/templates.ts"
import { strategyFromJson } from "./strategy-document-from-json.ts"
import { strategyJsonSchema, type StrategyDocument } from "./strategy-document.ts"

const folder = new URL("../../../fixtures/strategies/", import.meta.url)
const fixtures = readdirSync(folder)

function fixture(name: string): StrategyDocument {
  const read = strategyFromJson(readFileSync(new URL(name, folder), "utf8"))
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.strategy
}

test.each(fixtures)("%s is accepted, checked, and the same after being written out", (name) => {
  const strategy = fixture(name)
  expect(checkStrategy(strategy, { extra: ["sentiment"] })).toMatchObject({
    ok: true,
    report: { lookAhead: { possible: false } },
  })
  expect(strategyFromJson(canonicalStrategy(strategy))).toEqual({ ok: true, strategy })
})

const flagged: [string, StrategyFlag["kind"][]][] = [
  ["every-part.json", ["addsToLosers"]],
  ["smallest.json", ["noExit"]],
  ["without-stop.json", ["noStop", "short", "noExit", "unusedParam", "unusedSeries"]],
  ["code.json", ["code"]],
]

test.each(flagged)("%s is flagged: %s", (name, kinds) => {
  const checked = checkStrategy(fixture(name), { extra: ["sentiment"] })
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  expect(checked.report.flags.map(({ kind }) => kind)).toEqual(kinds)
})

test("a short side that a switch turns off is no danger and no sentence; turned on, for one run too, it is both", () => {
  const { document } = strategyTemplates.find(({ id }) => id === "supertrend")!
  const strategy = strategyFromJson(document)
  if (!strategy.ok) throw new Error(JSON.stringify(strategy.problems))
  const told = (useShort: boolean) => {
    const checked = checkStrategy(strategy.strategy, { params: { useShort } })
    if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
    const { flags, inWords } = checked.report
    return [flags.map(({ kind }) => kind), inWords.filter(({ part }) => part === "short").map(({ text }) => text)]
  }
  expect(told(false)).toEqual([[], ["It can also sell short: switched off now (“Also bet on falls (short)”)."]])
  expect(told(true)).toEqual([
    ["short"],
    [expect.stringMatching(/^It sells short .* when the direction/), expect.stringMatching(/^It buys back when/)],
  ])
})

test("a risk that a slider makes large is flagged with the value it has", () => {
  const strategy: StrategyDocument = {
    ...fixture("smallest.json"),
    params: { risk: { type: "number", value: 1, min: 1, max: 9, step: 1 } },
    size: { kind: "risk", percent: "risk", maxPositionPercent: 100 },
  }
  const kinds = (risk: number) => dangersOf(strategy, { params: { risk } }).map(({ kind }) => kind)
  expect(kinds(1)).toEqual(["noExit"])
  expect(kinds(5)).toEqual(["largeRisk", "noExit"])
})

test("leverage and a large risk are flagged", () => {
  const strategy = { ...fixture("smallest.json"), size: { kind: "risk" as const, percent: 5, maxPositionPercent: 100 } }
  const checked = checkStrategy(strategy, { leverage: 3 })
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  expect(checked.report.flags.map(({ because }) => because)).toEqual([
    "The account uses 3-fold leverage: a move of 33.3 % against it loses everything.",
    "It risks more than 2 % of the account on each trade.",
    "Only the stop loss ever closes a position.",
  ])
})

test("a slider that can be dragged to where nothing runs is flagged, not refused", () => {
  const base = fixture("without-stop.json")
  const params = {
    part: { type: "number" as const, value: 10, min: 0, max: 100, step: 1 },
    length: { type: "int" as const, value: 5, min: 0, max: 9, step: 1 },
  }
  const checked = checkStrategy({
    ...base,
    params,
    series: { a: "sma(close, length)" },
    long: { enter: { all: ["a > 1"] }, exit: null },
  })
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  expect(checked.report.flags.filter(({ kind }) => kind === "sliderEnd").map(({ because }) => because)).toEqual([
    "With `part` at 0 it cannot run: with this value of its param: must be more than 0.",
    "With `length` at 0 it cannot run: length must be from 1 to 100000, not 0.",
  ])
})

test("a column of the candle file must be named to the check", () => {
  expect(checkStrategy(fixture("own-signals.json"), { extra: ["sentiment"] })).toMatchObject({ ok: true })
  expect(checkStrategy(fixture("own-signals.json"))).toMatchObject({
    ok: false,
    problems: [
      { path: "long.enter.all[0]", character: 0, because: expect.stringContaining("`sentiment` is not known here") },
      { path: "long.exit.any[0]" },
    ],
  })
})

test("what adds up from the first candle on never settles, and the report says so in a word JSON can carry", () => {
  const checked = (formula: string) => {
    const read = strategyFromJson({
      format: "candlewright.strategy/1",
      name: "Volume",
      timeframe: "1h",
      long: { enter: { all: [formula] } },
    })
    const answer = read.ok && checkStrategy(read.strategy)
    return answer && answer.ok && answer.report.warmUp
  }
  for (const formula of ["obv() > sma(obv(), 20)", "ad() > 0", "barsSince(close > open) > 3"])
    expect(checked(formula), formula).toMatchObject({ settledAfterCandles: "never" })
  expect(checked("close > sma(close, 20)")).toEqual({ readyAfterCandles: 19, settledAfterCandles: 20 })
})

test("the report names every function used, once, with its documentation", () => {
  const checked = checkStrategy(fixture("every-part.json"))
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  expect(checked.report.functions.map(({ name }) => name)).toEqual(["rsi", "ema", "crossunder"])
  expect(checked.report.functions.every(({ doc }) => doc.length > 20)).toBe(true)
  expect(checked.report.params.map(({ name, chosen }) => [name, chosen])).toEqual([
    ["length", 14],
    ["oversold", 30],
    ["useTrend", true],
  ])
})

test("the JSON Schema for a model says what is needed and refuses the unknown", () => {
  const schema = strategyJsonSchema() as {
    required: string[]
    additionalProperties: boolean
    properties: Record<string, unknown>
  }
  expect(schema.required).toEqual(["format", "name", "timeframe"])
  expect(schema.additionalProperties).toBe(false)
  expect(Object.keys(schema.properties)).toEqual([
    "format",
    "name",
    "description",
    "timeframe",
    "markets",
    "params",
    "series",
    "long",
    "short",
    "code",
    "models",
    "protect",
    "size",
    "orders",
    "add",
    "limits",
  ])
})
