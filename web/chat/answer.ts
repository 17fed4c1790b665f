import { readIdea } from "#engine/idea"
import { strategyFromJson, type StrategyDocument, type WrittenStrategy } from "#engine/strategy"
import type { ChatThread } from "../db/chat-thread.ts"
import type { ChatTurn } from "../db/chat-turn.ts"
import { findStrategy } from "../db/kept-strategy.ts"
import type { TimeZone } from "../ui/date-format.ts"
import { askedFor } from "./explain/asked-for.ts"

/** A sentence, and what is known where it is said. */
export type Asked = {
  say: string
  thread: ChatThread
  /** What was said before. */
  branch: readonly ChatTurn[]
  /** The markets this browser has candles of, by name. */
  markets: readonly string[]
  /** The money a test begins with, as a decimal text. */
  balanceQuote: string
  zone: TimeZone
}

/** What a turn has once it is answered. */
export type Answered = Pick<ChatTurn, "reply" | "given" | "by">

/** Answers a sentence without a model: our own words first for what asks, then the rules it says. */
export async function answerTo({ say, thread, branch, markets, balanceQuote, zone }: Asked): Promise<Answered> {
  const given = await strategyNow(thread, branch)
  const explained = askedFor(say) && (await explanation({ say, thread, branch, zone }))
  return { given, reply: explained ?? readIdea(say, { given, markets, balanceQuote }) }
}

/** What explains tests knows charts and candles: it comes with the first question. */
async function explanation({ say, ...where }: Pick<Asked, "say" | "thread" | "branch" | "zone">) {
  const { explained } = await import("./explain/explain.ts")
  return explained(say, where)
}

/** The strategy that is there when something is said: as it is in the library, or as it was answered last. */
async function strategyNow(thread: ChatThread, branch: readonly ChatTurn[]): Promise<StrategyDocument | undefined> {
  const turn = branch.findLast(({ reply }) => reply?.kind === "strategy")
  const strategyId = turn ? turn.applied?.strategyId : strategyOf(thread)
  // Where nothing is kept, the answer is all there is.
  const kept = strategyId === undefined ? undefined : await findStrategy(strategyId).catch(() => undefined)
  if (kept) return whole(kept.draft)
  if (turn?.reply?.kind === "strategy") return turn.reply.document
  return thread.subject && "document" in thread.subject ? whole(thread.subject.document) : undefined
}

function strategyOf({ strategyId, subject }: ChatThread): string | undefined {
  return strategyId ?? (subject && "strategyId" in subject ? subject.strategyId : undefined)
}

/** With every default filled in; one that is half written is nothing to build on. */
function whole(document: WrittenStrategy): StrategyDocument | undefined {
  const checked = strategyFromJson(document)
  return checked.ok ? checked.strategy : undefined
}
