import fc from "fast-check"
import { expect, test } from "vitest"
import { SeededChance } from "./seeded-chance.ts"
import { shuffle, stationaryBlocks } from "./stationary-blocks.ts"

test("blocks are as long as asked on average, their lengths geometric", () => {
  const places = stationaryBlocks(new SeededChance(1), { length: 1_000_000, meanBlock: 20 })
  const lengths: number[] = [1]
  for (let at = 1; at < places.length; at++)
    if (places[at] === places[at - 1] + 1) lengths[lengths.length - 1]++
    else lengths.push(1)
  const mean = places.length / lengths.length
  expect(Math.abs(mean / 20 - 1)).toBeLessThan(0.02)
  // Geometric: a share of 1 / 20 is of length 1, and the deviation is sqrt(1 - 1 / 20) x 20.
  expect(Math.abs(lengths.filter((length) => length === 1).length / lengths.length - 0.05)).toBeLessThan(0.004)
  const variance = lengths.reduce((sum, length) => sum + (length - mean) ** 2, 0) / lengths.length
  expect(Math.abs(Math.sqrt(variance) / (20 * Math.sqrt(0.95)) - 1)).toBeLessThan(0.02)
})

test("every moment is drawn as often as any other, those at the ends too", () => {
  const counts = new Float64Array(50)
  for (const place of stationaryBlocks(new SeededChance(2), { length: 50, count: 500_000, meanBlock: 5 }))
    counts[place]++
  for (const count of counts) expect(Math.abs(count / 10_000 - 1)).toBeLessThan(0.1)
})

test("places are of the history, as many as asked; blocks of one are independent draws, endless ones the history", () => {
  const asked = fc.record({
    seed: fc.nat(),
    length: fc.integer({ min: 1, max: 300 }),
    count: fc.integer({ min: 0, max: 300 }),
    meanBlock: fc.double({ min: 0, max: 1000, noNaN: true }),
  })
  fc.assert(
    fc.property(asked, ({ seed, ...each }) => {
      const places = stationaryBlocks(new SeededChance(seed), each)
      expect(places.length).toBe(each.count)
      expect(places.every((place) => place < each.length)).toBe(true)
      expect(stationaryBlocks(new SeededChance(seed), each)).toEqual(places)
    }),
  )
  const whole = stationaryBlocks(new SeededChance(3), { length: 100, meanBlock: Infinity })
  expect([...whole].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, at) => at))
})

test("a shuffle has every place once, and each order is as likely as any", () => {
  const counts = new Map<string, number>()
  const chance = new SeededChance(4)
  for (let draw = 0; draw < 24_000; draw++) {
    const places = Uint32Array.of(0, 1, 2, 3)
    shuffle(places, chance)
    const order = places.join("")
    counts.set(order, (counts.get(order) ?? 0) + 1)
  }
  expect(counts.size).toBe(24)
  for (const [order, count] of counts) {
    expect(order.split("").toSorted().join("")).toBe("0123")
    expect(Math.abs(count / 1000 - 1)).toBeLessThan(0.15)
  }
})
