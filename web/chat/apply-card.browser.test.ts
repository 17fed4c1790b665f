import { afterEach, expect, test } from "vitest"
import { changesBetween, type StrategyDocument, strategyFromJson, strategyTemplates } from "#engine/strategy"
import type { ChatTurn } from "../db/chat-turn.ts"
import { database } from "../db/database.ts"
import { changeDraft, findStrategy, listStrategies } from "../db/kept-strategy.ts"
import { listVersions } from "../db/strategy-version.ts"
import { applyCard, takeCardBack } from "./apply-card.ts"
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

test("where the strategy was changed since the answer was made, the change of the chat is not mixed into it", async () => {
  const { strategyId } = await used(turnWith(dip))
  await changeDraft(strategyId, changesBetween(dip, { ...dip, timeframe: "4h" }))
  const turn = turnWith(safer, dip)
  const answer = await applyCard({ turn, hash: await cardHash(safer), strategyId })
  expect(answer).toMatchObject({ ok: false, because: expect.stringContaining("was changed since") })
  expect((await findStrategy(strategyId))?.draft).toEqual({ ...dip, timeframe: "4h" })
})

test("however a document is written, the same strategy has the same fingerprint, and another one another", async () => {
  expect(await cardHash({ ...dip, name: dip.name })).toBe(await cardHash(dip))
  expect(await cardHash(strategyTemplates.find(({ id }) => id === "rsi-dip")!.document)).toBe(await cardHash(dip))
  expect(await cardHash(safer)).not.toBe(await cardHash(dip))
})
