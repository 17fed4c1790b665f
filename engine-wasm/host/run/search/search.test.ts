import fc from "fast-check"
import { expect, test } from "vitest"
import { combinationCount, placesOf, type SpaceShape } from "./search-space.ts"
import { restore, type Told } from "./search-method.ts"
import { planProblems, plannedTrials, searchMethod, searchMethods, type SearchPlan } from "./search.ts"

const shape = (...radices: number[]): SpaceShape => ({
  variants: { length: 1 },
  dimensions: radices.map((length) => ({ values: { length } })),
})

type Scored = (places: number[]) => number

/** Runs a search to its end. */
function searched(space: SpaceShape, plan: SearchPlan, score: Scored): Told[] {
  const method = searchMethod(space, plan)
  const told: Told[] = []
  for (let numbers = method.ask(); numbers.length > 0; numbers = method.ask()) {
    const scores = numbers.map((number) => score(placesOf(space, number)))
    method.tell(scores)
    told.push({ numbers, scores })
  }
  return told
}

const numbersOf = (told: readonly Told[]) => told.flatMap(({ numbers }) => [...numbers])
const bestOf = (told: readonly Told[]) =>
  Math.max(...told.flatMap(({ scores }) => [...scores]).filter((one) => !Number.isNaN(one)))
const hilly: Scored = (places) => places.reduce((sum, place, at) => sum + Math.sin(place * (at + 1)), 0)

const someSpace = fc
  .array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 })
  .map((radices) => shape(...radices))
const somePlan = fc.record({
  method: fc.constantFrom(...searchMethods),
  trials: fc.integer({ min: 1, max: 150 }),
  seed: fc.integer({ min: 0, max: 1_000 }),
})

test("every method asks for as many combinations as planned, each once, all of the space", () => {
  fc.assert(
    fc.property(
      someSpace,
      somePlan,
      fc.constantFrom<Scored>(
        hilly,
        () => NaN,
        () => 1,
      ),
      (space, plan, score) => {
        const numbers = numbersOf(searched(space, plan, score))
        expect(numbers).toHaveLength(plannedTrials(space, plan))
        expect(new Set(numbers).size).toBe(numbers.length)
        expect(numbers.every((number) => number >= 0 && number < combinationCount(space))).toBe(true)
      },
    ),
    { numRuns: 200 },
  )
})

test("a search that goes on after a break asks what it would have asked without it", () => {
  fc.assert(
    fc.property(someSpace, somePlan, fc.integer({ min: 0, max: 5 }), (space, plan, generations) => {
      const whole = searched(space, plan, hilly)
      const method = searchMethod(space, plan)
      restore(method, whole.slice(0, generations))
      expect([...method.ask()]).toEqual([...(whole[generations]?.numbers ?? [])])
    }),
  )
})

test("trials of another search are not taken over", () => {
  const told = searched(shape(50, 50), { method: "random", seed: 1 }, hilly)
  expect(() => restore(searchMethod(shape(50, 50), { method: "random", seed: 2 }), told)).toThrow(/another search/)
})

test("a grid goes through its numbers in order", () => {
  expect(numbersOf(searched(shape(40, 60), { method: "grid" }, hilly))).toEqual(
    Array.from({ length: 2_400 }, (_, n) => n),
  )
})

test("another seed is another search", () => {
  for (const method of ["random", "tpe", "cmaes"] as const) {
    const [one, other] = [1, 2].map((seed) => numbersOf(searched(shape(50, 50), { method, trials: 60, seed }, hilly)))
    expect(one, method).not.toEqual(other)
  }
})

test("spaces of nearly 2^53 combinations are sampled without making a list of them", () => {
  const space = shape(90_000_000, 100_000_000)
  for (const method of ["random", "tpe", "cmaes"] as const) {
    const numbers = numbersOf(searched(space, { method, trials: 100 }, hilly))
    expect(new Set(numbers).size, method).toBe(100)
    expect(Math.max(...numbers), method).toBeGreaterThan(combinationCount(space) / 10)
  }
})

test("a method waits for its scores, one for each combination", () => {
  const method = searchMethod(shape(30), { method: "tpe" })
  const asked = method.ask()
  expect(() => method.ask()).toThrow(/tell the scores/)
  expect(() => method.tell(new Float64Array(asked.length - 1))).toThrow(/one score for each/)
})

test("a plan says why it cannot be carried out", () => {
  expect(planProblems(shape(10), { method: "tpe", trials: 5 })).toEqual([])
  expect(planProblems(shape(10), { method: "tpe", trials: 0 })[0].path).toBe("trials")
  expect(planProblems(shape(10), { method: "tpe", trials: 1e6 })[0].path).toBe("trials")
  expect(planProblems(shape(10), { method: "random", trials: 1e6 })).toEqual([])
  expect(planProblems(shape(10), { method: "random", seed: -1 })[0].path).toBe("seed")
  expect(planProblems(shape(1e5, 1e4), { method: "grid" }, 1e5)[0].because).toMatch(/take about/)
})

/** Standard functions over a grid, with the best away from the middle; larger is better. */
const PLACES = 201
const coordinate = (place: number) => (place / (PLACES - 1)) * 10 - 5 - 1.3
const standard: Record<string, Scored> = {
  sphere: (places) => -places.slice(1).reduce((sum, place) => sum + coordinate(place) ** 2, 0),
  rosenbrock: (places) => {
    const x = places.slice(1).map((place) => coordinate(place) / 2)
    return -x.slice(1).reduce((sum, next, at) => sum + 100 * (next - x[at] ** 2) ** 2 + (1 - x[at]) ** 2, 0)
  },
  rastrigin: (places) =>
    -places.slice(1).reduce((sum, place) => {
      const x = coordinate(place)
      return sum + x * x + 10 - 10 * Math.cos(2 * Math.PI * x)
    }, 0),
}

test.each(Object.keys(standard))(
  "tpe and cmaes find better %s than chance in 200 trials, by the median of 20 seeds",
  (name) => {
    const space = shape(PLACES, PLACES, PLACES, PLACES)
    const median = (method: SearchPlan["method"]) =>
      Array.from({ length: 20 }, (_, seed) =>
        bestOf(searched(space, { method, trials: 200, seed }, standard[name])),
      ).toSorted((a, b) => a - b)[10]
    const [random, tpe, cmaes] = [median("random"), median("tpe"), median("cmaes")]
    expect(tpe).toBeGreaterThan(random)
    expect(cmaes).toBeGreaterThan(random)
  },
)

test("tpe finds the better one of several variants and the better place of a switch", () => {
  const space: SpaceShape = {
    variants: { length: 9 },
    dimensions: [{ values: { length: 2 } }, { values: { length: 60 } }],
  }
  const told = searched(
    space,
    { method: "tpe", trials: 150, seed: 5 },
    ([variant, place, number]) => Number(variant === 6) + Number(place === 1) - Math.abs(number - 40) / 60,
  )
  expect(bestOf(told)).toBe(2)
})
