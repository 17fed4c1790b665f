import { expect, test } from "vitest"
import { strategyTemplates } from "../templates/templates.ts"
import { strategyFromJson } from "./strategy-document-from-json.ts"
import { unfinishedStrategy } from "./unfinished-strategy.ts"

const { document } = strategyTemplates.find(({ id }) => id === "rsi-dip")!

test("what a person leaves half typed is held as it was written", () => {
  const halfTyped = [
    { ...document, long: { enter: { all: ["close >", ""] } } },
    { ...document, long: { enter: { any: [] } } },
    { ...document, protect: { stopLoss: { kind: "percent", percent: 0 } } },
    { ...document, protect: { takeProfit: [{ formula: "" }] } },
    { ...document, protect: { stopLoss: { kind: "percent", percent: "my distance" } } },
    { ...document, code: { language: "assemblyscript", source: "" } },
  ]
  for (const written of halfTyped) {
    expect(strategyFromJson(written).ok, JSON.stringify(written)).toBe(false)
    expect(unfinishedStrategy(written), JSON.stringify(written)).toEqual(written)
  }
  expect(unfinishedStrategy(document)).toEqual(document)
})

test("what no editor could show is not held", () => {
  const others = [
    7,
    null,
    undefined,
    { ...document, size: 3 },
    { ...document, long: { enter: ["close > 1"] } },
    { ...document, timeframe: "7h" },
    { ...document, protect: { stopLoss: { kind: "hope" } } },
    { ...document, more: 1 },
    { ...document, name: "a\u0007b" },
    { ...document, description: 4 },
    { ...document, long: { enter: { all: ["x".repeat(600_000)] } } },
    JSON.parse('{"__proto__":{"a":1}}') as unknown,
  ]
  for (const other of others) expect(unfinishedStrategy(other), JSON.stringify([other]).slice(0, 80)).toBeUndefined()
})
