import type { WrittenStrategy } from "#engine/strategy"
import { database } from "./database.ts"

/** A conversation of the chat. What was said in it is in its turns. */
export type ChatThread = {
  id: string
  /** The person's first sentence, or their own name for it. */
  title: string
  createdAtMs: number
  changedAtMs: number
  /** Out of sight, until the chance to undo has passed. */
  deletedAtMs?: number
  /** The turn whose branch is shown. */
  head?: string
  subject?: ChatSubject
  /** The strategy of the library that its answers change. */
  strategyId?: string
}

/** What a conversation is about, where it began at something on another screen. `words` name it. */
export type ChatSubject = { words: string } & (
  | { kind: "run"; address: string; document: WrittenStrategy; strategyId?: string; focus?: RunFocus }
  | { kind: "strategy"; document: WrittenStrategy; strategyId: string }
  | { kind: "event"; event: string }
)

/** The part of a run that is asked about. */
export type RunFocus =
  | { kind: "metric"; key: string }
  | { kind: "trade"; market: string; entryTimeMs: number }
  | { kind: "candle"; openTimeMs: number }

/** So many conversations one browser keeps; after that the oldest make room. */
export const MOST_THREADS = 300
export const MOST_TITLE_LETTERS = 80

/** The conversations in sight in which something was said, the one that changed last first. */
export async function listThreads(): Promise<ChatThread[]> {
  const all = await database.chatThreads.orderBy("changedAtMs").reverse().toArray()
  return all.filter(({ deletedAtMs, head }) => deletedAtMs === undefined && head !== undefined)
}

/** A conversation that is in sight. */
export async function findThread(id: string): Promise<ChatThread | undefined> {
  const thread = await database.chatThreads.get(id)
  return thread?.deletedAtMs === undefined ? thread : undefined
}

/**
 * Its title once other words are to name it: a name that the person gave stays, and so does the first sentence unless it
 * is among `ways`, in which the first sentence was said.
 */
export function titleAfter(title: string, next: string | undefined, ways: readonly string[] = []): string {
  const isOwn = title !== "" && !ways.some((words) => words.slice(0, MOST_TITLE_LETTERS) === title)
  return isOwn || next === undefined ? title : next.slice(0, MOST_TITLE_LETTERS)
}

/** Changes a conversation, whatever another window made of it meanwhile, or begins it; the oldest make room. */
export async function putThread(
  begun: ChatThread,
  change: Partial<ChatThread>,
  ways?: readonly string[],
): Promise<void> {
  await database.transaction("rw", database.chatThreads, database.chatTurns, async () => {
    const kept = (await database.chatThreads.get(begun.id)) ?? begun
    const title = titleAfter(kept.title, change.title, ways)
    await database.chatThreads.put({ ...kept, ...change, title, changedAtMs: Date.now() })
    const old = await database.chatThreads.orderBy("changedAtMs").reverse().offset(MOST_THREADS).primaryKeys()
    for (const id of old) await purgeThread(id)
  })
}

/** Changes what the list shows of a conversation. */
export async function describeThread(
  id: string,
  change: Partial<Pick<ChatThread, "title" | "deletedAtMs" | "strategyId">>,
): Promise<void> {
  await database.chatThreads.update(id, change)
}

/** Removes a conversation and all that was said in it. */
export async function purgeThread(id: string): Promise<void> {
  await database.transaction("rw", database.chatThreads, database.chatTurns, async () => {
    await database.chatTurns.where("threadId").equals(id).delete()
    await database.chatThreads.delete(id)
  })
}

/** Ends deletions whose window was closed before the chance to undo had passed, and takes away what was never begun. */
export async function purgeLeftThreads(beforeMs: number): Promise<void> {
  const left = await database.chatThreads
    .filter(({ deletedAtMs = Infinity, head, createdAtMs }) =>
      head === undefined ? createdAtMs < beforeMs : deletedAtMs < beforeMs,
    )
    .primaryKeys()
  for (const id of left) await purgeThread(id)
}
