import { beforeEach, expect, test } from "vitest"
import { database } from "./database.ts"
import { forgetModel, type KeptModel, listModels, putModel } from "./kept-model.ts"
import { dueCalls, type KeptCall, putCalls, settleCall } from "./signal-call.ts"

beforeEach(async () => {
  await Promise.all([database.models.clear(), database.signalCalls.clear()])
})

test("a model that is deleted comes back whole when that is undone", async () => {
  const model = { hash: "a", createdMs: 1 } as KeptModel
  await putModel(model)
  const undo = await forgetModel("a")
  expect(await listModels()).toEqual([])
  await undo!()
  expect(await listModels()).toEqual([model])
})

test("a call keeps what was said first, is asked about once it is due, and its outcome stays", async () => {
  const call = { id: "c", source: "votes", candleClosedMs: 1, dueMs: 10, action: "BUY", outcome: null } as KeptCall
  await putCalls([call])
  await putCalls([{ ...call, action: "SELL" }])
  expect(await dueCalls(9)).toEqual([])
  expect(await dueCalls(10)).toEqual([call])
  await settleCall("c", { close: 5, cameTrue: true })
  await settleCall("c", { close: 6, cameTrue: false })
  expect(await database.signalCalls.get("c")).toEqual({ ...call, outcome: { close: 5, cameTrue: true } })
  expect(await dueCalls(10)).toEqual([])
})
