import { plainText } from "#engine/candles"
import { changesBetween } from "#engine/strategy"
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

/** `hash` is of the document the person saw; `strategyId` is the strategy it changes, absent for a new one. */
export type Confirmed = { turn: ChatTurn; hash: string; strategyId: string | undefined; settings?: string }
export type Applied = { ok: true; applied: AppliedCard } | { ok: false; because: string }

/** Puts the strategy of an answer into the library: exactly the one the person saw, or none. */
export async function applyCard({ turn, hash, strategyId, settings }: Confirmed): Promise<Applied> {
  const { reply, given, say } = turn
  if (reply?.kind !== "strategy" || (await cardHash(reply.document)) !== hash)
    return { ok: false, because: NOT_THE_SAME }
  try {
    const kept = strategyId === undefined ? undefined : await findStrategy(strategyId)
    if (!kept) return await keepNew({ turn, hash, settings })
    if (given && (await cardHash(given)) !== (await cardHash(kept.draft))) return { ok: false, because: CHANGED_SINCE }
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

const MOST_SAID = 120
const NOT_THE_SAME =
  "This is no longer the strategy you saw, so nothing was changed. Look at the card again and confirm it once more."
const CHANGED_SINCE =
  "Your strategy was changed since this answer was made, so nothing was done with it. Ask again, and the answer will build on it as it is now."
