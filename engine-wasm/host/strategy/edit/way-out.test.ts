import { expect, test } from "vitest"
import { strategyFromJson } from "../document/strategy-document-from-json.ts"
import type { WrittenStrategy } from "../document/strategy-document.ts"
import { placeInWords } from "./place-words.ts"
import { waysOut } from "./way-out.ts"

const base: WrittenStrategy = {
  format: "candlewright.strategy/1",
  name: "t",
  timeframe: "1h",
  long: { enter: { all: ["close > 1"] } },
}
const slider = (value: number, min: number, max: number) => ({ type: "int" as const, label: "Level", value, min, max })

const wrong: [string, WrittenStrategy, string, string[]][] = [
  [
    "a slider whose range excludes its value",
    { ...base, params: { level: slider(30, 40, 60) } },
    "The slider “Level”",
    ["Move it to 40", "Let it go from 30 to 60"],
  ],
  [
    "a slider of whole numbers at half of one",
    { ...base, params: { level: slider(30.5, 20, 60) } },
    "The slider “Level”",
    ["Move it to 31"],
  ],
  [
    "a slider whose ends are swapped",
    { ...base, params: { level: slider(30, 60, 20) } },
    "The slider “Level”",
    ["Let it go from 20 to 60"],
  ],
  [
    "a param used but not defined",
    { ...base, long: { enter: { all: ["close > 1", "rsi(close, 14) < oversold"] } } },
    "When to buy, condition 2",
    ["Make “oversold” a slider"],
  ],
  [
    "a number that names no param",
    { ...base, protect: { stopLoss: { kind: "percent", percent: "distance" } } },
    "The stop loss",
    ["Make “distance” a slider"],
  ],
  [
    "a size by risk without a stop",
    { ...base, protect: { stopLoss: { kind: "none" } } },
    "The size of a position",
    ["Use a quarter of the account", "Set a stop of 2 %"],
  ],
]

test.each(wrong)("%s is reported with its place, and every way out leads out", (_, document, place, labels) => {
  const read = strategyFromJson(document, { extra: [] })
  if (read.ok) throw new Error("this document should not check")
  expect(read.problems).toHaveLength(1)
  expect(placeInWords(document, read.problems[0].path)).toBe(place)
  const ways = waysOut(document, read.problems[0])
  expect(ways.map(({ label }) => label)).toEqual(labels)
  for (const way of ways) {
    const after = strategyFromJson(way.document, { extra: [] })
    expect(after.ok ? [] : after.problems, way.label).toEqual([])
  }
})

test("a document of a newer version says so, and that nothing was changed", () => {
  const read = strategyFromJson({ ...base, format: "candlewright.strategy/2" })
  expect(read.ok ? "" : read.problems[0].because).toMatch(/written by a newer Candlewright.*Nothing was changed/)
  const other = strategyFromJson({ ...base, format: "peer/1" })
  expect(other.ok ? "" : other.problems[0].because).toBe(
    '"peer/1" is not possible here; write "candlewright.strategy/1"',
  )
})
