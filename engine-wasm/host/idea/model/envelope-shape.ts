import { declineReasons, questionTopics } from "../reply.ts"
import { choice, type Filled, list, object, text } from "./shape.ts"
import type { StrategyForm } from "./model-strategy.ts"
import { smallStrategy, wholeStrategy } from "./strategy-shape.ts"

const topic = choice(["none", ...questionTopics], "Of a question")
const reason = choice(["none", ...declineReasons], "Of a decline")
const choices = list(text(80), 4, "Answers to a question that can be picked")

/** The one object that answers everything, for models that fill in a schema. What its kind does not need stays empty. */
export const envelope = object({
  kind: choice(["strategy", "question", "decline", "answer"]),
  text: text(1_500, "What you say to the person, in their language, without Markdown"),
  topic,
  reason,
  choices,
  strategy: wholeStrategy,
})

export type Envelope = Filled<typeof envelope>

/** The same for small models. */
export const smallEnvelope = object({
  kind: choice(["strategy", "question", "decline", "answer"]),
  text: text(400),
  topic,
  reason,
  strategy: smallStrategy,
})

/** A strategy with what is said about it: what a model with tools proposes. */
export const proposalShape = object({
  text: text(1_500, "What you say to the person about it, in their language, without Markdown"),
  strategy: wholeStrategy,
})

/** One question to the person, or a decline: what a model with tools says when it proposes no strategy. */
export const askShape = object({
  text: text(1_500, "The question, or why it cannot be done, in the person's language, without Markdown"),
  topic,
  reason,
  choices,
})

/** The envelope that fits a model. */
export function envelopeFor(form: StrategyForm): typeof envelope | typeof smallEnvelope {
  return form === "full" ? envelope : smallEnvelope
}
