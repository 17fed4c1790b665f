import { afterEach, expect, test } from "vitest"
import { readIdea } from "#engine/idea"
import { listThreads, putThread } from "./chat-thread.ts"
import { putTurn, turnsOf } from "./chat-turn.ts"
import { bringBackConversations, conversationsText } from "./conversation-file.ts"
import { database } from "./database.ts"

const emptied = () =>
  Promise.all([database.chatThreads.clear(), database.chatTurns.clear(), database.strategies.clear()])
afterEach(emptied)

const sentence = "Buy BTC on 1h when RSI 14 is below 30, sell above 70, stop 3 %"

async function talked() {
  const reply = readIdea(sentence)
  await putThread({ id: "dip", title: "", createdAtMs: 1, changedAtMs: 1 }, { head: "two", title: sentence })
  await putTurn({ id: "one", threadId: "dip", askedAtMs: 1, say: sentence, reply })
  const given = reply.kind === "strategy" ? reply.document : undefined
  await putTurn({
    id: "two",
    threadId: "dip",
    parentId: "one",
    askedAtMs: 2,
    say: "go live",
    given,
    reply: readIdea("go live"),
  })
}

test("conversations come back as they were said, answers and strategies with them", async () => {
  await talked()
  const [before, text] = [await turnsOf("dip"), await conversationsText()]
  await emptied()
  expect(await bringBackConversations(text)).toEqual({ ok: true, added: 1, known: 0, damaged: 0 })
  expect((await listThreads()).map(({ id, title, head }) => ({ id, title, head }))).toEqual([
    { id: "dip", title: sentence, head: "two" },
  ])
  expect(await turnsOf("dip")).toEqual(before)
})

test("one that is here stays as it is, and one that cannot be read is left out", async () => {
  await talked()
  const text = await conversationsText()
  expect(await bringBackConversations(text)).toEqual({ ok: true, added: 0, known: 1, damaged: 0 })
  await emptied()
  const broken = text.replace('"kind":"strategy"', '"kind":"order"')
  expect(await bringBackConversations(broken)).toEqual({ ok: true, added: 0, known: 0, damaged: 1 })
  expect(await listThreads()).toEqual([])
})

test("a strategy that is not in this library is no longer marked as used", async () => {
  await talked()
  const [first] = await turnsOf("dip")
  await putTurn({ ...first, applied: { strategyId: "gone", version: 1, hash: "0", atMs: 1 } })
  const text = await conversationsText()
  await emptied()
  await bringBackConversations(text)
  expect((await turnsOf("dip"))[0].applied).toBeUndefined()
})

test.each(["", "{}", "[]", '{"format":"candlewright.library/1","strategies":[]}', "<html>"])(
  "%j is no file of conversations, and says so",
  async (text) => {
    expect(await bringBackConversations(text)).toMatchObject({
      ok: false,
      because: expect.stringMatching(/nothing was taken/),
    })
  },
)
