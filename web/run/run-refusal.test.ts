import { expect, test } from "vitest"
import { defaultAccount, runProblems } from "#engine/run"
import { chosenParams, strategyFromJson, strategyTemplates, type WrittenStrategy } from "#engine/strategy"
import { runRefusals } from "./run-refusal.ts"

const cross = strategyTemplates.find(({ id }) => id === "sma-cross")!.document

function checkedCross() {
  const checked = strategyFromJson(cross)
  if (!checked.ok) throw new Error("the template does not check")
  return checked.strategy
}

function refused(written: WrittenStrategy, params: Record<string, number | boolean>) {
  const checked = strategyFromJson(written)
  if (!checked.ok) return runRefusals(checked.problems, written, params)
  const chosen = chosenParams(checked.strategy, params)
  return chosen.ok ? [] : runRefusals(chosen.problems, written, params)
}

test("a slider's value outside its range is refused by the slider's name, with two ways out", () => {
  expect(refused(cross, { fast: 2, slow: 60 })).toEqual([
    {
      because: '"Fast average" is 2; it takes whole numbers from 5 to 100.',
      ways: [
        { label: "Use 5", params: { fast: 5, slow: 60 } },
        { label: "Use its own, 20", params: { slow: 60 } },
      ],
    },
  ])
})

test("a slider whose own value is outside its range is named", () => {
  const written: WrittenStrategy = {
    ...cross,
    params: { ...cross.params, fast: { type: "int", label: "Fast average", value: 36, min: 40, max: 50 } },
  }
  expect(refused(written, {})).toEqual([{ because: "The slider “Fast average”: 36 is outside 40 to 50.", ways: [] }])
})

test("every way out leads out", () => {
  const wrong: Record<string, number | boolean>[] = [
    { fast: 1e9 },
    { fast: 20.5 },
    { slow: -3 },
    { fast: true },
    { fats: 3 },
    { fast: -1, slow: 1e6 },
  ]
  for (const params of wrong) {
    const refusals = refused(cross, params)
    expect(refusals.length).toBeGreaterThan(0)
    for (const { ways, because } of refusals) {
      expect(because).toMatch(/^[A-Z"]/)
      expect(ways.length).toBeGreaterThan(0)
      for (const way of ways) expect(refused(cross, way.params).length).toBe(refusals.length - 1)
    }
  }
})

test("a number that a param makes impossible leads back to the strategy's own", () => {
  const written: WrittenStrategy = {
    ...cross,
    params: { ...cross.params, stop: { type: "number", value: 2, min: 0, max: 10 } },
    protect: { stopLoss: { kind: "percent", percent: "stop" } },
  }
  expect(refused(written, { stop: 0 })).toEqual([
    {
      because: expect.stringMatching(/^The stop loss: with this value of its param: /),
      ways: [{ label: "Use the strategy's own numbers", params: {} }],
    },
  ])
})

test("a missing param is one sentence, however often the series it belongs to is used", () => {
  for (const { document } of strategyTemplates.filter(({ document: { code } }) => !code))
    for (const name of Object.keys(document.params ?? {})) {
      const { [name]: _, ...params } = document.params as NonNullable<WrittenStrategy["params"]>
      const refusals = refused({ ...document, params }, {}).map(({ because }) => because)
      expect(new Set(refusals).size, `${document.name} without ${name}`).toBe(refusals.length)
      expect(refusals.filter((because) => because.includes("in the series"))).toEqual([])
    }
})

test("problems of the account or the period become a sentence", () => {
  const account = { ...defaultAccount, cash: -1 }
  const problems = runProblems({ strategy: checkedCross(), account, markets: [] })
  expect(runRefusals(problems.slice(0, 1), cross, {})).toEqual([
    { because: "Start with an amount of cash above 0.", ways: [] },
  ])
})
