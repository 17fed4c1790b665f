import fc from "fast-check"
import { beforeAll, expect, test } from "vitest"
import { Mark } from "../assembly/path-mark.ts"
import { exitReasons, rejectedReasons } from "../host/result/backtest-result.ts"
import { newInstance } from "../host/run/engine/engine.ts"
import { markedEngine } from "./marked-engine.ts"
import { evenRun, plainRun, randomRun, requestOf, type RandomRun } from "./random-run.ts"
import { runIn } from "./reference-agreement.ts"

let engine: Awaited<ReturnType<typeof markedEngine>>
beforeAll(async () => void (engine = await markedEngine()))

type Reached = { runs: number; marks: Map<string, number>; exits: Map<string, number>; refusals: Map<string, number> }

/** In how many of these random runs each path, each way to end a trade and each refusal occurs. */
function reached(runs: fc.Arbitrary<RandomRun>, count: number): Reached {
  const found: Reached = { runs: count, marks: new Map(), exits: new Map(), refusals: new Map() }
  const add = (to: Map<string, number>, names: Iterable<string>) => {
    for (const name of new Set(names)) to.set(name, (to.get(name) ?? 0) + 1)
  }
  const instance = newInstance(engine)
  const paths = Object.entries(Mark).filter(([name, path]) => typeof path === "number" && name !== "count")
  const visits = () => paths.map(([, path]) => instance.visited(path as number))
  for (const plan of fc.sample(runs, { numRuns: count, seed: 11 })) {
    const before = visits()
    const told = runIn(engine, instance, requestOf(plan))
    const after = visits()
    add(
      found.marks,
      paths.map(([name]) => name).filter((_, n) => after[n] > before[n]),
    )
    add(
      found.exits,
      told.trades.map(({ exitReason }) => exitReason),
    )
    add(
      found.refusals,
      told.rejected.map(({ reason }) => reason),
    )
  }
  return found
}

/** The names that fewer than `percent` of the runs reach, with their frequency. */
function rare(of: Map<string, number>, names: readonly string[], { runs }: Reached, percent: number) {
  return names
    .filter((name) => (of.get(name) ?? 0) * 100 < percent * runs)
    .map((name) => `${name}: ${of.get(name) ?? 0}`)
}

test("random runs reach every path of the engine, the fast ones in one run of twenty at least", () => {
  const any = reached(randomRun, 1_000)
  const plain = reached(plainRun, 600)
  const even = reached(evenRun, 600)
  expect(rare(any.marks, ["passOver", "manyMoment"], any, 5)).toEqual([])
  expect(rare(plain.marks, ["passOver", "holdOn"], plain, 5)).toEqual([])
  expect(rare(even.marks, ["evenPass", "evenFollow", "evenMoment"], even, 5)).toEqual([])
  expect(rare(any.exits, exitReasons, any, 0.5)).toEqual([])
  const portfolioLimits = ["correlation", "maxOpenPositions"]
  expect(rare(even.refusals, portfolioLimits, even, 0.5)).toEqual([])
  const ofOneMarket = rejectedReasons.filter((reason) => !portfolioLimits.includes(reason))
  expect(rare(any.refusals, ofOneMarket, any, 0.3)).toEqual([])
})
