import type { Light } from "#engine/result"
import type { WrittenStrategy } from "#engine/strategy"
import type { Reply } from "#engine/idea"
import type { Analysis } from "#models"
import { database } from "./database.ts"

/** One thing the person said, and what was answered. Turns are a tree: saying it otherwise is another branch. */
export type ChatTurn = {
  id: string
  threadId: string
  /** The turn before; the first has none. */
  parentId?: string
  askedAtMs: number
  say: string
  /** The strategy that was there when it was said. */
  given?: WrittenStrategy
  reply?: Reply
  /** What is known of the model that answered, where it was one. */
  by?: ModelAnswer
  /** Why no model answered, where one was asked: what stands then is what our own words made of it. */
  failed?: string
  /** What was said of a market, as it was said. */
  analysis?: Analysis
  /** The coin that was asked about and of which this browser has no candles. */
  lacksCoin?: string
  /** What the person made of the strategy in it. */
  applied?: AppliedCard
  /** The person took its change back: what is said later does not stand on it. */
  isTakenBack?: boolean
}

/** Who answered, and how far it can be believed. */
export type ModelAnswer = {
  id: string
  name: string
  /** Where its rules differ from the person's words. */
  pointedOut: readonly string[]
  /** Its rules were compared with what our own words made of the same sentence. */
  isChecked?: boolean
  /** When it gave the same answer before. */
  cachedAtMs?: number
  /** Its own words, where they claim what it cannot have done and so are not the answer. */
  wrote?: string
}

/** A strategy of an answer that went into the library. */
export type AppliedCard = {
  strategyId: string
  version: number
  /** The version it was before; absent where the strategy is new. */
  versionBefore?: number
  /** sha256 of exactly the document the person confirmed. */
  hash: string
  atMs: number
  test?: CardTest
}

/** What its backtest said; the run itself is among the runs. */
export type CardTest = { runId: string; lights: Light[] }

/** A conversation beyond this begins anew: nobody reads further back. */
export const MOST_TURNS = 200
/** A pasted script may be as long as this. */
export const MOST_SAY_LETTERS = 100_000

/** All turns of a conversation, on every branch, the oldest first. */
export async function turnsOf(threadId: string): Promise<ChatTurn[]> {
  const turns = await database.chatTurns.where("threadId").equals(threadId).toArray()
  return turns.toSorted((one, other) => one.askedAtMs - other.askedAtMs)
}

/** Keeps a turn as it is now. */
export async function putTurn(turn: ChatTurn): Promise<void> {
  await database.chatTurns.put(turn)
}

/** The conversations in which these words were said, by either side. */
export async function threadsWithWords(words: string): Promise<Set<string>> {
  const wanted = words.trim().toLowerCase()
  const found = await database.chatTurns
    .filter(({ say, reply }) => `${say}\n${reply?.text ?? ""}`.toLowerCase().includes(wanted))
    .toArray()
  return new Set(found.map(({ threadId }) => threadId))
}
