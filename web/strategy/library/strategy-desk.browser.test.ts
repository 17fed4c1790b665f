import { afterEach, expect, test } from "vitest"
import {
  changesBetween,
  type StrategyChange,
  strategyFromJson,
  strategyTemplates,
  type WrittenStrategy,
} from "#engine/strategy"
import { database } from "../../db/database.ts"
import { purgeStrategy } from "../../db/deleted-strategy.ts"
import { changeDraft, findStrategy, keepStrategy, type KeptStrategy } from "../../db/kept-strategy.ts"
import { listVersions } from "../../db/strategy-version.ts"
import { StrategyDesk } from "./strategy-desk.ts"
import { writeLeftChanges } from "./write-left-changes.ts"

afterEach(async () => {
  localStorage.clear()
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

test("how it is tested is a step that nothing is written for, and another window's change is none of it", async () => {
  const { desk, id, dip } = await laidOut()
  desk.change(moved(dip, "oversold", 25), "A slider moved")
  await desk.save()
  desk.changeSettings({ before: { cash: 100 }, after: { cash: 500 } }, "Changed the cash")
  expect(desk.view.saving).toEqual({ state: "saved" })
  await changeDraft(id, changesBetween(dip, moved(dip, "length", 21)))
  desk.hear((await findStrategy(id))!)
  expect(desk.view.steps.now).toMatchObject({ words: "Changed the cash", settings: { before: { cash: 100 } } })
  desk.undo()
  expect(desk.view.steps.now.document).toEqual(moved(moved(dip, "length", 21), "oversold", 25))
  desk.undo()
  await desk.save()
  expect((await findStrategy(id))?.draft).toEqual(moved(dip, "length", 21))
  desk.redo()
  desk.redo()
  expect(desk.view.steps.now.settings?.after).toEqual({ cash: 500 })
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

test("what a closed window put aside comes to the desk of another, and is written once", async () => {
  const { desk, id, dip } = await laidOut()
  putAside(id, "closed", changesBetween(dip, moved(dip, "oversold", 25)))
  desk.change(moved(dip, "length", 21), "A slider moved")
  await desk.save()
  await writeLeftChanges()
  desk.hear((await findStrategy(id))!)
  expect(desk.view.steps.now.document).toEqual(moved(moved(dip, "length", 21), "oversold", 25))
  expect(Object.keys(localStorage)).toEqual([])
  const { revision } = (await findStrategy(id))!
  await writeLeftChanges()
  expect((await findStrategy(id))?.revision).toBe(revision)
})

test("what a closed window put aside makes a version where another changed the same place", async () => {
  const { desk, id, dip } = await laidOut()
  putAside(id, "closed", changesBetween(dip, moved(dip, "oversold", 25)))
  desk.change(moved(dip, "oversold", 20), "A slider moved")
  await desk.save()
  await writeLeftChanges()
  expect((await findStrategy(id))?.draft).toEqual(moved(dip, "oversold", 25))
  const [other] = await listVersions(id)
  expect(other).toMatchObject({ how: "as another window left it", document: moved(dip, "oversold", 20) })
})

test("what a living window put aside waits until that window is gone", async () => {
  const { id, dip } = await laidOut()
  let close = () => {}
  const lives = new Promise<void>((resolve) => (close = resolve))
  const gone = navigator.locks.request("window living", () => lives)
  putAside(id, "living", changesBetween(dip, moved(dip, "oversold", 25)))
  const written = writeLeftChanges()
  putAside(id, "closed", changesBetween(dip, moved(dip, "length", 21)))
  await writeLeftChanges()
  expect((await findStrategy(id))?.draft).toEqual(moved(dip, "length", 21))
  close()
  await Promise.all([gone, written])
  expect((await findStrategy(id))?.draft).toEqual(moved(moved(dip, "length", 21), "oversold", 25))
})

test("a window that closes while it writes forgets nothing of what another put aside, nor its own", async () => {
  const { desk, id, dip } = await laidOut()
  putAside(id, "closed", changesBetween(dip, moved(dip, "length", 21)))
  desk.change(moved(dip, "oversold", 25), "A slider moved")
  const first = desk.save()
  await beginning()
  desk.change(moved(dip, "oversold", 26), "A slider moved")
  desk.leave()
  await first
  expect(Object.keys(localStorage), "its own and the other's").toHaveLength(2)
  await desk.save()
  expect(Object.keys(localStorage)).toEqual([`candlewright.unsaved.${id}.closed`])
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

/** A write begins as soon as it is known that no other is under way. */
async function beginning() {
  await Promise.resolve()
  await Promise.resolve()
}

/** As a window that closes does. */
function putAside(id: string, windowId: string, changes: StrategyChange[]) {
  localStorage.setItem(`candlewright.unsaved.${id}.${windowId}`, JSON.stringify(changes))
}

function moved(strategy: WrittenStrategy, name: string, value: number): WrittenStrategy {
  const param = { ...strategy.params![name], value } as NonNullable<WrittenStrategy["params"]>[string]
  return { ...strategy, params: { ...strategy.params, [name]: param } }
}
