import { expect, test } from "vitest"
import { DAY_MS } from "#engine/candles"
import { strategyFromJson, strategyTemplates, type WrittenStrategy } from "#engine/strategy"
import { madeModel } from "../../../engine-wasm/testing/made-model.ts"
import { strategyOf, withModel } from "./model-in-strategy.ts"

const model = madeModel({ readyFromMs: [DAY_MS], horizonCandles: 1 })

function document(id: string, change: Partial<WrittenStrategy> = {}): WrittenStrategy {
  return { ...strategyTemplates.find((template) => template.id === id)!.document, ...change }
}

function added(strategy: WrittenStrategy): WrittenStrategy {
  const answer = withModel(strategy, model)
  if (!answer.ok) throw new Error(answer.because)
  return answer.document
}

test("a new strategy that follows a forecast can be tested as it is, whatever the forecast is of", () => {
  for (const target of ["direction", "return", "volatility"] as const)
    expect(strategyFromJson(strategyOf(madeModel({ readyFromMs: [DAY_MS], target }))).ok).toBe(true)
})

test("a strategy keeps its own conditions and asks the forecast beside them, once for each model", () => {
  const once = added(document("rsi-dip", { timeframe: "1h" }))
  const twice = added(once)
  expect(strategyFromJson(twice).ok).toBe(true)
  expect(Object.keys(twice.models!)).toEqual(["rise1x1h"])
  expect(once.long!.enter).toMatchObject({ all: expect.arrayContaining(['forecast("rise1x1h").probability > 0.55']) })
})

test("a strategy on shorter candles names the timeframe it asks on, and one on longer candles is refused in words", () => {
  const shorter = added(document("rsi-dip", { timeframe: "15m" }))
  expect(JSON.stringify(shorter.long)).toContain("probability @ 1h > 0.55")
  expect(strategyFromJson(shorter).ok).toBe(true)
  expect(withModel(document("rsi-dip", { timeframe: "1d" }), model)).toMatchObject({ ok: false })
})

test("of conditions of which any one was enough, any one still is, if the forecast agrees", () => {
  const any = added(
    document("rsi-dip", {
      timeframe: "1h",
      params: {},
      series: {},
      long: { enter: { any: ["close > 1", "open > 2"] }, exit: null },
    }),
  )
  expect(any.long!.enter).toEqual({ all: ["(close > 1) or (open > 2)", 'forecast("rise1x1h").probability > 0.55'] })
})

test("regimes are minded beside a strategy's own conditions, one of them or whichever is known", () => {
  const moods = madeModel({ kind: "regimes", units: 3, target: "volatility", readyFromMs: [DAY_MS] })
  const minding = (regime?: number) => {
    const answer = withModel(document("rsi-dip", { timeframe: "15m" }), moods, regime)
    if (!answer.ok) throw new Error(answer.because)
    expect(strategyFromJson(answer.document).ok).toBe(true)
    return JSON.stringify(answer.document.long).replaceAll("\\", "")
  }
  expect(minding(1)).toContain('regime("moods1h") @ 1h == 1')
  expect(minding()).toContain('regime("moods1h") @ 1h >= 0')
  expect(strategyFromJson(strategyOf(moods, 2)).ok).toBe(true)
})
