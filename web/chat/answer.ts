import type { Reply } from "#engine/idea"
import { strategyFromJson, type StrategyDocument, type WrittenStrategy } from "#engine/strategy"
import type { ChatThread } from "../db/chat-thread.ts"
import type { ChatTurn } from "../db/chat-turn.ts"
import { findStrategy } from "../db/kept-strategy.ts"
import { loadModelSettings } from "../db/model-settings.ts"
import type { TimeZone } from "../ui/date-format.ts"
import { askedAboutMarket, type AskedMarket } from "./analysis/asked-about-market.ts"
import { askedFor } from "./explain/asked-for.ts"
import { readInBackground } from "./idea-reader.ts"
import type { TestMarket } from "./test-setup.ts"
import { madeOnNow } from "./unused-change.ts"

/** A sentence, and what is known where it is said. */
export type Asked = {
  say: string
  thread: ChatThread
  /** What was said before. */
  branch: readonly ChatTurn[]
  /** The markets this browser has candles of. */
  markets: readonly TestMarket[]
  /** The money a test begins with, as a decimal text. */
  balanceQuote: string
  zone: TimeZone
  /** A model is asked although our own words understood all; a new answer, though it gave one before. */
  isForModel?: boolean
}

/** What a turn has once it is answered. */
export type Answered = Pick<ChatTurn, "reply" | "given" | "by" | "failed" | "analysis" | "lacksCoin">

/** What is done on the way to an answer, and what the model has said so far. */
export type Progress = { steps: readonly string[]; speaking: string }

export type AnswerStep = { kind: "progress"; progress: Progress } | { kind: "answered"; answered: Answered }

/** Answers a sentence: our own words first, and a model, where there is one, for what they leave open. */
export async function* answersTo(asked: Asked, signal: AbortSignal): AsyncIterable<AnswerStep> {
  const { say, thread, branch, markets, isForModel = false } = asked
  const balanceQuote = saidBalance(branch) ?? asked.balanceQuote
  const given = await strategyNow(thread, branch)
  const about = askedAboutMarket(say)
  if (about) return yield { kind: "answered", answered: await opinion(about, asked, { given, signal }) }
  const explained = !isForModel && askedFor(say) ? await explanation(asked, given) : undefined
  const reading =
    explained ?? (await readInBackground(say, { given, markets: markets.map(({ name }) => name), balanceQuote }))
  const models = explained ? [] : await modelsOn()
  if (models.length === 0) return yield { kind: "answered", answered: { given, reply: reading } }
  const { askModels } = await import("./ask-models.ts")
  yield* askModels({ ...asked, balanceQuote, given, reading, models, signal })
}

/** What the person said before that the account holds. */
export function saidBalance(branch: readonly ChatTurn[]): string | undefined {
  return branch.flatMap(({ reply }) => (reply?.kind === "strategy" ? (reply.balanceQuote ?? []) : [])).at(-1)
}

/** What explains tests knows charts and candles: it comes with the first question. */
async function explanation({ say, ...where }: Asked, given: StrategyDocument | undefined) {
  const { explained } = await import("./explain/explain.ts")
  return explained(say, { ...where, given })
}

/** What reads markets comes with the first such question. */
async function opinion(about: AskedMarket, asked: Asked, { given, signal }: Opinion) {
  const { analyseMarket } = await import("./analysis/analyse-market.ts")
  return analyseMarket(about, asked, { given, signal, models: await modelsOn() })
}

type Opinion = { given: StrategyDocument | undefined; signal: AbortSignal }

async function modelsOn() {
  // Where nothing is kept, no model is set up.
  const settings = await loadModelSettings().catch(() => undefined)
  return settings?.models.filter(({ isOn }) => isOn) ?? []
}

/** The strategy that is there when something is said: as it is in the library, or as it was answered last. */
export async function strategyNow(
  thread: ChatThread,
  branch: readonly ChatTurn[],
): Promise<StrategyDocument | undefined> {
  const turn = branch.findLast(({ reply, isTakenBack }) => draftIn(reply) && !isTakenBack)
  const strategyId = turn?.applied?.strategyId ?? strategyOf(thread)
  // Where nothing is kept, the answer is all there is.
  const kept = strategyId === undefined ? undefined : await findStrategy(strategyId).catch(() => undefined)
  if (turn && !turn.applied) return (kept && madeOnNow(turn, branch, kept.draft)) ?? draftIn(turn.reply)
  if (kept) return whole(kept.draft)
  if (turn) return draftIn(turn.reply)
  return thread.subject && "document" in thread.subject ? whole(thread.subject.document) : undefined
}

/** The strategy of an answer; of a question what is known so far. */
function draftIn(reply: Reply | undefined): StrategyDocument | undefined {
  if (reply?.kind === "strategy") return reply.document
  return reply?.kind === "question" ? reply.draft : undefined
}

function strategyOf({ strategyId, subject }: ChatThread): string | undefined {
  return strategyId ?? (subject && "strategyId" in subject ? subject.strategyId : undefined)
}

/** With every default filled in; one that is half written is nothing to build on. */
function whole(document: WrittenStrategy): StrategyDocument | undefined {
  const checked = strategyFromJson(document)
  return checked.ok ? checked.strategy : undefined
}
