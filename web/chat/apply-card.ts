import { plainText } from "#engine/candles"
import { changesBetween, changesInWords, changeText, dangersOf, type WrittenStrategy } from "#engine/strategy"
import type { ChatThread } from "../db/chat-thread.ts"
import type { AppliedCard, ChatTurn } from "../db/chat-turn.ts"
import {
  changeDraft,
  describeStrategy,
  findStrategy,
  keepStrategy,
  keepVersion,
  LibraryFull,
  rollBack,
} from "../db/kept-strategy.ts"
import { unavailableBecause } from "../db/unavailable.ts"
import { cardHash } from "./card-hash.ts"
import { baseOf, isSameStrategy, madeOnNow } from "./unused-change.ts"

/** `hash` is of the document the person saw; `strategyId` is the strategy it changes, absent for a new one. */
export type Confirmed = {
  turn: ChatTurn
  /** What was said up to it: it may stand on changes that were not used. */
  branch?: readonly ChatTurn[]
  hash: string
  strategyId: string | undefined
  settings?: string
}
/** `standing`: the answer as it stands on what the person has now, to be looked at and confirmed. */
export type Applied = { ok: true; applied: AppliedCard } | { ok: false; because: string; standing?: ChatTurn }

/** Puts the strategy of an answer into the library: exactly the one the person saw, or none. */
export async function applyCard({ turn, branch = [], hash, strategyId, settings }: Confirmed): Promise<Applied> {
  const { reply, say } = turn
  if (reply?.kind !== "strategy" || (await cardHash(reply.document)) !== hash)
    return { ok: false, because: NOT_THE_SAME }
  try {
    const kept = strategyId === undefined ? undefined : await findStrategy(strategyId)
    if (!kept) return await keepNew({ turn, hash, settings })
    const base = baseOf(turn, branch)
    if (base && !isSameStrategy(base, kept.draft)) return standingOnNow({ turn, branch, base, now: kept.draft })
    await changeDraft(kept.id, changesBetween(kept.draft, reply.document))
    const version = await keepVersion(kept.id, `asked for in the chat: “${plainText(say, MOST_SAID)}”`)
    const versionBefore = kept.version
    const applied = {
      strategyId: kept.id,
      version: version?.number ?? versionBefore,
      versionBefore,
      hash,
      atMs: Date.now(),
    }
    return { ok: true, applied }
  } catch (error) {
    return { ok: false, because: error instanceof LibraryFull ? error.message : unavailableBecause(error) }
  }
}

type ToStand = { turn: ChatTurn; branch: readonly ChatTurn[]; base: WrittenStrategy; now: WrittenStrategy }

/** The same change, made on a strategy that was changed elsewhere meanwhile; the person looks at it first. */
function standingOnNow({ turn, branch, base, now }: ToStand): Applied {
  const document = madeOnNow(turn, branch, now)
  if (turn.reply?.kind !== "strategy" || document === undefined) return { ok: false, because: DOES_NOT_FIT }
  if (isSameStrategy(document, now)) return { ok: false, because: ALREADY_IN_IT }
  const elsewhere = changesInWords(base, now).slice(0, MOST_CHANGES).map(changeText).join("; ")
  const reply = {
    ...turn.reply,
    document,
    flags: dangersOf(document).map(({ kind }) => kind),
    changes: changesInWords(now, document).map(changeText),
  }
  return {
    ok: false,
    because: `Your strategy is not what it was when this was answered (${plainText(elsewhere, MOST_WORDS)}). The change stands on it as it is now; nothing was used yet. Look at it, and use it.`,
    standing: { ...turn, given: now, reply },
  }
}

async function keepNew({ turn, hash, settings }: Omit<Confirmed, "strategyId">): Promise<Applied> {
  const { reply, say } = turn
  if (reply?.kind !== "strategy") return { ok: false, because: NOT_THE_SAME }
  const origin = `from the chat: “${plainText(say, MOST_SAID)}”`
  const { id, version } = await keepStrategy({ document: reply.document, origin, settings })
  return { ok: true, applied: { strategyId: id, version, hash, atMs: Date.now() } }
}

/** Makes the library as it was before an answer was used: a new strategy goes, a changed one goes back. */
export async function takeCardBack({ strategyId, versionBefore }: AppliedCard): Promise<void> {
  if (versionBefore === undefined) await describeStrategy(strategyId, { deletedAtMs: Date.now() })
  else await rollBack(strategyId, versionBefore)
}

/** What a turn and its conversation are once its change is taken back. */
export async function takenBack(turn: ChatTurn, applied: AppliedCard): Promise<[ChatTurn, Partial<ChatThread>]> {
  await takeCardBack(applied)
  // A new strategy stays what the talk is about; a change is left out from then on.
  const isNew = applied.versionBefore === undefined
  return [{ ...turn, applied: undefined, isTakenBack: !isNew }, isNew ? { strategyId: undefined } : {}]
}

const MOST_SAID = 120
const NOT_THE_SAME =
  "This is no longer the strategy you saw, so nothing was changed. Look at the card again and confirm it once more."
const MOST_CHANGES = 4
const MOST_WORDS = 300
const ALREADY_IN_IT = "Your strategy has this change already, so nothing was done."
const DOES_NOT_FIT =
  "Your strategy was changed so much since this was answered that the change no longer fits it, so nothing was done. Say it again, and the answer builds on it as it is now."
