import type { Piece } from "../words/piece.ts"
import { type Amount, unitMinutes } from "./amount.ts"
import { betweenOf } from "./between-lines.ts"
import { breakIn } from "./break-of-candles.ts"
import { runIn } from "./candle-run.ts"
import { isWord, placeOf } from "./chunk-places.ts"
import type { Chunk } from "./chunk.ts"
import { betweenCondition, type Comparison, comparisonCondition, isOfOneValue, type Reader } from "./comparison.ts"
import { type Condition, negated, withOperands } from "./condition.ts"
import { levelNamed } from "./named-level.ts"
import { isOpenFlip, isSamePrice, isStrange, isVerb, overTime } from "./spoken-comparison.ts"
import { breakoutOver, patternCondition, wordCondition } from "./condition-words.ts"
import { usualLimits } from "./mirror.ts"
import { isAverage, isChannel, isPrice, numberOperand, type Operand, priceOperand } from "./operand.ts"
import { hasScale } from "./spoken-limit.ts"
import { type BareValue, SpokenValues } from "./spoken-values.ts"
import { spreadIn } from "./line-spread.ts"
import { squeezeIn } from "./squeeze.ts"
import { relationOf, relationWords, strongWords } from "./relation-words.ts"

/** A condition with the words it was read from; `assumes` where a word left open how to measure it. */
export type ReadCondition = {
  condition: Condition
  from: number
  to: number
  assumes?: string
  /** Where its value was named, when that was apart: "RSI 14: buy below 30". */
  named?: { from: number; to: number }
}

type Word = Piece["concept"]

/** Reads the conditions in a part of a sentence without "and" or "or"; it marks the chunks it uses. */
export class ConditionReader {
  readonly #spoken: SpokenValues
  #said: Comparison = nothingSaid()
  #later: Word[] = []
  #taken: Chunk[] = []
  #spanChunk: Chunk | undefined
  #lastSpan: Chunk | undefined
  #found: ReadCondition[] = []
  #reader: Reader = { isExit: false, isShort: false }
  #hasObject = false
  /** Whether other readers took a part: what is left of it repeats nothing. */
  #isCut = false

  /** Whether a word nobody knows stands where a value is named: then no other value is guessed. */
  #isStrange = false

  /** Whether a dip or rally has its size behind it: "dips of 4 %". */
  #isMeasured = false

  /** Whether a comparison had several distances. */
  hasSeveral = false

  /** Whether a value was compared with itself. */
  hasSame = false

  /** `known`: values that were spoken of before. */
  constructor(known: readonly Operand[] = []) {
    this.#spoken = new SpokenValues(known)
  }

  /** Values of which nothing was said: a strategy may still be named after them. */
  get bare(): readonly BareValue[] {
    return this.#spoken.bare
  }

  read(chunks: readonly Chunk[], reader: Reader): ReadCondition[] {
    this.#reader = reader
    this.#found = []
    this.#begin()
    for (const whole of [runIn(chunks), spreadIn(chunks), squeezeIn(chunks), breakIn(chunks)])
      if (whole) this.#found.push(foundBy(whole.chunks, whole.condition, whole.assumes))
    this.#hasObject = chunks.some((chunk) => chunk.kind === "operand" && !chunk.isUsed)
    this.#isCut = chunks.some(({ isUsed, kind }) => isUsed && kind !== "market" && kind !== "timeframe")
    this.#isStrange = isStrange(chunks)
    for (const [at, chunk] of chunks.entries()) {
      this.#isMeasured = isSized(chunks, at)
      this.#take(chunk, chunks[at - 1])
    }
    this.#flush(true)
    return this.#found
  }

  #begin() {
    this.#said = nothingSaid()
    this.#later = []
    this.#taken = []
    this.#spanChunk = undefined
  }

  #take(chunk: Chunk, before: Chunk | undefined) {
    if (chunk.isUsed) return
    if (chunk.kind === "operand" && chunk.isBetween) this.#between(chunk, chunk.operands)
    else if (chunk.kind === "operand") this.#value(chunk, chunk.operands)
    else if (chunk.kind === "amount") this.#amount(chunk, before)
    else if (chunk.kind === "range") this.#range(chunk)
    else if (chunk.kind === "pattern") this.#pattern(chunk)
    else if (chunk.kind === "word") this.#word(chunk, chunk.concept)
  }

  #word(chunk: Chunk, concept: Word) {
    const own = wordCondition(concept)
    if (concept === "ribbon" && this.#isList()) this.#relation(chunk, "above")
    else if (own && !this.#isRelation(concept)) this.#sign(chunk, onItsTimeframe(own.condition, chunk), own.assumes)
    else if (relationWords.has(concept)) this.#relation(chunk, concept)
    else if (concept === "for" || concept === "from") this.#said.isLasting = true
    else if (concept === "not") this.#deny(chunk)
    else this.#spanOfOne(chunk, concept)
  }

  /** "Is not rising", "has not crossed": what is said after it is not to be so. */
  #deny(chunk: Chunk) {
    this.#said.isDenied = true
    this.#taken.push(chunk)
  }

  /** "Falls 5 % in an hour", "… a day". */
  #spanOfOne(chunk: Chunk, concept: Word) {
    const minutes = concept === "perDay" ? unitMinutes.day : unitMinutes[concept]
    const isCounted = /^(一|1) ?(天|日|周|小 ?时)/.test(chunk.text)
    if (minutes === undefined || !(this.#said.percent || isCounted) || this.#said.span) return
    this.#said.span = { kind: "amount", unit: "minutes", value: minutes, unitMinutes: minutes }
    this.#taken.push(chunk)
  }

  /** "Breakout above the 20 day high" compares; "a breakout" alone is a sign. */
  #isRelation(concept: Word): boolean {
    const isMove = concept === "breakout" || concept === "breakdown" || concept === "dip" || concept === "rally"
    return isMove && (this.#hasObject || this.#said.percent !== undefined || this.#isMeasured)
  }

  /** "EMA 9/21/55 stacked": the lines of the ribbon were said. */
  #isList(): boolean {
    const { subject, second } = this.#said
    return subject !== undefined && second !== undefined && isAverage(subject)
  }

  #relation(chunk: Chunk, concept: Word) {
    this.#taken.push(chunk)
    if (this.#said.object && strongWords.has(concept)) this.#later.push(concept)
    else this.#said.words.push(concept)
  }

  #value(chunk: Chunk, operands: Operand[]) {
    // "A cross of 12 and 26 EMA": of one with the other.
    const isCross =
      !this.#said.subject && this.#said.words.length > 0 && this.#said.words.every((each) => each === "cross")
    if (isCross && operands.length > 1 && operands.every(isAverage)) {
      const [subject, second, ...further] = operands
      this.#said = { ...this.#said, subject, second, ...(further.length > 0 && { further }) }
      return void this.#taken.push(chunk)
    }
    for (const operand of operands) this.#operand(operand, operands)
    this.#taken.push(chunk)
  }

  #operand(operand: Operand, group: readonly Operand[]) {
    const said = this.#said
    if (!said.subject && said.words.length === 0 && !said.percent && !said.times) said.subject = operand
    else if (isVerb(said, operand)) return
    else if (this.#isLed(operand)) this.#lead(operand)
    else if (this.#isLimitFirst(operand)) said.subject = operand
    else if (said.object) this.#furtherOperand(operand)
    else if (said.subject && group.length > 1 && group[0] === said.subject && said.words.length === 0 && !said.second)
      said.second = operand
    else if (said.second) this.#furtherLine(operand)
    else if (said.subject && isSamePrice(said.subject, operand) && said.words.every((word) => word === "at"))
      said.subject = operand
    else said.object = operand
  }

  /** "At RSI 70", "below RSI 30": no price is compared with an oscillator, so the word leads to it. */
  #isLed(operand: Operand): boolean {
    const { subject, object, percent, times } = this.#said
    return !subject && !object && !percent && !times && hasScale(operand)
  }

  #lead(operand: Operand) {
    const words = this.#said.words.filter((word) => word !== "at" && word !== "reach")
    this.#said = { ...this.#said, subject: operand, words, isLed: true }
  }

  /** "At 30 RSI", "below 30 RSI". */
  #isLimitFirst({ name }: Operand): boolean {
    const { subject, object } = this.#said
    return !subject && object?.name === "number" && usualLimits[name] !== undefined && this.#later.length === 0
  }

  /** "The 8, 13 and 21 EMA": each after the one before. */
  #furtherLine(operand: Operand) {
    this.#said.further = [...(this.#said.further ?? []), operand]
  }

  /** After a complete comparison: a chain "8 > 13 > 21", a second limit, or a new subject. */
  #furtherOperand(operand: Operand) {
    const { subject, object, words } = this.#said
    const later = this.#later
    this.#flush(false)
    if (later.length === 0) {
      const isList = relationOf(words).way && isAverage(operand) && object && isAverage(object)
      if (isList) this.#said = { subject, words: [...words], object: operand }
      else this.#said.subject = operand
      return
    }
    const isChain =
      object !== undefined && isAverage(object) && isAverage(operand) && relationOf(words).way === relationOf(later).way
    const own = isBesideLine(subject, object, operand) ? undefined : subject
    this.#said = { subject: isChain ? object : own, words: later, object: operand }
  }

  #amount(chunk: Chunk & Amount, before: Chunk | undefined) {
    const { unit } = chunk
    const isLimit = unit === "plain" || unit === "money" || unit === "length"
    if (unit === "percent" && !this.#countsPercent()) this.#percent(chunk)
    else if (unit === "times") this.#said.times = chunk
    else if (unit === "minutes" || unit === "candles") return this.#span(chunk, isPast(before) || chunk.isLast === true)
    else if (isLimit || unit === "percent")
      return this.#value(chunk, [{ ...numberOperand(chunk.value), isMoney: unit === "money" }])
    else return
    this.#taken.push(chunk)
  }

  /** "5 % 10 % 15 % below": only one is a distance, the others stay unread. */
  #percent(chunk: Chunk & Amount) {
    const before = this.#said.percent
    if (before) this.hasSeveral = true
    this.#taken = this.#taken.filter((each) => each !== before)
    this.#said.percent = chunk
  }

  /** A length of time belongs to a change; alone it may be the timeframe, which others read. */
  #span(chunk: Chunk & Amount, isLast: boolean) {
    this.#said.span = chunk
    this.#said.isRecent = isLast
    if (chunk.isOfCloses) this.#said.isLasting = true
    this.#spanChunk = chunk
    this.#lastSpan = chunk
    this.#widenBreak(chunk)
  }

  /** "The breakout of the last 20 hours": how far back it looks was said after it. */
  #widenBreak(span: Chunk & Amount) {
    const found = this.#found.at(-1)
    if (
      found?.assumes !== "breakout" ||
      this.#said.subject ||
      this.#said.percent ||
      span.from - found.to > LONGEST_JOINT
    )
      return
    const isUp = found.condition.kind === "compare" && found.condition.relation === ">"
    span.isUsed = true
    this.#said.span = undefined
    this.#spanChunk = undefined
    this.#found.splice(-1, 1, { condition: breakoutOver(span, isUp), from: found.from, to: span.to })
  }

  /** "RSI below 30 %" is a limit, "price 3 % below" is a distance. */
  #countsPercent(): boolean {
    const { subject } = this.#said
    return subject !== undefined && usualLimits[subject.name] !== undefined
  }

  #range(chunk: Chunk & { kind: "range" }) {
    const { low, high } = chunk
    if (low.unit !== "plain" && low.unit !== "money" && low.unit !== "percent") return
    const subject = this.#said.subject ??
      this.#spoken.valueFor(numberOperand(low.value)) ?? { name: "close", numbers: [] }
    const [least, most] = [Math.min(low.value, high.value), Math.max(low.value, high.value)]
    this.#found.push(foundBy([...this.#taken, chunk], betweenCondition(subject, least, most)))
    this.#spoken.subjects.push(subject)
    this.#begin()
  }

  /** "The price is between the 50 and the 200 EMA". */
  #between(chunk: Chunk, lines: readonly Operand[]) {
    const subject = this.#said.subject ?? priceOperand("close")
    const condition = betweenOf(subject, lines)
    this.#found.push(foundBy([...this.#taken, chunk], this.#said.isDenied ? negated(condition) : condition))
    this.#spoken.subjects.push(subject)
    this.#begin()
  }

  #pattern(chunk: Chunk & { kind: "pattern" }) {
    const { words } = this.#said
    const { way } = relationOf(words)
    this.#sign(chunk, patternCondition(chunk.name, way, !this.#reader.isShort))
    // "Bullish engulfing": the colour belonged to the pattern.
    this.#said.words = words.filter((word) => word !== "green" && word !== "red" && word !== "up" && word !== "down")
  }

  /** A word or pattern that is a whole condition; what was collected so far stays. */
  #sign(chunk: Chunk, condition: Condition, assumes?: string) {
    const { span } = this.#said
    const isBreak = assumes === "breakout" && chunk.kind === "word" && span
    if (!isBreak) return void this.#found.push(foundBy([chunk], condition, assumes))
    this.#found.push(
      foundBy([chunk, ...this.#taken, this.#spanChunk!], breakoutOver(span, chunk.concept === "breakout")),
    )
    this.#begin()
  }

  #flush(isLast: boolean) {
    const said = { ...this.#said, words: isLast ? [...this.#said.words, ...this.#later] : this.#said.words }
    const isChange = said.percent !== undefined && said.object === undefined
    const taken = isChange && this.#spanChunk ? [...this.#taken, this.#spanChunk] : this.#taken
    this.#begin()
    const whole = this.#spoken.completed(said, { isStrange: this.#isStrange, isCut: this.#isCut })
    const reader = { ...this.#reader, ...this.#enteredAt(whole) }
    const once = levelNamed(whole, reader, taken) ?? comparisonCondition(whole, reader)
    if (isOfOneValue(whole)) this.hasSame = true
    if (!once) return this.#bare(said, taken)
    const condition = this.#overTime(once, whole, taken)
    this.#spoken.last = whole
    if (relationOf(whole.words).style === "cross" && whole.object?.name !== "number") this.#spoken.lastCross = whole
    if (whole.subject) this.#spoken.subjects.push(whole.subject)
    const assumes =
      (once.kind === "move" && isPrice(once.of)) || isOpenFlip(once, whole) || isOpenChange(whole) ? "move" : undefined
    this.#found.push({ ...foundBy(taken, condition, assumes), ...this.#namedApart(whole) })
  }

  /** A comparison over so many candles, or denied: "above it for 5 candles", "in the last 5", "is not above". */
  #overTime(once: Condition, whole: Comparison, taken: Chunk[]): Condition {
    const over = overTime(once, whole)
    if (over !== once) taken.push(this.#lastSpan!)
    return whole.isDenied ? negated(over) : over
  }

  /** "RSI below 30, out at RSI 45": 45 is reached from below, for it was entered at 30. */
  #enteredAt({ subject }: Comparison): Pick<Reader, "enteredAt"> {
    const { last } = this.#spoken
    const isSame = this.#reader.isExit && last?.object?.name === "number" && last.subject?.name === subject?.name
    return isSame ? { enteredAt: last.object!.value } : {}
  }

  /** The words a value was named by, before anything was said of it. */
  #namedApart({ subject, object }: Comparison): Pick<ReadCondition, "named"> {
    const bare = this.#spoken.bare.find((each) => each.subject === subject || each.subject === object)
    const chunks = bare?.chunks.filter(({ isUsed }) => !isUsed) ?? []
    if (chunks.length === 0) return {}
    for (const chunk of chunks) chunk.isUsed = true
    return { named: placeOf(chunks) }
  }

  /** A value named alone: it may be meant later, or belongs to the comparison before it: "above the 20 and the 50". */
  #bare({ subject, second }: Comparison, taken: Chunk[]) {
    if (!subject) return
    const { last } = this.#spoken
    if (last?.subject && isAverage(subject) && isPrice(last.subject) && !second) {
      const condition = comparisonCondition({ ...last, object: subject }, this.#reader)
      if (condition) return void this.#found.push(foundBy(taken, condition))
    }
    this.#spoken.subjects.push(subject)
    if (subject.name !== "number") this.#spoken.bare.push({ subject, ...(second && { second }), chunks: taken })
  }
}

/** "Dips of 4 %", "Rücksetzer von 4 %". */
function isSized(chunks: readonly Chunk[], at: number): boolean {
  if (!isWord(chunks[at], "dip", "rally")) return false
  let place = at + 1
  while (isWord(chunks[place], "filler", "of", "at")) place++
  const amount = chunks[place]
  return amount?.kind === "amount" && amount.unit === "percent" && !amount.isUsed
}

/** "Drops 5 %": in which time was not said. */
function isOpenChange({ subject, object, percent, span }: Comparison): boolean {
  return percent !== undefined && !object && !span && (!subject || isPrice(subject))
}

/** "RSI under 30 above the 200 EMA": the price is above it, no RSI is. */
function isBesideLine(subject: Operand | undefined, object: Operand | undefined, line: Operand): boolean {
  return subject !== undefined && hasScale(subject) && object?.name === "number" && (isAverage(line) || isChannel(line))
}

/** "The 4h trend is up": every value of it on that timeframe. */
function onItsTimeframe(condition: Condition, chunk: Chunk): Condition {
  const timeframe = chunk.kind === "word" ? chunk.timeframe : undefined
  if (!timeframe) return condition
  return withOperands(condition, (operand) => (operand.name === "number" ? operand : { ...operand, timeframe }))
}

/** "The last 5 candles", "en las últimas 5 velas". */
function isPast(before: Chunk | undefined): boolean {
  return isWord(before, "last") || (isWord(before, "on") && /last|past|letzt|ultim|derni/.test(before!.text))
}

/** Letters between a word and what is said of it. */
const LONGEST_JOINT = 24
const nothingSaid = (): Comparison => ({ subject: undefined, words: [] })

function foundBy(chunks: readonly Chunk[], condition: Condition, assumes?: string): ReadCondition {
  for (const chunk of chunks) chunk.isUsed = true
  return { condition, ...placeOf(chunks), ...(assumes && { assumes }) }
}
