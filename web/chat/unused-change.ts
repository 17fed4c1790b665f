import {
  canonicalJson,
  changesBetween,
  strategyFromJson,
  type StrategyDocument,
  withChanges,
  type WrittenStrategy,
} from "#engine/strategy"
import type { ChatTurn } from "../db/chat-turn.ts"

/** What the person had before a change and before the unused ones it stands on; undefined where it changes nothing. */
export function baseOf(turn: ChatTurn, branch: readonly ChatTurn[]): WrittenStrategy | undefined {
  let base = changedIn(turn)
  const before = branch.slice(
    0,
    Math.max(
      0,
      branch.findIndex(({ id }) => id === turn.id),
    ),
  )
  for (const earlier of before.toReversed()) {
    if (base === undefined || earlier.reply?.kind !== "strategy" || earlier.applied) continue
    const further = changedIn(earlier)
    if (further && isSameStrategy(earlier.reply.document, base)) base = further
  }
  return base
}

/** The change of an answer, and the unused ones it stands on, made on what the person has now. */
export function madeOnNow(
  turn: ChatTurn,
  branch: readonly ChatTurn[],
  now: WrittenStrategy,
): StrategyDocument | undefined {
  const base = baseOf(turn, branch)
  if (turn.reply?.kind !== "strategy" || base === undefined) return undefined
  if (isSameStrategy(base, now)) return turn.reply.document
  const checked = strategyFromJson(withChanges(now, changesBetween(base, turn.reply.document)).strategy)
  return checked.ok ? checked.strategy : undefined
}

/** Whether two documents say the same, down to their names. */
export function isSameStrategy(one: WrittenStrategy, other: WrittenStrategy): boolean {
  const [mine, its] = [one, other].map((each) => {
    const checked = strategyFromJson(each)
    return canonicalJson(checked.ok ? checked.strategy : each)
  })
  return mine === its
}

function changedIn({ reply, given }: ChatTurn): WrittenStrategy | undefined {
  return reply?.kind === "strategy" && reply.changes !== undefined ? given : undefined
}
