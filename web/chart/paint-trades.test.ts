import fc from "fast-check"
import { expect, test } from "vitest"
import { type LabelBox, labelsApart } from "./paint-trades.ts"

const label = fc.record({
  middle: fc.integer({ min: 0, max: 400 }),
  top: fc.integer({ min: 0, max: 100 }),
  half: fc.constant(20),
  isFirst: fc.constant(false),
})

test("no two labels of a chart touch, each that is left out would touch one, and the lit trade's is always there", () => {
  fc.assert(
    fc.property(fc.array(label, { minLength: 1, maxLength: 15 }), fc.nat(14), (labels, lit) => {
      const all = labels.map((each, at) => ({ ...each, isFirst: at === lit % labels.length }))
      const shown = labelsApart(all)
      const touching = (one: LabelBox) => (other: LabelBox) =>
        one !== other && Math.abs(one.middle - other.middle) < 43 && Math.abs(one.top - other.top) < 14
      for (const each of shown) expect(shown.some(touching(each))).toBe(false)
      for (const each of all.filter((one) => !shown.includes(one))) expect(shown.some(touching(each))).toBe(true)
      expect(shown).toContainEqual(all[lit % labels.length])
    }),
  )
})
