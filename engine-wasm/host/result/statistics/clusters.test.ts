import fc from "fast-check"
import { expect, test } from "vitest"
import { SeededChance } from "../../candles/synthetic/seeded-chance.ts"
import { clustersOf, silhouetteOf, standardised } from "./clusters.ts"
import { kMeans, pointAt, squaredDistance } from "./k-means.ts"

/** Clouds of points around centres, in turn; the second column is in other units. */
function clouds(centres: [number, number][], count: number, width = 0.05): Float64Array[] {
  const chance = new SeededChance(11)
  const column = (feature: 0 | 1, unit: number) =>
    Float64Array.from(
      { length: count },
      (_, at) => unit * (centres[at % centres.length][feature] + width * chance.bell()),
    )
  return [column(0, 1), column(1, 1000)]
}

test("as many groups are found as there are clouds, each point in that of its cloud, the calmest first", () => {
  const all: [number, number][] = [
    [0, 0],
    [1, 1],
    [2, 0],
    [3, 1],
  ]
  for (const count of [2, 3, 4]) {
    const found = clustersOf(clouds(all.slice(0, count), 600), 1)!
    expect(found.centres.length).toBe(count)
    expect([...found.groupOf]).toEqual(Array.from({ length: 600 }, (_, at) => at % count))
    found.centres.forEach(([x, y], group) => {
      expect(Math.abs(x - all[group][0])).toBeLessThan(0.02)
      expect(Math.abs(y - 1000 * all[group][1])).toBeLessThan(20)
    })
    expect(found.silhouette).toBeGreaterThan(0.7)
  }
})

test("the silhouette is SciPy's distances put in Rousseeuw's formula", () => {
  const columns = [Float64Array.of(0, 1, 5, 6, 7, 2), Float64Array.of(0, 0.5, 5, 5.5, 4, 1)]
  const groupOf = Uint8Array.of(0, 0, 1, 1, 1, 0)
  const centres = [
    [0, 0],
    [0, 0],
  ]
  expect(silhouetteOf(columns, { groupOf, centres, squaredDistances: 0 })).toBeCloseTo(0.757120021528875, 12)
})

test("a point alone in its group is neither well nor badly placed", () => {
  const centres = [[0.05], [10]]
  const alone = { groupOf: Uint8Array.of(0, 0, 1), centres, squaredDistances: 0 }
  // (10 - 0.1) / 10 and (9.9 - 0.1) / 9.9.
  const others = 9.9 / 10 + 9.8 / 9.9
  expect(silhouetteOf([Float64Array.of(0, 0.1, 10)], alone)).toBeCloseTo(others / 3, 12)
})

test("one shapeless cloud is grouped too, but its silhouette says it should not have been", () => {
  expect(clustersOf(clouds([[0, 0]], 600, 1), 1)!.silhouette).toBeLessThan(0.45)
})

test("points that do not differ have no groups; two have two", () => {
  expect(clustersOf([new Float64Array(20).fill(3)], 1)).toBeUndefined()
  expect(clustersOf([new Float64Array(0)], 1)).toBeUndefined()
  expect([...clustersOf([Float64Array.of(1, 5, 1, 5, 1)], 1)!.groupOf]).toEqual([0, 1, 0, 1, 0])
})

test("the same seed finds the same groups, and the size of a unit does not matter", () => {
  const [x, y] = clouds(
    [
      [0, 0],
      [1, 1],
      [2, 0],
    ],
    200,
  )
  expect(clustersOf([x, y], 5)).toEqual(clustersOf([x, y], 5))
  expect(clustersOf([x, y.map((value) => value * 1024)], 5)!.groupOf).toEqual(clustersOf([x, y], 5)!.groupOf)
})

test("in the end each point is in the group of its nearest centre, and no sum is worse than one group's", () => {
  const value = fc.integer({ min: 0, max: 50 })
  const points = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(points, fc.integer({ min: 2, max: 4 }), fc.nat(), (each, groups, seed) => {
      const columns = [0, 1].map((feature) => Float64Array.from(each, (point) => point[feature]))
      const found = kMeans(columns, { groups, chance: new SeededChance(seed) })
      const distinct = new Set(each.map((point) => point.join()))
      expect(found !== undefined).toBe(distinct.size >= groups)
      if (found === undefined) return
      const strays = each.filter((_, at) => {
        const distances = found.centres.map((centre) => squaredDistance(columns, at, centre))
        return distances[found.groupOf[at]] > Math.min(...distances)
      })
      expect(strays).toEqual([])
      const middle = columns.map((column) => column.reduce((sum, coordinate) => sum + coordinate, 0) / column.length)
      const ofOne = each.reduce((sum, _, at) => sum + squaredDistance(columns, at, middle), 0)
      expect(found.squaredDistances).toBeLessThanOrEqual(ofOne + 1e-9)
    }),
  )
})

test("a standardised column has mean 0 and deviation 1", () => {
  const column = standardised(Float64Array.of(1, 2, 3, 4))
  expect(pointAt([column], 0)[0]).toBeCloseTo(-1.161895003862225, 12)
  expect([...standardised(Float64Array.of(2, 2))]).toEqual([0, 0])
})
