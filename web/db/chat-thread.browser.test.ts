import { afterEach, expect, test } from "vitest"
import {
  type ChatThread,
  describeThread,
  findThread,
  listThreads,
  MOST_THREADS,
  purgeLeftThreads,
  putThread,
} from "./chat-thread.ts"
import { putTurn, threadsWithWords, turnsOf } from "./chat-turn.ts"
import { database } from "./database.ts"

afterEach(async () => {
  await Promise.all([database.chatThreads.clear(), database.chatTurns.clear()])
})

const thread = (id: string): ChatThread => ({ id, title: "", createdAtMs: 1, changedAtMs: 1 })

async function said(threadId: string, say: string) {
  await putThread(thread(threadId), { head: `${threadId} turn`, title: say })
  await putTurn({ id: `${threadId} turn`, threadId, askedAtMs: 1, say })
}

test("a conversation is listed once something was said in it, under the first words or the person's own name", async () => {
  await putThread(thread("empty"), {})
  await said("dip", "buy the dip")
  await putThread(thread("dip"), { title: "something later" })
  expect((await listThreads()).map(({ title }) => title)).toEqual(["buy the dip"])
  await describeThread("dip", { title: "My dips" })
  await putThread(thread("dip"), { head: "other", title: "said later" })
  expect((await findThread("dip"))?.title).toBe("My dips")
})

test("a conversation is listed under the way of its first sentence that is shown, unless it has a name of its own", async () => {
  await said("dip", "buy the dip")
  await putThread(thread("dip"), { title: "buy the deep dip" }, ["buy the dip", "buy the deep dip"])
  expect((await findThread("dip"))?.title).toBe("buy the deep dip")
  await describeThread("dip", { title: "My dips" })
  await putThread(thread("dip"), { title: "buy the dip" }, ["buy the dip", "buy the deep dip"])
  expect((await findThread("dip"))?.title).toBe("My dips")
})

test("what was said is found, whatever its case", async () => {
  await said("dip", "Buy the DIP on bitcoin")
  await said("cross", "golden cross")
  expect([...(await threadsWithWords("dip on"))]).toEqual(["dip"])
})

test("a deleted conversation is out of sight at once and gone once its chance has passed, with all that was said", async () => {
  await said("dip", "buy the dip")
  await said("cross", "golden cross")
  await describeThread("dip", { deletedAtMs: 1000 })
  expect(await findThread("dip")).toBeUndefined()
  await purgeLeftThreads(500)
  expect(await turnsOf("dip")).toHaveLength(1)
  await purgeLeftThreads(2000)
  expect(await turnsOf("dip")).toEqual([])
  expect(await turnsOf("cross")).toHaveLength(1)
})

test("the oldest conversations make room", async () => {
  const many = Array.from({ length: MOST_THREADS }, (_, at) => ({ ...thread(`${at}`), head: "x", changedAtMs: at }))
  await database.chatThreads.bulkAdd(many)
  await said("new", "one more")
  expect(await database.chatThreads.count()).toBe(MOST_THREADS)
  expect(await findThread("0")).toBeUndefined()
  expect(await findThread("new")).toBeDefined()
})
