import fc from "fast-check"
import { expect, test } from "vitest"
import { FewCounts } from "./few-counts.ts"

const values = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -1e14, max: 1e14 }), fc.constant(2 ** 40))
const act = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(values, fc.integer({ min: 1, max: 9 })) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }) },
)

test("numbers are counted, reduced and forgotten as in a map", () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 300 }), (acts) => {
      const few = new FewCounts()
      let map = new Map<number, number>()
      for (const each of acts) {
        if (typeof each === "number") {
          few.takeAway(each)
          map = new Map([...map].flatMap(([value, count]) => (count > each ? [[value, count - each]] : [])))
        } else {
          few.add(...each)
          map.set(each[0], (map.get(each[0]) ?? 0) + each[1])
        }
        expect(few.size).toBe(map.size)
        expect(few.least()).toBe(Math.min(...map.values()))
      }
      expect(few.all().toSorted((a, b) => a - b)).toEqual([...map.keys()].toSorted((a, b) => a - b))
      expect(few.has(6)).toBe(map.has(6))
    }),
  )
})
