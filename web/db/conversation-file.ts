import { declineReasons, questionTopics, type Reply, type Understood, type Words } from "#engine/idea"
import { dangersOf, strategyFromJson, type StrategyDocument, unfinishedStrategy } from "#engine/strategy"
import { type ChatThread, listThreads, MOST_THREADS, MOST_TITLE_LETTERS } from "./chat-thread.ts"
import { type ChatTurn, MOST_SAY_LETTERS, MOST_TURNS, turnsOf } from "./chat-turn.ts"
import { database } from "./database.ts"

const FORMAT = "candlewright.conversations/1"
/** A file larger than this is none of ours. */
export const MOST_CONVERSATION_BYTES = 64 * 1024 * 1024
const MOST_LETTERS = 65_536
const MOST_LINES = 200
/** Turns on all branches of a conversation. */
const MOST_TURNS_ON_BRANCHES = 5 * MOST_TURNS
/** The last moment a Date knows. */
const LAST_MS = 8.64e15

type Conversation = { thread: ChatThread; turns: ChatTurn[] }
type Row = Record<string, unknown>

/** Every conversation in sight as one file: what was said, what was answered, and all branches. */
export async function conversationsText(): Promise<string> {
  const threads = await listThreads()
  const conversations = await Promise.all(threads.map(async (thread) => ({ thread, turns: await turnsOf(thread.id) })))
  return `${JSON.stringify({ format: FORMAT, conversations })}\n`
}

/** What became of a file: how many came back, were here already, or cannot be read; or why none was taken. */
export type BroughtBack = { ok: true; added: number; known: number; damaged: number } | { ok: false; because: string }

/** Brings the conversations of a file back. Those that are here stay as they are; nothing of them is written over. */
export async function bringBackConversations(text: string): Promise<BroughtBack> {
  const rows = rowsOf(text)
  if (!rows) return { ok: false, because: NOT_OURS }
  const read = rows.slice(0, MOST_THREADS).map(conversationOf)
  const sound = read.filter((each) => each !== undefined)
  const added = await database.transaction(
    "rw",
    [database.chatThreads, database.chatTurns, database.strategies],
    async () => {
      const here = new Set(await database.chatThreads.toCollection().primaryKeys())
      const room = Math.max(0, MOST_THREADS - here.size)
      const fresh = sound.filter(({ thread }) => !here.has(thread.id)).slice(0, room)
      for (const each of fresh) await addConversation(each)
      return fresh.length
    },
  )
  return { ok: true, added, known: sound.length - added, damaged: rows.length - sound.length }
}

const NOT_OURS =
  "This is no file of conversations, so nothing was taken. Choose one that “Save conversations” has made."

function rowsOf(text: string): unknown[] | undefined {
  try {
    const { format, conversations } = Object(JSON.parse(text)) as Row
    return format === FORMAT && Array.isArray(conversations) ? conversations : undefined
  } catch {
    return undefined
  }
}

/** What was used stays marked so only where its strategy is in this library too. */
async function addConversation({ thread, turns }: Conversation) {
  const isHere = async (id: string | undefined) => id !== undefined && (await database.strategies.get(id)) !== undefined
  const { strategyId, ...rest } = thread
  await database.chatThreads.add((await isHere(strategyId)) ? thread : rest)
  for (const turn of turns) {
    const { applied, ...said } = turn
    await database.chatTurns.add((await isHere(applied?.strategyId)) ? turn : said)
  }
}

function conversationOf(row: unknown): Conversation | undefined {
  const { thread, turns } = Object(row) as Row
  const { id, title, createdAtMs, changedAtMs, head, strategyId } = Object(thread) as Row
  if (!isId(id) || typeof title !== "string" || !isMoment(createdAtMs) || !isMoment(changedAtMs)) return undefined
  if (!Array.isArray(turns) || turns.length > MOST_TURNS_ON_BRANCHES) return undefined
  const said = turns.map((turn) => turnOf(turn, id))
  if (said.some((turn) => turn === undefined)) return undefined
  const read = said.filter((turn) => turn !== undefined)
  if (!read.some((turn) => turn.id === head)) return undefined
  const of = { id, title: title.slice(0, MOST_TITLE_LETTERS), createdAtMs, changedAtMs, head: head as string }
  return { thread: { ...of, ...(isId(strategyId) ? { strategyId } : {}) }, turns: read }
}

/** A turn without what a model's call or an analysis left beside it: those are in ledgers of their own. */
function turnOf(row: unknown, threadId: string): ChatTurn | undefined {
  const { id, parentId, askedAtMs, say, given, reply, failed, isTakenBack, applied } = Object(row) as Row
  if (!isId(id) || !isMoment(askedAtMs) || !isText(say, MOST_SAY_LETTERS)) return undefined
  const read = reply === undefined ? undefined : replyOf(reply)
  if (reply !== undefined && !read) return undefined
  const before = unfinishedStrategy(given)
  const used = appliedOf(applied)
  return {
    id,
    threadId,
    ...(isId(parentId) ? { parentId } : {}),
    askedAtMs,
    say,
    ...(before ? { given: before } : {}),
    ...(read ? { reply: read } : {}),
    ...(isText(failed) ? { failed } : {}),
    ...(isTakenBack === true ? { isTakenBack } : {}),
    ...(used ? { applied: used } : {}),
  }
}

function appliedOf(row: unknown): ChatTurn["applied"] {
  const { strategyId, version, versionBefore, hash, atMs } = Object(row) as Row
  if (!isId(strategyId) || !isCount(version) || !isText(hash, 100) || !isMoment(atMs)) return undefined
  return { strategyId, version, ...(isCount(versionBefore) ? { versionBefore } : {}), hash, atMs }
}

/** An answer of a stranger's file: its words, and a strategy that checks. */
function replyOf(row: unknown): Reply | undefined {
  const given = Object(row) as Row
  const { kind, text, language, assumptions, notPossible, understood, notUnderstood } = given
  if (!isText(text) || !isText(language, 10) || !areTexts(assumptions) || !areTexts(notPossible)) return undefined
  if (!arePlaces(understood) || !arePlaces(notUnderstood)) return undefined
  const said = {
    text,
    language,
    assumptions,
    notPossible,
    understood: understood.filter(isUnderstood),
    notUnderstood,
  }
  if (kind === "answer") return { ...said, kind, tools: [] }
  if (kind === "decline")
    return { ...said, kind, reason: declineReasons.find((each) => each === given.reason) ?? "notPossible" }
  const document = strategyOf(kind === "question" ? given.draft : given.document)
  if (kind === "question")
    return {
      ...said,
      kind,
      topic: questionTopics.find((each) => each === given.topic) ?? "idea",
      questions: 1,
      ...(areTexts(given.choices) ? { choices: given.choices } : {}),
      ...(document ? { draft: document } : {}),
    }
  if (kind !== "strategy" || !document) return undefined
  const flags = dangersOf(document).map((danger) => danger.kind)
  return { ...said, kind, document, flags, ...(areTexts(given.changes) ? { changes: given.changes } : {}) }
}

function strategyOf(value: unknown): StrategyDocument | undefined {
  const checked = strategyFromJson(value)
  return checked.ok ? checked.strategy : undefined
}

function isText(value: unknown, most = MOST_LETTERS): value is string {
  return typeof value === "string" && value.length <= most
}

function isId(value: unknown): value is string {
  return isText(value, 100) && value !== ""
}

function isMoment(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= LAST_MS
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1
}

function areTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.length <= MOST_LINES && value.every((each) => isText(each))
}

function arePlaces(value: unknown): value is Words[] {
  return Array.isArray(value) && value.length <= MOST_LINES * 10 && value.every(isPlace)
}

function isPlace(value: unknown): value is Words {
  const { from, to, words } = Object(value) as Row
  return Number.isSafeInteger(from) && Number.isSafeInteger(to) && isText(words, MOST_SAY_LETTERS)
}

function isUnderstood(words: Words): words is Understood {
  const { meaning, part } = words as Partial<Understood>
  return isText(meaning) && isText(part, 20)
}
