import fc from "fast-check"
import { expect, test } from "vitest"
import { AskerGone, LongWork, type Work } from "./long-work.ts"
import { Refusal } from "./refusal.ts"

/** Long work over a clock that only the work itself moves, with counted turns. */
function workshop() {
  let nowMs = 0
  const heldMs: number[] = []
  let turnFromMs = 0
  const work = new LongWork({
    steadyMs: () => nowMs,
    giveWay: async () => {
      heldMs.push(nowMs - turnFromMs)
      turnFromMs = nowMs
    },
  })
  function* steps(costsMs: readonly number[], done: (at: number) => void = () => {}): Work<number> {
    for (const [at, costMs] of costsMs.entries()) {
      nowMs += costMs
      done(at)
      yield
    }
    return costsMs.length
  }
  return { work, steps, heldMs, wait: (ms: number) => (nowMs += ms) }
}

const costs = fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { maxLength: 200 })

test("however much work there is, the thread is held for a slice and the step that ends it, no longer", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(costs, { minLength: 1, maxLength: 30 }), async (pieces) => {
      const { work, steps, heldMs } = workshop()
      expect(await Promise.all(pieces.map((piece) => work.run(steps(piece))))).toEqual(
        pieces.map(({ length }) => length),
      )
      expect(Math.max(0, ...heldMs)).toBeLessThanOrEqual(5 + 3)
      expect(work.waiting).toBe(0)
    }),
  )
})

test("a quick request is answered after one turn of each slow one", async () => {
  const { work, steps } = workshop()
  const order: string[] = []
  const slow = [1, 2, 3].map((name) =>
    work.run(steps(Array<number>(100).fill(1))).then(() => order.push(`slow ${name}`)),
  )
  await Promise.all([...slow, work.run(steps([1])).then(() => order.push("quick"))])
  expect(order).toEqual(["quick", "slow 1", "slow 2", "slow 3"])
})

test("work stops where it is when its caller is gone, and the others continue", async () => {
  const { work, steps } = workshop()
  const asker = new AbortController()
  let reached = 0
  const left = work.run(
    steps(Array<number>(1_000).fill(1), (at) => {
      reached = at
      if (at === 100) asker.abort()
    }),
    { signal: asker.signal },
  )
  const other = work.run(steps(Array<number>(300).fill(1)))
  await expect(left).rejects.toBeInstanceOf(AskerGone)
  expect(await other).toBe(300)
  expect(reached).toBeLessThan(110)
})

test("a failure halfway fails its own request only", async () => {
  const { work, steps } = workshop()
  const broken = work.run(
    steps([1, 1, 1], (at) => {
      if (at === 1) throw new Error("broken")
    }),
  )
  const fine = work.run(steps([1, 1, 1]))
  await expect(broken).rejects.toThrow("broken")
  expect(await fine).toBe(3)
})

test("too many requests are refused at once, and one that waits too long is dropped", async () => {
  const { work, steps } = workshop()
  const all = Array.from({ length: 120 }, () => work.run(steps(Array<number>(400).fill(1))).catch((error) => error))
  const answers = await Promise.all(all)
  const codes = answers.map((answer) => (answer instanceof Refusal ? answer.code : answer))
  expect(new Set(codes)).toEqual(new Set([-1007, -1008]))
  expect(codes.filter((code) => code === -1008)).toHaveLength(20)
})
