import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { translateStrategy } from "./translate-strategy.ts"
import { translationWords } from "./translation-words.ts"

const head = `//@version=5
strategy("P")
f = ta.ema(close, 10)
s = ta.ema(close, 30)
useStop = input.bool(true, "Use stop")
odd = ta.alma(close, 9, 0.85, 6)
if ta.crossover(f, s)
    strategy.entry("L", strategy.long)
`

function moved(rows: string) {
  const found = translateStrategy(head + rows)
  if (!found.ok) throw new Error(found.because)
  const notes = [...found.notUnderstood, ...found.leftOut].map(({ line, why }) => `${line}: ${why}`)
  return { ...found, protect: found.document.protect!, notes }
}

const own = 'strategy.exit("X", "L", '
const avg = "strategy.position_avg_price"
const stop = { kind: "percent", percent: 3 }

test.each([
  [
    "a trailing stop in ticks",
    `stop=${avg}*0.97, limit=${avg}*1.06, trail_points=100, trail_offset=50`,
    "trail_points",
  ],
  [
    "a trailing stop from a price",
    `stop=${avg}*0.97, limit=${avg}*1.06, trail_price=close, trail_offset=5`,
    "trail_price",
  ],
  ["a target that was not understood", `stop=${avg}*0.97, limit=odd`, "limit"],
])("%s costs itself only: the stop stays, and the line says what is left out", (_, options, word) => {
  const { protect, notUnderstood, noStop } = moved(`${own}${options})`)
  expect(protect.stopLoss).toEqual(stop)
  expect(notUnderstood.find(({ line }) => line === 9)?.why).toContain(`\`${word}\` is left out: `)
  expect(noStop).toBeUndefined()
})

test("where the only stop could not be taken over, a sentence says that the strategy has none", () => {
  const none = "This strategy now has no stop: line 9 set one that could not be taken over."
  for (const options of ["stop=odd", `stop=odd, limit=${avg}*1.06`, "loss=100", "trail_points=100, trail_offset=50"]) {
    const found = moved(`${own}${options})`)
    expect([options, found.noStop]).toEqual([options, none])
    expect(translationWords(found)).toContain(none)
  }
  expect(moved(`${own}limit=${avg}*1.06)`).noStop).toBeUndefined()
})

test("a stop under a setting follows the setting's default, and the setting's line says that it is kept there", () => {
  const on = moved(`if useStop\n    ${own}stop=${avg}*0.97)`)
  expect(on.protect.stopLoss).toEqual(stop)
  expect(on.notes).toContainEqual(expect.stringMatching(/^5: kept at its default of true/))
  const inPrice = moved(`${own}limit = useStop ? ${avg}*1.06 : na, stop=${avg}*0.97)`)
  expect(inPrice.protect.takeProfit).toEqual([{ percent: 6, share: 1 }])
  expect(inPrice.notes).toContainEqual(expect.stringMatching(/^5: kept at its default of true/))
  const off = moved(`if not useStop\n    ${own}stop=${avg}*0.97)`)
  expect(off.protect.stopLoss).toEqual({ kind: "none" })
  expect(off.notes).toContain("10: its setting is off, so it is never set")
})

test("a stop of one side is taken for both at the same distance, and its line says so", () => {
  const short = 'if ta.crossunder(f, s)\n    strategy.entry("S", strategy.short)\n'
  for (const price of [`${avg}*0.97`, `${avg} - 2 * ta.atr(14)`]) {
    const { protect, notes } = moved(`${short}${own}stop=${price})`)
    expect(protect.stopLoss!.kind).not.toBe("none")
    expect(notes).toContainEqual(expect.stringMatching(/^11: the other side has no stop/))
  }
})

test("a setting whose user was not taken over names that line", () => {
  const { notes } = moved(`length = input.int(5, "Length")\nlevel = ta.alma(close, length, 0.85, 6)\n${own}stop=level)`)
  expect(notes).toContain("9: line 10 uses this setting and was not taken over whole")
})

test("that every line is in the rules is said only where none is left out and none means something different", () => {
  const folder = new URL("../../../fixtures/scripts/", import.meta.url)
  const said = readdirSync(folder).map((file) => {
    const found = translateStrategy(readFileSync(new URL(file, folder), "utf8"))
    const isWhole = found.notUnderstood.length + found.leftOut.length === 0
    expect([file, translationWords(found).startsWith("Every line")]).toEqual([file, isWhole])
    return isWhole
  })
  expect(new Set(said).size).toBe(2)
})
