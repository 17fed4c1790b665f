import { afterEach, expect, test } from "vitest"
import { changesBetween, type StrategyDocument, strategyFromJson, strategyTemplates } from "#engine/strategy"
import type { ChatTurn } from "../db/chat-turn.ts"
import { database } from "../db/database.ts"
import { changeDraft, findStrategy, listStrategies } from "../db/kept-strategy.ts"
import { listVersions } from "../db/strategy-version.ts"
import { applyCard, takeCardBack } from "./apply-card.ts"
import { undone } from "./undo.ts"
import { strategyNow } from "./answer.ts"
import { cardHash } from "./card-hash.ts"

afterEach(async () => {
  await Promise.all([database.strategies.clear(), database.versions.clear()])
})

const dip = wholeTemplate("rsi-dip")
const safer = { ...dip, protect: { ...dip.protect, stopLoss: { kind: "percent" as const, percent: 1 } } }

function wholeTemplate(id: string): StrategyDocument {
  const checked = strategyFromJson(strategyTemplates.find((template) => template.id === id)!.document)
  if (!checked.ok) throw new Error(id)
  return checked.strategy
}

function turnWith(document: StrategyDocument, given?: StrategyDocument): ChatTurn {
  const said = { text: "", language: "en", assumptions: [], notPossible: [], understood: [], notUnderstood: [] }
  const reply = { ...said, kind: "strategy" as const, document, flags: [], ...(given ? { changes: [] } : {}) }
  return { id: "turn", threadId: "thread", askedAtMs: 0, say: "make it safer", given, reply }
}

async function used(turn: ChatTurn, strategyId?: string) {
  const { reply } = turn
  if (reply?.kind !== "strategy") throw new Error("a strategy was answered")
  const answer = await applyCard({ turn, hash: await cardHash(reply.document), strategyId })
  if (!answer.ok) throw new Error(answer.because)
  return answer.applied
}

test("a confirmed answer is kept exactly as it was seen, and says where it came from", async () => {
  const { strategyId, version } = await used(turnWith(dip))
  expect(await findStrategy(strategyId)).toMatchObject({ draft: dip, origin: "from the chat: “make it safer”" })
  expect(version).toBe(1)
})

test("an answer that is no longer the one that was seen changes nothing", async () => {
  const hash = await cardHash(dip)
  const answer = await applyCard({ turn: turnWith(safer), hash, strategyId: undefined })
  expect(answer).toMatchObject({ ok: false, because: expect.stringContaining("no longer the strategy you saw") })
  expect(await listStrategies()).toEqual([])
})

test("a change becomes a version with its words and the person's, and can be taken back", async () => {
  const { strategyId } = await used(turnWith(dip))
  const applied = await used(turnWith(safer, dip), strategyId)
  expect(applied).toMatchObject({ strategyId, version: 2, versionBefore: 1 })
  const [newest] = await listVersions(strategyId)
  expect(newest).toMatchObject({
    how: "asked for in the chat: “make it safer”",
    words: ["Stop loss 2.5 × ATR over 14 candles → 1 %"],
  })
  await takeCardBack(applied)
  expect((await findStrategy(strategyId))?.draft).toEqual(dip)
})

test("a new strategy that is taken back is no longer in the library", async () => {
  await takeCardBack(await used(turnWith(dip)))
  expect(await listStrategies()).toEqual([])
})

const slower = { ...dip, timeframe: "4h" as const }
const slowerAndSafer = { ...slower, protect: safer.protect }

test("a change on a change that was not used stands on it, and using it uses both", async () => {
  const { strategyId } = await used(turnWith(dip))
  const first = { ...turnWith(slower, dip), id: "first", say: "use 4 hours" }
  const second = { ...turnWith(slowerAndSafer, slower), id: "second" }
  const thread = { id: "thread", title: "", createdAtMs: 0, changedAtMs: 0, strategyId }
  expect(await strategyNow(thread, [first])).toEqual(slower)
  const hash = await cardHash(slowerAndSafer)
  const answer = await applyCard({ turn: second, branch: [first, second], hash, strategyId })
  expect(answer).toMatchObject({ ok: true, applied: { version: 2, versionBefore: 1 } })
  expect((await findStrategy(strategyId))?.draft).toEqual(slowerAndSafer)
})

test("a change of a strategy that was changed elsewhere meanwhile is made on it as it is, and looked at before it is used", async () => {
  const { strategyId } = await used(turnWith(dip))
  await changeDraft(strategyId, changesBetween(dip, slower))
  const turn = turnWith(safer, dip)
  const answer = await applyCard({ turn, hash: await cardHash(safer), strategyId })
  expect(answer).toMatchObject({ ok: false, because: expect.stringContaining("Candles of 1h → 4h") })
  expect((await findStrategy(strategyId))?.draft).toEqual(slower)
  const { standing } = answer as { standing: ChatTurn }
  expect(standing.reply).toMatchObject({ document: slowerAndSafer, changes: [expect.stringContaining("Stop loss")] })
  await used(standing, strategyId)
  expect((await findStrategy(strategyId))?.draft).toEqual(slowerAndSafer)
})

test("what is said after an unused change stands on what the person has now", async () => {
  const { strategyId } = await used(turnWith(dip))
  await changeDraft(strategyId, changesBetween(dip, slower))
  const thread = { id: "thread", title: "", createdAtMs: 0, changedAtMs: 0, strategyId }
  expect(await strategyNow(thread, [turnWith(safer, dip)])).toEqual(slowerAndSafer)
})

test("“undo that” takes the last change back: out of the library, or where it was not used out of the talk", async () => {
  const { strategyId } = await used(turnWith(dip))
  const thread = { id: "thread", title: "", createdAtMs: 0, changedAtMs: 0, strategyId }
  const change = turnWith(safer, dip)
  const applied = await used(change, strategyId)
  const back = await undone([{ ...change, applied }])
  expect(back.reply.text).toMatch(/^Taken back: .* before “make it safer”, in its version 1\./)
  expect((await findStrategy(strategyId))?.draft).toEqual(dip)
  expect(await strategyNow(thread, [back.turn!])).toEqual(dip)
  const unused = await undone([change])
  expect(unused.reply.text).toContain("was not used")
  expect(await strategyNow(thread, [unused.turn!])).toEqual(dip)
  expect((await undone([])).reply.text).toContain("nothing to take back")
})

test("however a document is written, the same strategy has the same fingerprint, and another one another", async () => {
  expect(await cardHash({ ...dip, name: dip.name })).toBe(await cardHash(dip))
  expect(await cardHash(strategyTemplates.find(({ id }) => id === "rsi-dip")!.document)).toBe(await cardHash(dip))
  expect(await cardHash(safer)).not.toBe(await cardHash(dip))
})
