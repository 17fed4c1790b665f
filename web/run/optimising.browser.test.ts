import { afterEach, expect, test } from "vitest"
import type { OptimiseNews, SearchState } from "#engine/run"
import { strategyFromJson, type StrategyDocument, strategyTemplates } from "#engine/strategy"
import { database } from "../db/database.ts"
import {
  forgetOptimisation,
  MOST_OPTIMISATIONS,
  optimisationsOf,
  putOptimisation,
  stateOf,
} from "../db/kept-optimisation.ts"
import { sampleCandles, sampleMarket } from "../db/sample-market.ts"
import { accountOf } from "./lay-out.ts"
import type { OptimiseJob } from "./optimise-job.ts"
import { aboutOf, subjectOf } from "./optimise-subject.ts"
import {
  beginOptimising,
  cancelOptimising,
  currentOptimising,
  goOnOptimising,
  onOptimising,
  pauseOptimising,
  resumeOptimising,
} from "./optimising.ts"
import type { RunJob } from "./run-job.ts"
import { workersFor } from "./task-workers.ts"

const written = strategyTemplates.find(({ id }) => id === "rsi-dip")!.document
const { strategy } = strategyFromJson(written) as { strategy: StrategyDocument }
const job: RunJob = {
  marketId: sampleMarket.id,
  alsoIds: [],
  shown: 0,
  strategy: written,
  params: {},
  cash: 1_000,
  feePercent: 0.1,
  slippagePercent: 0,
  delayCandles: 0,
  fills: "conservative",
  leverage: 1,
  unseenPercent: 0,
  minOrder: 0,
  zone: "utc",
  fromMs: sampleCandles().openTimeMs.at(-60 * 24),
}

const [name] = Object.keys(strategy.params)

function asked(plan: Partial<OptimiseJob["request"]["plan"]> = {}, change: Partial<RunJob> = {}): OptimiseJob {
  const own = { ...job, ...change }
  const values = Array.from({ length: 12 }, (_, n) => 4 + n)
  return {
    job: own,
    request: {
      terms: { space: { variants: [strategy], dimensions: [{ name, values }] }, account: accountOf(own) },
      plan: { method: "tpe", trials: 12, seed: 1, objectives: ["sharpe"], minTrades: 3, ...plan },
      holdOutPercent: 20,
      coinFlips: 9,
    },
  }
}

/** What ended, with what it found. */
function found() {
  const ended = currentOptimising()!
  if (ended.state !== "done") throw new Error(JSON.stringify(ended))
  return ended.optimisation
}

/** Begins a search, and ends it when there is something to go on with. */
async function interrupted() {
  const ended = beginOptimising(asked())
  const { id, about } = currentOptimising()!
  await expect.poll(() => stateOf(id), { timeout: 20_000 }).toBeDefined()
  cancelOptimising()
  await ended
  return { id, about }
}

/** The first that is heard of a search under way. */
async function firstNews(): Promise<OptimiseNews> {
  for (;;) {
    const now = currentOptimising()!
    if ("news" in now && now.news) return now.news
    await new Promise<void>((resolve) => void onOptimising(resolve))
  }
}

afterEach(async () => {
  cancelOptimising()
  await Promise.all([database.optimisations.clear(), database.optimisationStates.clear()])
})

test("a search that was ended in the middle goes on to the same answer, which is kept", async () => {
  await beginOptimising(asked())
  const whole = found()
  expect(whole.evaluated).toBe(12)
  await forgetOptimisation(currentOptimising()!.id)

  const { id, about } = await interrupted()
  expect(currentOptimising()).toMatchObject({ id, state: "cancelled" })
  const [kept, ...others] = await optimisationsOf(await subjectOf(job))
  expect([kept.id, kept.optimisation, others]).toEqual([id, undefined, []])

  await goOnOptimising({ id, about, request: asked().request })
  expect(found()).toEqual(whole)
  expect(await optimisationsOf(await subjectOf(job))).toEqual([expect.objectContaining({ id, optimisation: whole })])
  expect(await stateOf(id), "nothing is left to go on with").toBeUndefined()
}, 60_000)

function withTrials(state: SearchState, more: number): SearchState {
  return { ...state, list: { ...state.list, trials: state.list.trials + more } }
}

test("it goes on from what is kept, and begins anew where the candles or the engine are others", async () => {
  for (const change of [{}, { basis: "of yesterday" }]) {
    const { id, about } = await interrupted()
    const state = (await stateOf(id))!
    await database.optimisationStates.put({ id, state: withTrials(state, 1_000) })
    await database.optimisations.update(id, change)
    await goOnOptimising({ id, about, request: asked().request })
    expect(found().evaluated).toBe("basis" in change ? 12 : 1_012)
  }
}, 60_000)

test("a paused search says so, waits, and goes on", async () => {
  const ended = beginOptimising(asked())
  await firstNews()
  pauseOptimising()
  expect(currentOptimising()?.state).toBe("paused")
  resumeOptimising()
  await ended
  expect(found().evaluated).toBe(12)
}, 60_000)

test("one that cannot be searched says why, and leaves nothing to go on with", async () => {
  await beginOptimising(asked({ objectives: ["nonsense("] }))
  expect(currentOptimising()).toMatchObject({ state: "refused", problems: [{ because: expect.any(String) }] })
  expect(await optimisationsOf(await subjectOf(job))).toEqual([])
})

test("one that is under way in another window is left to it", async () => {
  await putOptimisation({ id: "other", subject: "", changedAtMs: 1, asked: asked(), share: 0.5 })
  await navigator.locks.request("search other", () =>
    goOnOptimising({ id: "other", about: "", request: asked().request }),
  )
  expect(currentOptimising()).toMatchObject({ state: "failed", because: expect.stringContaining("another window") })
})

test("one processor stays with the page, and what many candles leave of the memory decides too", () => {
  const candles = sampleCandles()
  const years = (count: number) => ({ own: Array.from({ length: count }, () => ({ market: "A", candles })) })
  expect([1, 2, 8, 64].map((processors) => workersFor(years(1), processors))).toEqual([1, 1, 7, 16])
  expect(workersFor(years(200), 64)).toBeLessThan(4)
  expect(workersFor(years(5_000), 64)).toBe(1)
})

test("a search is about rules, market and account; what its params are now and what is shown changes nothing", () => {
  const { params, ...rules } = written
  const moved = Object.fromEntries(Object.entries(params ?? {}).map(([key, param]) => [key, { ...param, min: 1 }]))
  const same: Partial<RunJob> = {
    params: { [name]: 12 },
    shown: 1,
    zone: "local",
    strategy: { ...rules, params: moved },
  }
  expect(aboutOf({ ...job, ...same })).toBe(aboutOf(job))
  for (const other of [{ feePercent: 0.2 }, { marketId: "other" }, { toMs: 5 }, { timeframe: "4h" }] as const)
    expect(aboutOf({ ...job, ...other })).not.toBe(aboutOf(job))
})

test("the newest searches stay; a forgotten one comes back with where it was", async () => {
  const state = { generations: 3 } as unknown as SearchState
  for (let n = 0; n < MOST_OPTIMISATIONS + 2; n++)
    await putOptimisation({ id: `${n}`, subject: "s", changedAtMs: n, asked: {}, share: 0 }, state)
  const kept = await optimisationsOf("s")
  expect([kept.length, kept[0].id, kept.at(-1)?.id]).toEqual([MOST_OPTIMISATIONS, `${MOST_OPTIMISATIONS + 1}`, "2"])
  expect(await database.optimisationStates.count()).toBe(MOST_OPTIMISATIONS)

  const bringBack = await forgetOptimisation("7")
  expect([await stateOf("7"), (await optimisationsOf("s")).length]).toEqual([undefined, MOST_OPTIMISATIONS - 1])
  await bringBack?.()
  expect(await stateOf("7")).toEqual(state)
})
