import fc from "fast-check"
import { expect, test } from "vitest"
import { type TimeRange, withoutRange, withRange } from "./time-range.ts"

const range = fc.tuple(fc.nat(50), fc.nat(20)).map(([fromMs, length]): TimeRange => ({ fromMs, toMs: fromMs + length }))
const moments = (ranges: TimeRange[]) => new Set(ranges.flatMap(({ fromMs, toMs }) => Array.from({ length: toMs - fromMs }, (_, at) => fromMs + at)))

test("ranges hold each moment any of them held, in order and never touching", () => {
  fc.assert(
    fc.property(fc.array(range), (ranges) => {
      const joined = ranges.reduce<TimeRange[]>(withRange, [])
      expect(moments(joined)).toEqual(new Set([...moments(ranges)].toSorted((a, b) => a - b)))
      joined.slice(1).forEach(({ fromMs }, at) => expect(fromMs).toBeGreaterThan(joined[at].toMs))
    }),
  )
})

test("what is taken out is gone, and nothing else", () => {
  fc.assert(
    fc.property(fc.array(range), range, (ranges, gone) => {
      const left = withoutRange(ranges.reduce<TimeRange[]>(withRange, []), gone)
      expect(moments(left)).toEqual(new Set([...moments(ranges)].filter((moment) => moment < gone.fromMs || moment >= gone.toMs)))
    }),
  )
})
