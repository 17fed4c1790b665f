import fc from "fast-check"
import { expect, test } from "vitest"
import { joinRanges, rangesLengthMs, rangesWithin, rangesWithout, type TimeRange } from "./candle-ranges.ts"

const moments = 40
const range = fc.tuple(fc.nat(moments), fc.nat(moments)).map(([fromMs, toMs]) => ({ fromMs, toMs }))
const ranges = fc.array(range, { maxLength: 8 })
const times = (some: readonly TimeRange[]) =>
  Array.from({ length: moments }, (_, time) => some.some(({ fromMs, toMs }) => fromMs <= time && time < toMs))

test("joined ranges cover the same moments, in order, with room between them", () => {
  fc.assert(
    fc.property(ranges, (some) => {
      const joined = joinRanges(some)
      expect(times(joined)).toEqual(times(some))
      expect(joined.every(({ fromMs, toMs }, at) => fromMs < toMs && (at === 0 || joined[at - 1].toMs < fromMs))).toBe(
        true,
      )
    }),
  )
})

test("the rest, the shared and the removed ranges fit together moment by moment", () => {
  fc.assert(
    fc.property(ranges, ranges, (some, others) => {
      const [a, b] = [times(some), times(others)]
      expect(times(rangesWithout(some, others))).toEqual(a.map((is, time) => is && !b[time]))
      expect(times(rangesWithin(some, others))).toEqual(a.map((is, time) => is && b[time]))
      expect(rangesLengthMs(some)).toBe(a.filter(Boolean).length)
    }),
  )
})
