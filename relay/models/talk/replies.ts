import type { AnswerReply, DeclineReply, QuestionReply, Reply, Said, StrategyReply } from "#engine/idea"
import { declineReasons, questionTopics } from "#engine/idea"
import { changesInWords, changeText, dangersOf, type StrategyDocument } from "#engine/strategy"
import type { TestFacts } from "./chat-tools.ts"
import { claimsAct } from "./claimed-act.ts"
import { honestText, safeText } from "./safe-text.ts"
import type { Meaning } from "./answer-meaning.ts"

/** What every reply has, with the person's words as the interpreter read them. */
function saidBy(text: string, { language, understood, notUnderstood }: Reply, more: Partial<Said> = {}): Said {
  return { text: honestText(text), language, assumptions: [], notPossible: [], understood, notUnderstood, ...more }
}

export function answerReply(text: string, reading: Reply, tools: string[]): AnswerReply {
  return { kind: "answer", ...saidBy(text, reading), tools }
}

/** One question or a decline, with a topic or reason that we know. */
export function askReply(
  meaning: Extract<Meaning, { kind: "question" | "decline" }>,
  reading: Reply,
): QuestionReply | DeclineReply {
  const said = saidBy(meaning.text, reading)
  if (meaning.kind === "decline")
    return { kind: "decline", ...said, reason: declineReasons.find((each) => each === meaning.reason) ?? "notPossible" }
  const choices = saidLines(meaning.choices)
  const topic = questionTopics.find((each) => each === meaning.topic) ?? "idea"
  return { kind: "question", ...said, topic, questions: 1, ...(choices.length > 0 && { choices }) }
}

/** Lines beside the text; those that claim an act say nothing. */
function saidLines(lines: readonly string[]): string[] {
  return lines.map(safeText).filter((line) => line !== "" && !claimsAct(line))
}

type Draft = {
  text: string
  document: StrategyDocument
  assumptions: readonly string[]
  notPossible: readonly string[]
}
type Beside = { reading: Reply; given?: StrategyDocument; test?: TestFacts }

export function strategyReply(
  { text, document, assumptions, notPossible }: Draft,
  { reading, given, test }: Beside,
): StrategyReply {
  const untested =
    test?.ok === true && test.tradeCount === 0
      ? ["In the test it never traded: look at its conditions before you use it."]
      : []
  const said = saidBy(text.trim() === "" ? document.description || document.name : text, reading, {
    assumptions: [...saidLines(assumptions), ...untested],
    notPossible: saidLines(notPossible),
  })
  const changes = given === undefined ? {} : { changes: changesInWords(given, document).map(changeText) }
  return { kind: "strategy", ...said, document, flags: dangersOf(document).map(({ kind }) => kind), ...changes }
}
