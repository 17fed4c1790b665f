import { spellPauses } from "./changes/spelt-change.ts"
import { IdeaDraft } from "./idea-draft.ts"
import { naturalEntry } from "./natural-entry.ts"
import { readAdds } from "./parts/add-reader.ts"
import { readBreakEven } from "./parts/break-even-reader.ts"
import { leaveAtDayEnd, readDayEnd } from "./parts/day-end-reader.ts"
import { readLimits } from "./parts/limit-reader.ts"
import { readMarkets } from "./parts/market-reader.ts"
import { readOrder } from "./parts/order-reader.ts"
import { readPeakFall } from "./parts/peak-reader.ts"
import { readRoi } from "./parts/roi-reader.ts"
import { RuleReader } from "./parts/rule-reader.ts"
import { leaveAtNight, readSession } from "./parts/session-reader.ts"
import { readSize } from "./parts/size-reader.ts"
import { readStop } from "./parts/stop-reader.ts"
import { readTargets } from "./parts/target-reader.ts"
import { readTimeStop } from "./parts/time-reader.ts"
import { readTimeframe } from "./parts/timeframe-reader.ts"
import { readTrailing } from "./parts/trailing-reader.ts"
import { isWord } from "./reading/chunk-places.ts"
import type { Chunk } from "./reading/chunk.ts"
import { compare } from "./reading/condition.ts"
import type { Operand } from "./reading/operand.ts"
import { sentencesOf } from "./reading/sentence.ts"

/** Reads chunks as a draft. `known`: values that were spoken of before, such as those of a given strategy. */
export function readDraft(
  chunks: readonly Chunk[],
  draft = new IdeaDraft(),
  known: readonly Operand[] = [],
): IdeaDraft {
  spellPauses(chunks)
  readAverageKind(chunks)
  readSides(chunks, draft)
  readMarkets(chunks, draft)
  const sentences = sentencesOf(chunks)
  for (const sentence of sentences) {
    readPeakFall(sentence, draft)
    readLimits(sentence, draft)
    readOrder(sentence, draft)
    readAdds(sentence, draft)
    readTrailing(sentence, draft)
    readBreakEven(sentence, draft)
    readSize(sentence, draft)
    readRoi(sentence, draft)
    readTargets(sentence, draft)
    readStop(sentence, draft)
    readTimeStop(sentence, draft)
    readDayEnd(sentence, draft)
    readSession(sentence, draft)
  }
  const rules = new RuleReader(draft, known)
  for (const sentence of sentences) rules.read(sentence)
  readHolding(chunks, draft)
  readTimeframe(chunks, draft)
  readNames(chunks, draft)
  leaveAtNight(draft)
  leaveAtDayEnd(draft)
  draft.bare = rules.bare
  return draft
}

/** "… in profit", "timeframe: 1h": the name of a part whose number was read elsewhere. */
function readNames(chunks: readonly Chunk[], draft: IdeaDraft) {
  const hasTarget = draft.targets.length > 0 || draft.roi.length > 0
  const sellsByRule = draft.rules.some(({ deed }) => deed === "exit")
  const sellsPart = draft.targets.some(({ share = 1 }) => share < 1)
  for (const chunk of chunks) {
    if (chunk.isUsed) continue
    if (hasTarget && isWord(chunk, "win", "target")) draft.understand([chunk], "protect", "target")
    // "Half at 5 %, the rest at RSI 70".
    if (isWord(chunk, "marketOrder")) draft.understand([chunk], "orders", "market order")
    if ((sellsPart || sellsByRule) && isRest(chunk)) draft.understand([chunk], "exit", "100 %")
    if (draft.timeframe && isWord(chunk, "timeframe")) draft.understand([chunk], "timeframe", draft.timeframe)
  }
}

/** "Buy when …, never sell": nothing but what was said closes it. */
function readHolding(chunks: readonly Chunk[], draft: IdeaDraft) {
  const words = chunks.filter((chunk) => !chunk.isUsed && isWord(chunk, "buyAndHold"))
  const isBought = draft.rules.some(({ deed }) => deed === "enter")
  if (words.length === 0 || !isBought || draft.rules.some(({ deed }) => deed === "exit")) return
  draft.isHeld = true
  draft.understand(words, "exit", "never")
}

function isRest(chunk: Chunk): boolean {
  return chunk.kind === "amount" && chunk.unit === "share" && chunk.value === 1
}

const averageKinds: Record<string, string> = { exponential: "ema", weighted: "wma", hull: "hma" }

/** "The averages of 20 and 50 (exponential)": the kind was said apart from them. */
function readAverageKind(chunks: readonly Chunk[]) {
  const kind = chunks.find((chunk) => chunk.kind === "word" && Object.hasOwn(averageKinds, chunk.concept))
  if (kind?.kind !== "word") return
  const name = averageKinds[kind.concept]
  for (const chunk of chunks) {
    if (chunk.kind !== "operand") continue
    chunk.operands = chunk.operands.map((operand) => (operand.isAnyAverage ? { ...operand, name } : operand))
    kind.isUsed = true
  }
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

/** "Donchian, 55 candles in, 20 out": a channel may be left by a shorter one. */
function channelOf(subject: Operand, chunks: readonly Chunk[], draft: IdeaDraft) {
  const spans = chunks.filter(
    (chunk, at) =>
      chunk.kind === "amount" &&
      !chunk.isUsed &&
      (chunk.unit === "candles" || (chunk.unit === "plain" && chunks[at - 1]?.text === "/")),
  )
  const own = spans.length === 1 && subject.numbers.length > 0 ? [subject.numbers[0]] : []
  const lengths = [...own, ...spans.flatMap((chunk) => (chunk.kind === "amount" ? [chunk.value] : []))]
  if (spans.length === 0) return naturalEntry(subject)
  draft.understand(spans, "enter", lengths.join(" / "))
  const ofLength = (length: number) => naturalEntry({ ...subject, numbers: [length], hasLength: true })!
  return { enter: ofLength(lengths[0]).enter, exit: ofLength(lengths[1] ?? lengths[0]).exit }
}

/** "RSI 30/70": a low value lets in and a high one lets out, to a seller the other way round. */
function takeLimits(draft: IdeaDraft) {
  for (const { subject, chunks } of draft.bare) {
    const said = subject.limits && naturalEntry(subject)
    if (!said?.exit || chunks.some(({ isUsed }) => isUsed)) continue
    const isShort = draft.wantsShort && !draft.bothSides && !draft.rules.some(({ side }) => side === "long")
    const [enter, exit] = isShort ? [said.exit, said.enter] : [said.enter, said.exit]
    const side = draft.bothSides ? ("long" as const) : undefined
    draft.rules.push(
      { deed: "enter", side, join: "and", condition: enter },
      { deed: "exit", side, join: "or", condition: exit },
    )
    draft.understand(chunks, "enter", enter)
  }
}

/** Where no entry was said: the usual signal of an indicator that was named, or a first purchase at once. */
export function assumeEntry(draft: IdeaDraft, chunks: readonly Chunk[]) {
  takeLimits(draft)
  if (draft.rules.some(({ deed }) => deed === "enter")) return
  const hasExit = draft.rules.some(({ deed }) => deed === "exit")
  for (const { subject, second, chunks: named } of draft.bare) {
    const natural = subject.name === "donchian" ? channelOf(subject, chunks, draft) : naturalEntry(subject, second)
    if (!natural) continue
    const side = draft.bothSides ? ("long" as const) : undefined
    draft.rules.push({ deed: "enter", side, join: "and", condition: natural.enter })
    if (natural.exit && !hasExit) draft.rules.push({ deed: "exit", side, join: "or", condition: natural.exit })
    draft.understand(named, "enter", natural.enter)
    return draft.assume("sign", "", natural.enter)
  }
  if (draft.rules.some(({ entersAs }) => entersAs)) return enterAsFiltered(draft)
  if (!draft.add) return
  const always = compare("close", ">", 0)
  draft.rules.push({ deed: "enter", join: "and", condition: always })
  draft.assume("sign", "", always)
}

/** "Only buy if …": where nothing else says when to buy, that does. */
function enterAsFiltered({ rules }: IdeaDraft) {
  for (const [at, { entersAs, ...rule }] of rules.entries())
    if (entersAs) rules[at] = { ...rule, deed: "enter", side: entersAs }
}
