import { strategyFromJson } from "../strategy/document/strategy-document-from-json.ts"
import { dangersOf } from "../strategy/document/strategy-dangers.ts"
import { rulesProblems } from "../strategy/document/strategy-check.ts"
import { withSliders } from "./adjustable-numbers.ts"
import { completeDraft } from "./complete-draft.ts"
import { IdeaDraft } from "./idea-draft.ts"
import type { Language } from "./languages/language.ts"
import { readAdds } from "./parts/add-reader.ts"
import { readBreakEven } from "./parts/break-even-reader.ts"
import { readLimits } from "./parts/limit-reader.ts"
import { readMarkets } from "./parts/market-reader.ts"
import { readOrder } from "./parts/order-reader.ts"
import { RuleReader } from "./parts/rule-reader.ts"
import { readSession } from "./parts/session-reader.ts"
import { readSize } from "./parts/size-reader.ts"
import { readStop } from "./parts/stop-reader.ts"
import { readTargets } from "./parts/target-reader.ts"
import { readTimeStop } from "./parts/time-reader.ts"
import { assumeTimeframe, readTimeframe } from "./parts/timeframe-reader.ts"
import { readTrailing } from "./parts/trailing-reader.ts"
import type { KnownBeside } from "./read-idea.ts"
import { type Chunk, chunksOf } from "./reading/chunk.ts"
import { conditionFormula } from "./reading/condition.ts"
import { joinedChunks } from "./reading/joined-chunks.ts"
import { sentencesOf } from "./reading/sentence.ts"
import type { QuestionTopic, Reply, Said, Understood } from "./reply.ts"
import { assumptionInWords, filled, leftWords } from "./reply-words.ts"
import { bookOf } from "./words/books.ts"
import { foldedText } from "./words/folded-text.ts"
import { piecesOf } from "./words/piece.ts"
import { spokenLanguages } from "./words/spoken-language.ts"
import { tokensOf } from "./words/token.ts"
import { writtenDraft } from "./written-draft.ts"

/** The sentence as chunks, and the languages it is in. */
export function chunksIn(say: string, markets: readonly string[]): { chunks: Chunk[]; language: Language } {
  const spoken = spokenLanguages(say)
  const tokens = tokensOf(foldedText(say), { decimalComma: spoken[0].decimalComma })
  const pieces = piecesOf(tokens, spoken.map(bookOf))
  return { chunks: joinedChunks(chunksOf(pieces, markets)), language: spoken[0] }
}

/** Reads a sentence as a strategy: rules, or the one question that is open. */
export function readStrategy(say: string, known: KnownBeside): Reply {
  const { chunks, language } = chunksIn(say, known.markets ?? [])
  const draft = new IdeaDraft()
  if (known.balanceQuote !== undefined && Number(known.balanceQuote) > 0) draft.balanceQuote = Number(known.balanceQuote)
  readChunks(chunks, draft)
  return replyOf(say, { draft, chunks, language })
}

function readChunks(chunks: readonly Chunk[], draft: IdeaDraft) {
  readSides(chunks, draft)
  readMarkets(chunks, draft)
  const sentences = sentencesOf(chunks)
  for (const sentence of sentences) {
    readLimits(sentence, draft)
    readOrder(sentence, draft)
    readAdds(sentence, draft)
    readTrailing(sentence, draft)
    readBreakEven(sentence, draft)
    readSize(sentence, draft)
    readTargets(sentence, draft)
    readStop(sentence, draft)
    readTimeStop(sentence, draft)
    readSession(sentence, draft)
  }
  const rules = new RuleReader(draft)
  for (const sentence of sentences) rules.read(sentence)
  readTimeframe(chunks, draft)
}

function readSides(chunks: readonly Chunk[], draft: IdeaDraft) {
  for (const chunk of chunks) {
    if (chunk.kind !== "word") continue
    if (chunk.concept === "noShort") draft.noShort = true
    else if (chunk.concept === "shortOnly") draft.wantsShort = true
    else if (chunk.concept === "bothSides") draft.bothSides = true
    else continue
    draft.understand([chunk], "side", chunk.text)
  }
}

type Read = { draft: IdeaDraft; chunks: readonly Chunk[]; language: Language }

function replyOf(say: string, read: Read): Reply {
  const { draft } = read
  if (!draft.rules.some(({ deed }) => deed === "enter")) return question(say, read, draft.understood.length > 0 ? "entry" : "idea")
  assumeTimeframe(draft, undefined)
  if (draft.question) return question(say, read, draft.question.topic)
  completeDraft(draft)
  const checked = strategyFromJson(withSliders(writtenDraft(draft)))
  if (!checked.ok && (globalThis as any).process?.env?.DBG) console.log("PROBLEM", checked.problems, JSON.stringify(writtenDraft(draft)))
  if (!checked.ok) return question(say, read, "length")
  if (rulesProblems(checked.strategy).length > 0) return question(say, read, "length")
  return {
    ...said(say, read, read.language.says.rules),
    kind: "strategy",
    document: checked.strategy,
    flags: dangersOf(checked.strategy).map(({ kind }) => kind),
  }
}

function question(say: string, read: Read, topic: QuestionTopic): Reply {
  return {
    ...said(say, read, read.language.says.ask[topic]),
    kind: "question",
    topic,
    questions: 1,
    ...(read.draft.question?.choices && { choices: read.draft.question.choices }),
  }
}

function said(say: string, { draft, chunks, language }: Read, text: string): Said {
  const notUnderstood = leftWords(say, leftPlaces(chunks))
  const left = notUnderstood.length > 0 ? ` ${filled(language.says.left, { words: notUnderstood.map(({ words }) => words).join(", ") })}` : ""
  return {
    text: `${text}${left}`,
    language: language.code,
    assumptions: draft.assumptions.map((each) => assumptionInWords(each, language)),
    notPossible: draft.notPossible.map((what) => filled(language.says.cannot, { what })),
    understood: understoodIn(say, draft),
    notUnderstood,
  }
}

function understoodIn(say: string, draft: IdeaDraft): Understood[] {
  return draft.understood
    .map(({ from, to, part, meaning }) => ({
      from,
      to,
      words: say.slice(from, to),
      part,
      meaning: typeof meaning === "string" ? meaning : conditionFormula(meaning, draft.timeframe ?? "1h"),
    }))
    .toSorted((a, b) => a.from - b.from)
}

/** Words that nobody has read and that may mean something: neighbours are one place. */
function leftPlaces(chunks: readonly Chunk[]): { from: number; to: number }[] {
  const places: { from: number; to: number }[] = []
  let isOpen = false
  for (const chunk of chunks) {
    const isLeft = !chunk.isUsed && (chunk.kind === "unknown" || chunk.kind === "amount" || chunk.kind === "operand" || chunk.kind === "range" || chunk.kind === "pattern")
    if (isLeft && isOpen) places.at(-1)!.to = chunk.to
    else if (isLeft) places.push({ from: chunk.from, to: chunk.to })
    isOpen = isLeft
  }
  return places
}
