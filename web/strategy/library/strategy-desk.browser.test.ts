import { afterEach, expect, test } from "vitest"
import { changesBetween, strategyFromJson, strategyTemplates, type WrittenStrategy } from "#engine/strategy"
import { database } from "../../db/database.ts"
import { changeDraft, findStrategy, keepStrategy, type KeptStrategy, purgeStrategy } from "../../db/kept-strategy.ts"
import { stashChanges } from "./stashed-changes.ts"
import { StrategyDesk } from "./strategy-desk.ts"

afterEach(async () => {
  await Promise.all([database.strategies.clear(), database.versions.clear()])
})

test("what is on the desk is in the database a moment later, and going back is written too", async () => {
  const { desk, id, dip } = await laidOut()
  desk.change(moved(dip, "oversold", 25), "A slider moved")
  expect(desk.view.saving).toEqual({ state: "saving" })
  await desk.save()
  expect(desk.view.saving).toEqual({ state: "saved" })
  expect((await findStrategy(id))?.draft).toEqual(moved(dip, "oversold", 25))
  desk.undo()
  await desk.save()
  expect((await findStrategy(id))?.draft).toEqual(dip)
  desk.redo()
  expect(desk.view.steps.now.document).toEqual(moved(dip, "oversold", 25))
})

test("what another window changed comes in, and going back takes back only what was done here", async () => {
  const { desk, id, dip } = await laidOut()
  desk.change(moved(dip, "oversold", 25), "A slider moved")
  await changeDraft(id, changesBetween(dip, moved(dip, "length", 21)))
  desk.hear((await findStrategy(id))!)
  expect(desk.view.steps.now.document).toEqual(moved(moved(dip, "length", 21), "oversold", 25))
  await desk.save()
  expect((await findStrategy(id))?.draft).toEqual(moved(moved(dip, "length", 21), "oversold", 25))
  desk.undo()
  expect(desk.view.steps.now.document).toEqual(moved(dip, "length", 21))
})

test("changes made while others are being written are written after them, as no conflict", async () => {
  const { desk, id, dip } = await laidOut()
  desk.change(moved(dip, "oversold", 25), "A slider moved")
  const first = desk.save()
  desk.change(moved(dip, "oversold", 26), "A slider moved")
  await changeDraft(id, changesBetween(dip, moved(dip, "length", 21)))
  desk.hear((await findStrategy(id))!)
  await first
  await desk.save()
  expect((await findStrategy(id))?.draft).toEqual(moved(moved(dip, "length", 21), "oversold", 26))
  expect(await database.versions.count(), "no version as another window left it").toBe(1)
})

test("what a closing window put aside is there on the next visit", async () => {
  const { id, dip } = await laidOut()
  stashChanges(id, changesBetween(dip, moved(dip, "oversold", 25)))
  const next = new StrategyDesk(id, (await findStrategy(id))!)
  expect(next.view.steps.now.document).toEqual(moved(dip, "oversold", 25))
  await next.save()
  expect((await findStrategy(id))?.draft).toEqual(moved(dip, "oversold", 25))
  expect(localStorage.getItem(`candlewright.unsaved.${id}`)).toBeNull()
})

test("a strategy deleted elsewhere is said to be gone, and stays on the desk", async () => {
  const { desk, id, dip } = await laidOut()
  await purgeStrategy(id)
  desk.change(moved(dip, "oversold", 25), "A slider moved")
  await desk.save()
  expect(desk.view.saving).toMatchObject({
    state: "failed",
    because: expect.stringContaining("deleted in another window"),
  })
  expect(desk.view.steps.now.document).toEqual(moved(dip, "oversold", 25))
})

async function laidOut(): Promise<{ desk: StrategyDesk; id: string; dip: WrittenStrategy }> {
  const checked = strategyFromJson(strategyTemplates.find(({ id }) => id === "rsi-dip")!.document)
  if (!checked.ok) throw new Error("a template is a strategy")
  const kept: KeptStrategy = await keepStrategy({ document: checked.strategy, origin: "from a test" })
  return { desk: new StrategyDesk(kept.id, kept), id: kept.id, dip: checked.strategy }
}

function moved(strategy: WrittenStrategy, name: string, value: number): WrittenStrategy {
  const param = { ...strategy.params![name], value } as NonNullable<WrittenStrategy["params"]>[string]
  return { ...strategy, params: { ...strategy.params, [name]: param } }
}
