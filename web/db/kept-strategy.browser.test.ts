import Dexie from "dexie"
import { afterEach, expect, test } from "vitest"
import { changesBetween, strategyFromJson, strategyTemplates, type WrittenStrategy } from "#engine/strategy"
import { Database, database } from "./database.ts"
import { bringBack, endDeletion, purgeHiddenStrategies } from "./deleted-strategy.ts"
import {
  changeDraft,
  describeStrategy,
  findStrategy,
  keepStrategy,
  keepVersion,
  listStrategies,
  rollBack,
  tagsFrom,
} from "./kept-strategy.ts"
import { forgetRun, listRuns, MOST_RUNS, noteRun, restoreRun, type SavedRun, saveRun } from "./saved-run.ts"
import { markIfBroken } from "../strategy/library/version-fault.ts"
import { listVersions } from "./strategy-version.ts"

const dip = wholeTemplate("rsi-dip")

afterEach(async () => {
  await Promise.all([database.strategies.clear(), database.versions.clear(), database.runs.clear()])
})

test("a changed draft is kept at once, and as a version with words of what changed", async () => {
  const { id } = await keepStrategy({ document: dip, origin: "from a test" })
  await changeDraft(id, changesBetween(dip, moved(dip, 25)))
  expect((await findStrategy(id))?.draft).toEqual(moved(dip, 25))
  await keepVersion(id)
  expect((await listVersions(id)).map(({ number, words }) => [number, words])).toEqual([
    [2, ["Buy below 30 → 25"]],
    [1, []],
  ])
  expect(await keepVersion(id), "nothing changed since").toBeUndefined()
})

test("what two windows changed at one place is kept from both: the later as the draft, the other as a version", async () => {
  const { id } = await keepStrategy({ document: dip, origin: "from a test" })
  await changeDraft(id, changesBetween(dip, moved(dip, 20)))
  const answer = await changeDraft(id, changesBetween(dip, moved(dip, 25)))
  expect(answer).toMatchObject({ isMerged: true, draft: moved(dip, 25) })
  const [other] = await listVersions(id)
  expect(other).toMatchObject({ how: "as another window left it", document: moved(dip, 20) })
})

test("going back keeps what was there as a version of its own", async () => {
  const { id } = await keepStrategy({ document: dip, origin: "from a test" })
  await changeDraft(id, changesBetween(dip, moved(dip, 25)))
  await rollBack(id, 1)
  expect(await findStrategy(id)).toMatchObject({ draft: dip, version: 1 })
  expect((await listVersions(id))[0]).toMatchObject({ number: 2, document: moved(dip, 25) })
})

test("a version that does not run keeps its first mistake, a sound one has none", async () => {
  // The compiler is 13 MB to read, and its first look is cold.
  const { id } = await keepStrategy({ document: dip, origin: "from a test" })
  const broken = { ...dip, long: { enter: { all: ["close > nothing("] } } } as WrittenStrategy
  for (const document of [broken, dip]) {
    await changeDraft(id, changesBetween((await findStrategy(id))!.draft, document))
    await markIfBroken(await keepVersion(id))
  }
  const code = { language: "assemblyscript" as const, source: "export class Mine extends Strategy {" }
  const { long: _, short: __, series: ___, ...rest } = dip
  await changeDraft(id, changesBetween(dip, { ...rest, code }))
  await rollBack(id, 1).then(markIfBroken)
  expect((await listVersions(id)).map(({ fault }) => fault)).toEqual([
    expect.stringMatching(/^line \d+: /),
    undefined,
    expect.stringMatching(/^When to buy, condition 1, at character /),
    undefined,
  ])
}, 120_000)

test("a deleted strategy is out of sight, comes back, and is gone for good with its versions later", async () => {
  const { id } = await keepStrategy({ document: dip, origin: "from a test", tags: [" a ", "a", "b  c"] })
  await describeStrategy(id, { deletedAtMs: 5 })
  expect(await listStrategies()).toEqual([])
  await describeStrategy(id, { deletedAtMs: undefined })
  expect(await listStrategies()).toMatchObject([{ id, tags: ["a", "b c"] }])
  await describeStrategy(id, { deletedAtMs: 5 })
  await purgeHiddenStrategies(6)
  expect(await database.versions.count()).toBe(0)
})

test("a deletion taken back in another window is not ended by the window that made it", async () => {
  const kept = await keepStrategy({ document: dip, origin: "from a test" })
  await describeStrategy(kept.id, { deletedAtMs: 5 })
  await bringBack({ kept, draft: moved(dip, 25) })
  await endDeletion(kept.id)
  expect(await findStrategy(kept.id)).toMatchObject({ id: kept.id, draft: dip })
  await describeStrategy(kept.id, { deletedAtMs: 5 })
  await endDeletion(kept.id)
  expect(await database.strategies.count()).toBe(0)
  await bringBack({ kept, draft: moved(dip, 25) })
  expect(await findStrategy(kept.id)).toMatchObject({ draft: moved(dip, 25), version: 1, revision: 2 })
  expect(await listVersions(kept.id)).toMatchObject([{ number: 1, document: moved(dip, 25) }])
})

test("tags are few, short, and each there once", () => {
  expect(tagsFrom(Array.from({ length: 20 }, (_, n) => `${n}`))).toHaveLength(8)
  expect(tagsFrom(["x".repeat(50)])[0]).toHaveLength(24)
})

test("of runs the newest stay, those with a note always; running one again keeps its note", async () => {
  await saveRun(runOf(0))
  await noteRun("0", "mine")
  for (let n = 1; n <= MOST_RUNS + 2; n++) await saveRun(runOf(n))
  const runs = await listRuns()
  expect(runs).toHaveLength(MOST_RUNS + 1)
  expect(runs.at(-1)).toMatchObject({ id: "0", note: "mine" })
  await saveRun({ ...runOf(0), ranAtMs: 9_999 })
  expect((await listRuns())[0]).toMatchObject({ id: "0", note: "mine", ranAtMs: 9_999 })
  await saveRun({ ...runOf(0), id: "kept", strategyId: "mine", ranAtMs: 10_000 }, "0")
  expect(await database.runs.get("0"), "one run, of the strategy kept from it").toBeUndefined()
  expect((await listRuns())[0]).toMatchObject({ id: "kept", strategyId: "mine", note: "mine" })
  await saveRun({ ...runOf(0), ranAtMs: 9_999 })
  await noteRun("0", "mine")
  const gone = await forgetRun("0")
  expect(await database.runs.get("0")).toBeUndefined()
  await restoreRun(gone!)
  expect(await database.runs.get("0")).toMatchObject({ note: "mine" })
})

test("runs an earlier version remembered are there after the upgrade, each with its address", async () => {
  const name = "candlewright-version-6"
  await Dexie.delete(name)
  const old = new Dexie(name)
  old.version(6).stores({ markets: "id, importedAtMs", runs: "id, ranAtMs" })
  const { address: _, ...figures } = runOf(1)
  await old.table("runs").bulkAdd([
    { ...figures, id: "?strategy=rsi-dip&params=length:20,oversold:25" },
    { ...figures, id: "", ranAtMs: 2 },
  ])
  old.close()
  const upgraded = new Database(name)
  const runs = await upgraded.runs.orderBy("ranAtMs").toArray()
  expect(runs.map(({ address }) => address)).toEqual(["?strategy=rsi-dip&params=length:20,oversold:25", ""])
  for (const { id } of runs) expect(id).toMatch(/^[0-9a-f]{24}$/)
  expect(await upgraded.strategies.count()).toBe(0)
  await upgraded.delete()
})

function runOf(n: number): SavedRun {
  return {
    id: `${n}`,
    address: `?n=${n}`,
    ranAtMs: n,
    market: "DEMO/USD",
    strategy: "t",
    totalReturnPercent: 1,
    tradeCount: 2,
    hashes: { engine: "e", strategy: "s", data: "d" },
  }
}

function moved(strategy: WrittenStrategy, value: number): WrittenStrategy {
  const oversold = { ...strategy.params!.oversold, value } as NonNullable<WrittenStrategy["params"]>[string]
  return { ...strategy, params: { ...strategy.params, oversold } }
}

function wholeTemplate(id: string): WrittenStrategy {
  const checked = strategyFromJson(strategyTemplates.find((template) => template.id === id)!.document)
  if (!checked.ok) throw new Error("a template is a strategy")
  return checked.strategy
}
