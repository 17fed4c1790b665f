import fc from "fast-check"
import { expect, test } from "vitest"
import { canonicalJson, canonicalStrategy } from "./canonical.ts"
import { strategyFromJson } from "./strategy-document-from-json.ts"
import { strategySchema } from "./strategy-document.ts"

const written = {
  name: "t",
  timeframe: "1h",
  format: "candlewright.strategy/1",
  params: { n: { type: "int", value: 3, min: 1, max: 9 }, on: { type: "bool", value: true } },
  long: { exit: { any: ["close < 1"] }, enter: { all: ["sma(close, n) > 1"] } },
} as const

test("the same document in another order, or with its defaults written out, has the same text", () => {
  const other = {
    ...written,
    timeframe: written.timeframe,
    protect: { stopLoss: { percent: 2, kind: "percent" } },
    short: null,
    description: "",
  } as const
  expect(canonicalStrategy(strategySchema.parse(other))).toBe(canonicalStrategy(strategySchema.parse(written)))
})

test("choosing a param's value and writing it into the document is the same thing", () => {
  const moved = { ...written, params: { ...written.params, n: { ...written.params.n, value: 7 } } }
  const strategy = strategySchema.parse(written)
  expect(canonicalStrategy(strategy, { n: 7 })).toBe(canonicalStrategy(strategySchema.parse(moved)))
  expect(canonicalStrategy(strategy, { n: 7 })).not.toBe(canonicalStrategy(strategy))
})

test("values that are not the strategy's are our bug, not a hash", () => {
  expect(() => canonicalStrategy(strategySchema.parse(written), { m: 1 })).toThrow("no param `m`")
})

test("the text is the document: reading it gives the same strategy", () => {
  const strategy = strategySchema.parse(written)
  expect(strategyFromJson(canonicalStrategy(strategy))).toEqual({ ok: true, strategy })
})

test("any JSON keeps its meaning and loses its order", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value))
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})
