import type { Amount, Unit } from "./amount.ts"
import type { Chunk } from "./chunk.ts"

type WordName = Extract<Chunk, { kind: "word" }>["concept"]
export type AmountChunk = Chunk & Amount

/** Words that a number can belong to: a number between two of them belongs to the nearer one. */
const roles = new Set<WordName>([
  "stop",
  "target",
  "trailing",
  "breakEven",
  "risk",
  "drawdown",
  "win",
  "lose",
  "size",
  "position",
  "add",
  "safetyOrder",
])
/** Words that may stand between a number and what it belongs to. */
const fillers = new Set<WordName>([
  "filler",
  "of",
  "at",
  "on",
  "for",
  "it",
  "most",
  "atLeast",
  "to",
  "plus",
  "up",
  "away",
  "below",
  "above",
  "down",
  "current",
])

/** Words that a limit stands beside. */
const comparing: readonly WordName[] = [
  "above",
  "below",
  "cross",
  "crossUp",
  "crossDown",
  "atLeast",
  "atMost",
  "equal",
  "touch",
  "reach",
  "up",
  "down",
  "rising",
  "falling",
  "dip",
  "rally",
]

/** A sentence in chunks, for readers that look for a word and its number. */
export class Sentence {
  constructor(readonly chunks: readonly Chunk[]) {}

  /** Where a word is that nobody has taken yet; -1 where it is not. */
  find(...concepts: WordName[]): number {
    return this.findFrom(0, ...concepts)
  }

  findFrom(start: number, ...concepts: WordName[]): number {
    return this.chunks.findIndex(
      (chunk, at) => at >= start && !chunk.isUsed && chunk.kind === "word" && concepts.includes(chunk.concept),
    )
  }

  has(...concepts: WordName[]): boolean {
    return this.find(...concepts) >= 0
  }

  /** Whether a word stands in the sentence, taken or not. */
  says(...concepts: WordName[]): boolean {
    return this.chunks.some((chunk) => chunk.kind === "word" && concepts.includes(chunk.concept))
  }

  isWord(at: number, ...concepts: WordName[]): boolean {
    const chunk = this.chunks[at]
    return chunk?.kind === "word" && concepts.includes(chunk.concept)
  }

  /** The free amount at a place, if its unit is one of these. */
  amount(at: number, units: readonly Unit[]): AmountChunk | undefined {
    const chunk = this.chunks[at]
    return chunk?.kind === "amount" && !chunk.isUsed && !chunk.isOfCloses && units.includes(chunk.unit)
      ? chunk
      : undefined
  }

  /** The first free amount of the sentence with one of these units. */
  anyAmount(units: readonly Unit[], start = 0): number {
    return this.chunks.findIndex((_, at) => at >= start && this.amount(at, units) !== undefined)
  }

  /** The amount that belongs to the word at a place: "stop 3 %" or "3 % stop". */
  amountOf(at: number, units: readonly Unit[]): number {
    const after = this.#amountAfter(at, units)
    const before = this.#amountBefore(at, units)
    if (before >= 0 && this.#isCompared(before) && (after >= 0 || this.amount(before, ["plain"]))) return after
    if (after < 0 || before < 0) return after < 0 ? before : after
    if (this.#isOfDeed(before)) return after
    const belongsNext = this.#isRole(this.#afterFillers(after + 1)) || this.chunks[after + 1]?.kind === "amount"
    const belongsPrevious = this.#isRole(this.#beforeFillers(before - 1))
    if (belongsPrevious) return after
    if (belongsNext) return before
    return at - before <= after - at ? before : after
  }

  /** "RSI below 30 stop 2 %": the 30 belongs to the comparison, on either side of its word. */
  #isCompared(at: number): boolean {
    let place = at - 1
    while (this.isWord(place, "filler", "of", "at", "to", "it")) place--
    return this.isWord(place, ...comparing) || (this.isWord(at + 1, ...comparing) && this.#isValue(at - 1))
  }

  /** "Sell at 0.15 stop 0.11": the first is where it is sold. */
  #isOfDeed(at: number): boolean {
    let place = at - 1
    while (this.isWord(place, "filler", "at", "on", "for")) place--
    return (
      place < at - 1 &&
      this.isWord(place, "buy", "sell", "exit", "cover", "short", "long") &&
      this.amount(at, ["plain", "money"]) !== undefined
    )
  }

  /** A value of the chart stands before, or a word between it and the number: "RSI が 30 以下". */
  #isValue(at: number): boolean {
    let place = at
    while (this.isWord(place, "filler", "of", "on")) place--
    return this.chunks[place]?.kind === "operand"
  }

  #amountAfter(at: number, units: readonly Unit[]): number {
    const place = this.#afterFillers(at + 1)
    return this.amount(place, units) ? place : -1
  }

  #amountBefore(at: number, units: readonly Unit[]): number {
    const place = this.#beforeFillers(at - 1)
    return this.amount(place, units) ? place : -1
  }

  #afterFillers(at: number): number {
    let place = at
    while (this.#isFiller(place) && place < at + 8) place++
    return place
  }

  #beforeFillers(at: number): number {
    let place = at
    while (this.#isFiller(place) && !this.#isMark(place) && place > at - 4) place--
    return place
  }

  #isFiller(at: number): boolean {
    const chunk = this.chunks[at]
    if (!chunk) return false
    if (chunk.kind === "word") return fillers.has(chunk.concept)
    return chunk.kind === "mark" && (chunk.text === ":" || chunk.text === "(" || chunk.text === ",")
  }

  #isMark(at: number): boolean {
    return this.chunks[at]?.kind === "mark"
  }

  #isRole(at: number): boolean {
    const chunk = this.chunks[at]
    return chunk?.kind === "word" && roles.has(chunk.concept)
  }
}

/** Cuts chunks into sentences at full stops and line ends. */
export function sentencesOf(chunks: readonly Chunk[]): Sentence[] {
  const sentences: Chunk[][] = [[]]
  for (const chunk of chunks) {
    if (chunk.kind === "mark" && [".", "!", "?", ";", "\n"].includes(chunk.text)) sentences.push([])
    else sentences.at(-1)!.push(chunk)
  }
  return sentences.filter((each) => each.length > 0).map((each) => new Sentence(each))
}
