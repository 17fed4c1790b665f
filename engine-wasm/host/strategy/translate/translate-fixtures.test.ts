import { readdirSync, readFileSync } from "node:fs"
import fc from "fast-check"
import { expect, test } from "vitest"
import { strategyFromJson } from "../document/strategy-document-from-json.ts"
import { checkStrategy } from "../document/strategy-check.ts"
import { translateStrategy } from "./translate-strategy.ts"

const folder = new URL("../../../fixtures/scripts/", import.meta.url)
const scripts = readdirSync(folder).map((file) => ({
  file,
  text: readFileSync(new URL(file, folder), "utf8"),
}))
const mark = /(\/\/|#) not carried over/

/** The lines a script itself marks as left out. */
function markedLines(text: string): number[] {
  return text.split("\n").flatMap((row, n) => (mark.test(row) ? [n + 1] : []))
}

test.each(scripts)("$file is translated except for the lines it marks", ({ text }) => {
  const found = translateStrategy(text)
  if (!found.ok) throw new Error(`${found.because} ${JSON.stringify(found.notUnderstood)}`)
  const missing = [...new Set(found.notUnderstood.map(({ line }) => line))]
  expect(missing, JSON.stringify(found.notUnderstood, undefined, 1)).toEqual(markedLines(text))
  const read = strategyFromJson(found.document)
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  expect(checkStrategy(read.strategy)).toMatchObject({ ok: true })
})

test("at least forty Pine and twenty freqtrade scripts are translated completely, and most of all there are", () => {
  for (const [ending, least] of [
    [".pine", 40],
    [".py", 20],
  ] as const) {
    const all = scripts.filter(({ file }) => file.endsWith(ending))
    const whole = all.filter(({ text }) => translateStrategy(text).notUnderstood.length === 0)
    console.log(`${ending}: ${whole.length} of ${all.length} scripts carried over whole`)
    expect(whole.length).toBeGreaterThanOrEqual(least)
    expect(whole.length / all.length).toBeGreaterThan(0.6)
  }
})

/** Rows of the fixtures, cut and mixed, so that the reader sees words it knows. */
const rows = scripts.flatMap(({ text }) => text.split("\n"))
const mixed = fc
  .array(fc.oneof(fc.constantFrom(...rows), fc.string({ maxLength: 60 })), {
    maxLength: 40,
  })
  .map((lines) => lines.join("\n"))
const damaged = fc
  .tuple(fc.constantFrom(...scripts), fc.nat(3000), fc.nat(40), fc.string({ maxLength: 6 }))
  .map(([{ text }, at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut))

test("any text ends in an answer whose document runs", () => {
  fc.assert(
    fc.property(fc.oneof(mixed, damaged, fc.string({ unit: "grapheme", maxLength: 400 })), (text) => {
      const found = translateStrategy(text)
      expect(found.ok ? strategyFromJson(found.document).ok : found.because.endsWith(".")).toBe(true)
    }),
    { numRuns: 400 },
  )
})

test("a line of unknown words is never lost: it is listed as not understood", () => {
  fc.assert(
    fc.property(fc.constantFrom(...scripts), fc.nat(40), ({ text }, at) => {
      const lines = text.trimEnd().split("\n")
      const place = at % (lines.length + 1)
      lines.splice(place, 0, "zzz(§)")
      const found = translateStrategy(lines.join("\n"))
      const listed = [...found.notUnderstood, ...found.leftOut]
      expect(listed.some(({ text: words }) => words.includes("zzz")) || isInsideOther(lines, place)).toBe(true)
    }),
    { numRuns: 200 },
  )
})

/** A line may be inside a method, a bracket or a text that is reported at its first line. */
function isInsideOther(lines: string[], place: number) {
  const shorter = translateStrategy(lines.toSpliced(place, 1).join("\n"))
  return lines.join("\n").includes("def ") || shorter.notUnderstood.length > 0
}

const bombs: Record<string, string> = {
  brackets: `x = ${"(".repeat(100_000)}`,
  signs: `x = ${"-".repeat(200_000)}1`,
  nots: `x = ${"not ".repeat(50_000)}true`,
  doubling: ["a = close + open", ...Array.from({ length: 60 }, () => "a := a + a"), "plot(a)"].join("\n"),
  sum: `x = ${"1 + ".repeat(60_000)}1`,
  chain: `import x as y\nx = a${".b()".repeat(60_000)}`,
  choices: `x = ${"a ? b : ".repeat(30_000)}c`,
  indents: Array.from({ length: 4_900 }, (_, n) => `${" ".repeat(n % 50)}if close > open`).join("\n"),
  quotes: `import x\n${'"""'.repeat(4_001)}`,
  manyElses: `if close > open\n    x = 1\n${"else if close > low\n    strategy.entry('a', strategy.close)\n".repeat(2_000)}`,
  cases: `x = switch\n${"    close > open => 1\n".repeat(4_000)}`,
  manyConditions: `class A(IStrategy):\n    def populate_entry_trend(self, df, m):\n${"        if df.close > df.open:\n            pass\n        elif df.low > df.high:\n            pass\n".repeat(1_000)}`,
  commas: `x = ${"1,".repeat(120_000)}1`,
  elses: `x = if close > open\n    1\n${"else if close > 1\n    2\n".repeat(2_000)}`,
}

test.each(Object.entries(bombs))("a script made to exhaust the reader (%s) ends in an answer", (_, text) => {
  expect(translateStrategy(text)).toMatchObject({ ok: false })
})
