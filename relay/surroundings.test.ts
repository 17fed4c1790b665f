import { expect, test } from "vitest"
import { endable, realSurroundings, sleep } from "./surroundings.ts"

test("what a timer throws is reported, and the timer continues", async () => {
  const bugs: unknown[] = []
  const { every } = realSurroundings((error) => bugs.push(error))
  const stop = every(1, () => {
    throw new Error(`planted ${bugs.length}`)
  })
  await expect.poll(() => bugs.map(String)).toEqual(expect.arrayContaining(["Error: planted 0", "Error: planted 1"]))
  stop()
})

test("a wait longer than Node's timers support does not end at once", async () => {
  const { after } = realSurroundings()
  let hasEnded = false
  const cancel = after(2 ** 33, () => (hasEnded = true))
  await new Promise((resolve) => after(5, () => resolve(undefined)))
  expect(hasEnded).toBe(false)
  cancel()
})

test("a wait ends with its signal, even one that fired before", async () => {
  const surroundings = realSurroundings()
  const stop = new AbortController()
  const waiting = sleep(surroundings, 1_000_000, stop.signal)
  stop.abort()
  expect(await waiting).toBeUndefined()
  expect(await sleep(surroundings, 1_000_000, stop.signal)).toBeUndefined()
})

test("after the end of all timers none fires, none that is begun later does, and nothing keeps the process", async () => {
  const real = realSurroundings()
  const { surroundings, end } = endable(real)
  let fired = 0
  const count = () => fired++
  surroundings.after(1_000_000, count)
  surroundings.every(1, count)
  surroundings.after(0, count)
  await expect.poll(() => fired).toBeGreaterThan(1)
  end()
  const before = fired
  surroundings.after(0, count)
  surroundings.every(1, count)
  await sleep(real, 20)
  expect(fired).toBe(before)
})
