import { expect, test } from "vitest"
import { HOUR_MS } from "#engine/candles"
import { TimeLeft } from "./time-left.ts"

/** Looks every half second at work that does so much of itself in a second. */
function worked(left: TimeLeft, { fromMs, seconds, perSecond, share }: Stretch): number {
  for (let half = 0; half <= 2 * seconds; half++) left.look(fromMs + half * 500, share + (half / 2) * perSecond)
  return share + seconds * perSecond
}
type Stretch = { fromMs: number; seconds: number; perSecond: number; share: number }

test("steady work is over when its pace says so, and nothing is foretold before there is one", () => {
  const left = new TimeLeft()
  left.look(0, 0)
  expect(left.seconds).toBeUndefined()
  worked(left, { fromMs: 0, seconds: 20, perSecond: 0.01, share: 0 })
  expect(left.seconds).toBeCloseTo(80)
})

test("an hour asleep changes nothing, whether work was done in it or not", () => {
  for (const doneAsleep of [0, 0.1]) {
    const left = new TimeLeft()
    const share = worked(left, { fromMs: 0, seconds: 20, perSecond: 0.01, share: 0 })
    const wokenAt = share + doneAsleep
    left.look(HOUR_MS, wokenAt)
    expect(left.seconds).toBeCloseTo((1 - wokenAt) / 0.01)
    const later = worked(left, { fromMs: HOUR_MS, seconds: 5, perSecond: 0.01, share: wokenAt })
    expect(left.seconds).toBeCloseTo((1 - later) / 0.01)
  }
})

test("only the pace of late counts: what became faster ends sooner", () => {
  const left = new TimeLeft()
  const share = worked(left, { fromMs: 0, seconds: 100, perSecond: 0.001, share: 0 })
  const later = worked(left, { fromMs: 100_000, seconds: 40, perSecond: 0.01, share })
  expect(left.seconds).toBeCloseTo((1 - later) / 0.01, 0)
})

test("work that stands still for a while is not said to take forever, nor to be over", () => {
  const left = new TimeLeft()
  const share = worked(left, { fromMs: 0, seconds: 10, perSecond: 0.01, share: 0 })
  worked(left, { fromMs: 10_000, seconds: 120, perSecond: 0, share })
  expect(left.seconds).toBeGreaterThan(90)
  expect(left.seconds).toBeLessThan(2_000)
})
