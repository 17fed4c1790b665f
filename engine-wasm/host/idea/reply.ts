import type { DangerKind } from "../strategy/document/strategy-dangers.ts"
import type { StrategyDocument } from "../strategy/document/strategy-document.ts"

/** What an idea in a person's own words becomes: rules, one question, a refusal with its reason, or an answer. */
export type Reply = StrategyReply | QuestionReply | DeclineReply | AnswerReply

/** What every reply says, in the person's language. */
export type Said = {
  text: string
  /** Of the person's sentence: "en", "de", … */
  language: string
  /** What the person did not say, and what stands in the rules instead. */
  assumptions: readonly string[]
  /** What the person asked for and no rule can do. */
  notPossible: readonly string[]
  understood: readonly Understood[]
  notUnderstood: readonly Words[]
}

/** Words of the person's sentence, as offsets in UTF-16 units. */
export type Words = { from: number; to: number; words: string }

/** Which part of a strategy words belong to. */
export type IdeaPart =
  | "market"
  | "timeframe"
  | "enter"
  | "exit"
  | "protect"
  | "size"
  | "limits"
  | "orders"
  | "add"
  | "side"
  | "session"

/** Words and what they became. */
export type Understood = Words & { meaning: string; part: IdeaPart }

/** A whole, valid document. */
export type StrategyReply = Said & {
  kind: "strategy"
  document: StrategyDocument
  flags: readonly DangerKind[]
  /** After a change of a given strategy: what changed, in words. */
  changes?: readonly string[]
  /** What the person said the account holds, as a decimal text. */
  balanceQuote?: string
}

/** What a question can be about. */
export const questionTopics = [
  "idea",
  "entry",
  "exit",
  "timeframe",
  "market",
  "contradiction",
  "size",
  "stop",
  "length",
  "code",
] as const
export type QuestionTopic = (typeof questionTopics)[number]

/** One question: the answer decides the rules. */
export type QuestionReply = Said & {
  kind: "question"
  topic: QuestionTopic
  questions: 1
  choices?: readonly string[]
  /** What is known so far, where it is a whole strategy already. */
  draft?: StrategyDocument
}

/** Why an idea is declined. */
export const declineReasons = [
  "guarantee",
  "martingale",
  "noDataSource",
  "lookAhead",
  "manipulation",
  "placesOrder",
  "secrets",
  "notPossible",
] as const
export type DeclineReason = (typeof declineReasons)[number]

export type DeclineReply = Said & { kind: "decline"; reason: DeclineReason }

/** Words of explanation. `tools`: which of the chat's tools have the facts that the answer needs. */
export type AnswerReply = Said & { kind: "answer"; tools: readonly string[] }
