import fc from "fast-check"
import { expect, test } from "vitest"
import { plainText } from "../../candles/foreign-text.ts"
import { convertToCode } from "../code/convert-to-code.ts"
import { donchianTrend } from "../templates/donchian-trend.ts"
import { rsiDip } from "../templates/rsi-dip.ts"
import { type StrategyDocument, strategySchema, type WrittenStrategy } from "../document/strategy-document.ts"
import { alignedItems } from "./alignment.ts"
import { twoStrategies } from "../../../testing/any-strategy.ts"
import { amountText, labelOf } from "./block-words.ts"
import { changeLine, changesInWords, changeText } from "./change-words.ts"
import { changesBetween } from "./strategy-change.ts"

const dip = strategySchema.parse(rsiDip.document)

function lines(change: (document: WrittenStrategy) => WrittenStrategy): string[] {
  return changesInWords(dip, strategySchema.parse(change(structuredClone(rsiDip.document)))).map(changeText)
}

test("a moved slider shows its label", () => {
  expect(
    lines((document) => ({ ...document, params: { ...document.params, oversold: { ...oversold, value: 25 } } })),
  ).toEqual(["Buy below 30 → 25"])
})

const oversold = rsiDip.document.params!.oversold as { type: "number"; value: number; min: number; max: number }

test("conditions are listed one by one, and those at one place as one change", () => {
  expect(
    lines((document) => ({
      ...document,
      long: {
        enter: { all: ["crossunder(strength, 20)", "not useTrend or close > trend", "volume > 0"] },
        exit: null,
      },
    })),
  ).toEqual([
    "Buy when crossunder(strength, oversold) → crossunder(strength, 20)",
    "Buy when + volume > 0",
    "Sell when − strength > recovered",
  ])
})

test("rules converted to code keep their stop in the code, and the change says so", () => {
  const converted = convertToCode(dip)
  if (!converted.ok) throw new Error(converted.problems[0].because)
  const changes = lines(() => converted.document)
  expect(changes).toContain("Stop loss 2.5 × ATR over 14 candles → the code's own, else 2 %")
  expect(changes.filter((change) => /^(Size|Take profit)/.test(change))).toEqual([])
})

test("protection, size and limits show their units", () => {
  expect(
    lines((document) => ({
      ...document,
      timeframe: "4h",
      protect: { stopLoss: { kind: "percent", percent: 3 }, takeProfit: [{ percent: 4, share: 0.5 }] },
      size: { kind: "equity", percent: 50 },
      limits: { ...document.limits, dailyLossPercent: null },
    })),
  ).toEqual([
    "Candles of 1h → 4h",
    "Stop loss 2.5 × ATR over 14 candles → 3 %",
    "Take profit + 4 % on 0.5 of what is open",
    "Time stop − after 72 candles",
    "Size risks 1 % of the account, with at most 50 % of it → 50 % of the account",
    "Daily loss limit − 3 %",
  ])
})

test("many changes become the first few and a count", () => {
  const other = strategySchema.parse(donchianTrend.document)
  expect(changeLine(changesInWords(dip, other))).toMatch(/^Name .* and \d+ more$/)
  expect(changeLine([])).toBe("")
})

test("every value that changed is in the words, and where nothing changed there are none", () => {
  fc.assert(
    fc.property(twoStrategies, ({ from, to }) => {
      const changes = changesInWords(from, to)
      expect(changes.length > 0).toBe(changesBetween(from, to).length > 0)
      const text = changes.map(changeText).join("\n")
      for (const { path, before, after } of changesBetween(from, to)) {
        if (path[0] === "code") continue
        for (const value of leavesNotIn(after, before)) expect(text).toContain(wordsOf(value, to, path))
        for (const value of leavesNotIn(before, after)) expect(text).toContain(wordsOf(value, from, path))
      }
    }),
    { numRuns: 1000 },
  )
})

test("code shows how many lines went and came, and line by line", () => {
  const withCode = (source: string) =>
    strategySchema.parse({ ...dip, series: {}, long: null, code: { language: "assemblyscript", source } })
  const [change] = changesInWords(withCode("a\nb\nc"), withCode("a\nx\ny\nc"))
  expect(changeText(change)).toBe("Code 1 line out → 2 lines in")
  expect(change.lines?.map(({ kind, text }) => `${kind[0]}${text}`)).toEqual(["sa", "rb", "ax", "ay", "sc"])
})

test("two aligned lists hold both lists in their order; beyond the cap too", () => {
  const list = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 30 })
  fc.assert(
    fc.property(list, list, (before, after) => {
      expectBoth(before, after)
      const kept = alignedItems(before, after).filter(({ kind }) => kind === "same").length
      expect(kept).toBe(mostKept(before, after))
    }),
  )
  expectBoth(
    Array.from({ length: 3000 }, (_, n) => `a${n}`),
    Array.from({ length: 3000 }, (_, n) => `b${n}`),
  )
})

function expectBoth(before: string[], after: string[]) {
  const items = alignedItems(before, after)
  expect(items.filter(({ kind }) => kind !== "added").map(({ text }) => text)).toEqual(before)
  expect(items.filter(({ kind }) => kind !== "removed").map(({ text }) => text)).toEqual(after)
}

/** By the definition, slowly. */
function mostKept(a: string[], b: string[]): number {
  const known = new Map<string, number>()
  const of = (i: number, j: number): number => {
    if (i === a.length || j === b.length) return 0
    const key = `${i} ${j}`
    if (!known.has(key)) known.set(key, a[i] === b[j] ? 1 + of(i + 1, j + 1) : Math.max(of(i + 1, j), of(i, j + 1)))
    return known.get(key)!
  }
  return of(0, 0)
}

/** The values in one part that the other has not at the same place; of a list, those it has nowhere. */
function leavesNotIn(part: unknown, other: unknown): unknown[] {
  if (typeof part !== "object" || part === null) return part === other ? [] : [part]
  if (Array.isArray(part)) {
    const others = Array.isArray(other) ? other.map((item) => JSON.stringify(item)) : []
    return part.filter((item) => !others.includes(JSON.stringify(item))).flatMap((item) => leavesNotIn(item, undefined))
  }
  const fields = Object(other) as Record<string, unknown>
  return Object.entries(part).flatMap(([key, value]) => {
    if (key === "kind" || key === "type") return []
    // Conditions stay conditions, however they join.
    return leavesNotIn(value, key === "all" || key === "any" ? (fields.all ?? fields.any) : fields[key])
  })
}

function wordsOf(value: unknown, strategy: StrategyDocument, path: string[]): string {
  if (typeof value === "number") return value === 1 && path.includes("takeProfit") ? "" : amountText(value, {})
  if (typeof value === "boolean") return value ? "on" : "off"
  if (typeof value !== "string") return ""
  const isAmount = ["protect", "size", "orders", "add", "limits"].includes(path[0])
  return plainText(isAmount ? labelOf(value, strategy.params) : value, 2000)
}
