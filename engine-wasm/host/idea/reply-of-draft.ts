import type { Timeframe } from "../candles/timeframe.ts"
import { dangersOf } from "../strategy/document/strategy-dangers.ts"
import { rulesProblems } from "../strategy/document/strategy-check.ts"
import { strategyFromJson } from "../strategy/document/strategy-document-from-json.ts"
import type { StrategyDocument, WrittenStrategy } from "../strategy/document/strategy-document.ts"
import type { Heard } from "./heard.ts"
import type { IdeaDraft } from "./idea-draft.ts"
import type { Impossible } from "./refusals.ts"
import { conditionFormula, operandsOf } from "./reading/condition.ts"
import type { Chunk } from "./reading/chunk.ts"
import type {
  AnswerReply,
  DeclineReason,
  DeclineReply,
  QuestionReply,
  QuestionTopic,
  Said,
  StrategyReply,
  Understood,
  Words,
} from "./reply.ts"
import { type OwnDeed, ownDeedWords } from "./own-deeds.ts"
import { assumptionInWords, filled } from "./reply-words.ts"
import { cutPlaces, type TextPlace } from "./words/text-place.ts"

/** A sentence that was heard, what was read of it, and what no rule can do. */
export type Reading = {
  heard: Heard
  draft: IdeaDraft
  impossible: readonly Impossible[]
  ignored: readonly TextPlace[]
}

/** The document as a reply; the question that is open where it cannot run. */
export function strategyReply(
  reading: Reading,
  written: WrittenStrategy,
  more: { text?: string; changes?: readonly string[] } = {},
): StrategyReply | QuestionReply {
  const checked = strategyFromJson(written)
  if (!checked.ok || (!checked.strategy.code && rulesProblems(checked.strategy).length > 0))
    return questionReply(reading, "length")
  return {
    ...said(reading, more.text ?? reading.heard.language.says.rules),
    kind: "strategy",
    document: checked.strategy,
    flags: flagsOf(checked.strategy),
    ...(more.changes && { changes: more.changes }),
    ...(reading.draft.saidBalance && { balanceQuote: String(reading.draft.balanceQuote) }),
  }
}

function flagsOf(strategy: StrategyDocument) {
  return dangersOf(strategy).map(({ kind }) => kind)
}

/** `named`: the things that do not go together, as they were read. */
export function questionReply(
  reading: Reading,
  topic: QuestionTopic,
  choices?: readonly string[],
  named = choices ?? [],
): QuestionReply {
  const { says } = reading.heard.language
  const names = topic === "contradiction" && named.length > 0 ? ` (${named.join(" / ")}?)` : ""
  const text = `${says.ask[topic]}${names}`
  return { ...said(reading, text), kind: "question", topic, questions: 1, ...(choices && { choices }) }
}

export function declineReply(reading: Reading, reason: DeclineReason): DeclineReply {
  return { ...said(reading, reading.heard.language.says.decline[reason]), kind: "decline", reason }
}

/** What only the person does: why not here, and where. */
export function ownDeedReply(reading: Reading, deed: OwnDeed): DeclineReply {
  const { reason, text } = ownDeedWords(deed, reading.heard.language)
  return { ...declineReply(reading, reason), text }
}

export function answerReply(reading: Reading, text: string, tools: readonly string[]): AnswerReply {
  return { ...said(reading, text), kind: "answer", tools }
}

/** What every reply has. What was left out is said in the text where it may matter. */
function said({ heard, draft, impossible, ignored }: Reading, text: string): Said {
  const { say, chunks, language, end, pretended } = heard
  const rest = say.length > end ? [{ from: end, to: say.length }] : []
  const notUnderstood = wordsAt(say, [
    ...whole(say, leftPlaces(chunks, draft)),
    // "10x leverage on BTC": the market is still the one that was named.
    ...cutPlaces(
      say,
      impossible,
      draft.understood.filter(({ part }) => part === "market"),
    ),
    ...ignored,
    ...pretended,
    ...rest,
  ])
  // What no rule can do is named among what is not possible: once is enough.
  const unused = notUnderstood.filter(({ from, to }) => !impossible.some((each) => each.from <= from && to <= each.to))
  const left = unused.length > 0 ? [filled(language.says.left, { words: listed(unused) })] : []
  const cannot = impossible.map(({ from, to }) =>
    filled(language.says.cannot, { what: shortened(say.slice(from, to)) }),
  )
  return {
    text: [text, ...(rest.length > 0 ? [language.says.long] : []), ...left].join(" "),
    language: language.code,
    assumptions: draft.assumptions.map((each) => assumptionInWords(each, language, draft.timeframe ?? USUAL_TIMEFRAME)),
    notPossible: [...cannot, ...draft.notPossible.map((what) => filled(language.says.cannot, { what }))],
    understood: understoodIn(say, draft, notUnderstood),
    notUnderstood,
  }
}

const USUAL_TIMEFRAME: Timeframe = "1h"
/** More words than these are not repeated in a sentence. */
const MOST_REPEATED = 6
const LONGEST_REPEATED = 60

function listed(words: readonly Words[]): string {
  const shown = words.slice(0, MOST_REPEATED).map((each) => `“${shortened(each.words)}”`)
  return words.length > MOST_REPEATED ? `${shown.join(", ")} …` : shown.join(", ")
}

function shortened(words: string): string {
  const line = words.replace(/\s+/g, " ").trim()
  return line.length > LONGEST_REPEATED ? `${line.slice(0, LONGEST_REPEATED)}…` : line
}

function wordsAt(say: string, places: readonly TextPlace[]): Words[] {
  return places
    .map(({ from, to }) => ({ from, to, words: say.slice(from, to) }))
    .filter(({ words }) => words.trim() !== "")
    .toSorted((a, b) => a.from - b.from)
}

/** What was taken as one may have words between that nobody read: those are no part of it. */
function understoodIn(say: string, { understood, timeframe }: IdeaDraft, unread: readonly TextPlace[]): Understood[] {
  return cutPlaces(say, understood, unread)
    .map(({ from, to, part, meaning }) => ({
      from,
      to,
      words: say.slice(from, to),
      part,
      meaning: typeof meaning === "string" ? meaning : conditionFormula(meaning, timeframe ?? USUAL_TIMEFRAME),
    }))
    .toSorted((a, b) => a.from - b.from)
}

const telling = new Set<Chunk["kind"]>(["unknown", "amount", "operand", "range", "pattern"])

/** Words that nobody has read and that may mean something; neighbours are one place. */
function leftPlaces(chunks: readonly Chunk[], draft: IdeaDraft): TextPlace[] {
  const places: TextPlace[] = []
  const names = new Set(draft.rules.flatMap(({ condition }) => operandsOf(condition).map(({ name }) => name)))
  let isOpen = false
  for (const chunk of chunks) {
    const isTelling = telling.has(chunk.kind) || /\d/.test(chunk.text) || saysMore(chunk, draft)
    const isLeft = !chunk.isUsed && isTelling && !isEmptyWord(chunk, names)
    if (isLeft && isOpen) places.at(-1)!.to = chunk.to
    else if (isLeft) places.push({ from: chunk.from, to: chunk.to })
    isOpen = isLeft
  }
  return places
}

const contentWords: ReadonlySet<string> = new Set(
  "cross crossUp crossDown touch up down rising falling turn positive negative oversold overbought inARow green red goldenCross deathCross uptrend downtrend sideways trendFilter dip rally breakout breakdown squeeze spike volatile calm divergence lose monday tuesday wednesday thursday friday saturday sunday weekend workdays london newYork asia night opposite guarantee deviation".split(
    " ",
  ),
)

/** A word that would have changed the rules, had it been read: no small word, and none that stands beside a number. */
function saysMore(chunk: Chunk, { targets, trailing, roi, breakEven }: IdeaDraft): boolean {
  if (chunk.kind !== "word") return false
  const isWin = chunk.concept === "win" && targets.length === 0 && roi.length === 0 && !trailing && !breakEven
  return isWin || contentWords.has(chunk.concept)
}

/** "2,5" that was cut at its comma is one number to a person. */
function whole(say: string, places: readonly TextPlace[]): TextPlace[] {
  return places.reduce<TextPlace[]>((joined, place) => {
    const before = joined.at(-1)
    const isOne = before && /^[.,:]$/.test(say.slice(before.to, place.from)) && /^\d/.test(say.slice(place.from))
    return isOne ? [...joined.slice(0, -1), { from: before.from, to: place.to }] : [...joined, place]
  }, [])
}

/** "The price" alone says nothing that could be lost, nor does the name of an indicator that a rule asks for. */
function isEmptyWord(chunk: Chunk, names: ReadonlySet<string>): boolean {
  if (chunk.kind === "amount") return chunk.unit === "share" && !/\d/.test(chunk.text)
  return (
    chunk.kind === "operand" &&
    chunk.operands.every(
      ({ name, numbers, output }) =>
        numbers.length === 0 && output !== "middle" && (name === "close" || name === "volume" || names.has(name)),
    )
  )
}
