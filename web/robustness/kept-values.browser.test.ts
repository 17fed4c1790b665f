import { changesBetween, strategyFromJson, strategyTemplates, type WrittenStrategy } from "#engine/strategy"
import { afterEach, expect, test } from "vitest"
import { database } from "../db/database.ts"
import { changeDraft, describeStrategy, findStrategy, keepStrategy, listStrategies } from "../db/kept-strategy.ts"
import { listVersions } from "../db/strategy-version.ts"
import { withParamValues } from "../run/template-of.ts"
import { keepValues, StrategyGone } from "./kept-values.ts"

const dip = wholeTemplate("rsi-dip")
const [name] = Object.keys(dip.params ?? {})
const found = withParamValues(dip, { [name]: 25 })
const asked = { before: dip, document: found, how: "values of a search", origin: "from a test", settings: "" }

afterEach(async () => {
  await Promise.all([database.strategies.clear(), database.versions.clear()])
})

test("a template becomes a strategy of the library, its found values the second version, and undo takes both away", async () => {
  const kept = await keepValues({ ...asked, strategyId: undefined })
  expect(kept.version).toBe(2)
  expect((await findStrategy(kept.strategyId))?.draft).toEqual(found)
  expect((await listVersions(kept.strategyId)).map(({ number, how }) => [number, how])).toEqual([
    [2, "values of a search"],
    [1, "from a test"],
  ])
  await kept.takeBack()
  expect(await listStrategies()).toEqual([])
})

test("what was not in a version yet is kept before, and undo goes back to it", async () => {
  const { id } = await keepStrategy({ document: dip, origin: "from a test" })
  const renamed = { ...dip, name: "Mine" }
  await changeDraft(id, changesBetween(dip, renamed))
  const kept = await keepValues({ ...asked, strategyId: id, before: renamed, document: { ...found, name: "Mine" } })
  expect((await listVersions(id)).map(({ number, how }) => [number, how])).toEqual([
    [3, "values of a search"],
    [2, "before values from a search"],
    [1, "from a test"],
  ])
  await kept.takeBack()
  expect((await findStrategy(id))?.draft).toEqual(renamed)
  expect((await listVersions(id)).length).toBe(3)
})

test("values that are there already make no version", async () => {
  const { id } = await keepStrategy({ document: found, origin: "from a test" })
  const kept = await keepValues({ ...asked, strategyId: id })
  expect(kept.version).toBe(1)
  expect((await listVersions(id)).length).toBe(1)
})

test("a strategy that was deleted meanwhile is not brought back behind anybody's back", async () => {
  const { id } = await keepStrategy({ document: dip, origin: "from a test" })
  await describeStrategy(id, { deletedAtMs: Date.now() })
  await expect(keepValues({ ...asked, strategyId: id })).rejects.toThrow(StrategyGone)
  await describeStrategy(id, { deletedAtMs: undefined })
  expect((await findStrategy(id))?.draft).toEqual(dip)
})

function wholeTemplate(id: string): WrittenStrategy {
  const checked = strategyFromJson(strategyTemplates.find((template) => template.id === id)!.document)
  if (!checked.ok) throw new Error("a template is not valid")
  return checked.strategy
}
