import type { Language } from "../languages/language.ts"
import type { Concept } from "./concept.ts"
import { folded, foldedText } from "./folded-text.ts"
import { tokensOf, type Token } from "./token.ts"

/** What a phrase means. `detail`: which function, market or candle pattern; `value`: the number a word stands for. */
export type Meaning = { concept: Concept | "function" | "pattern" | "coin"; detail?: string; value?: number }

/** A phrase found at a place. `end`: the token after it. */
export type FoundPhrase = { meaning: Meaning; end: number }

type Step = { words: Map<string, Step>; beginnings: Map<string, Step>; meaning?: Meaning }

type Waiting = Map<string, { phrase: string; meaning: Meaning }[]>

/**
 * The phrases of one language, found word by word. A sentence has few of the words that phrases begin with, so each
 * phrase is cut into its words only when the first of them is looked up.
 */
export class PhraseBook {
  readonly #first: Step = newStep()
  /** Phrases by their first word, and by the beginning of it, until somebody says that word. */
  readonly #waiting: Waiting = new Map()
  readonly #waitingBeginnings: Waiting = new Map()
  readonly #phrases: string[] = []
  #vocabulary: Set<string> | undefined

  constructor(readonly language: Pick<Language, "words" | "numbers">) {
    for (const [concept, phrases] of Object.entries(language.words)) {
      const meaning: Meaning = { concept: concept as Concept }
      for (const phrase of listOf(phrases)) this.add(phrase, meaning)
    }
    for (const entry of listOf(language.numbers ?? "")) this.#addNumber(entry)
  }

  /** Every single word of the phrases, for spelling. */
  get vocabulary(): ReadonlySet<string> {
    this.#vocabulary ??= new Set(
      this.#phrases
        .flatMap(wordsOf)
        .map(withoutStar)
        .filter((word) => word.length > 3),
    )
    return this.#vocabulary
  }

  /** Adds a phrase; the first meaning stays. A star ends the beginning of a word. */
  add(phrase: string, meaning: Meaning) {
    this.#phrases.push(phrase)
    this.#vocabulary = undefined
    const word = firstWordOf(phrase)
    const waiting = word.endsWith("*") ? this.#waitingBeginnings : this.#waiting
    const key = withoutStar(word)
    const others = waiting.get(key)
    if (others) others.push({ phrase, meaning })
    else waiting.set(key, [{ phrase, meaning }])
  }

  #addNumber(entry: string) {
    const [, phrase, times, digits] = /^(.*) (\*?)([\d.]+)$/.exec(entry)!
    this.add(phrase, { concept: "number", value: Number(digits), ...(times && { detail: "times" }) })
  }

  /** Cuts the phrases that begin with a word, whole or with its beginning. */
  #open(text: string) {
    this.#openAll(this.#waiting, text)
    if (this.#waitingBeginnings.size === 0) return
    for (let length = text.length; length > 0; length--) this.#openAll(this.#waitingBeginnings, text.slice(0, length))
  }

  #openAll(waiting: Waiting, key: string) {
    const phrases = waiting.get(key)
    if (!phrases) return
    waiting.delete(key)
    for (const { phrase, meaning } of phrases) {
      let step = this.#first
      for (const word of wordsOf(phrase)) step = next(step, word)
      step.meaning ??= meaning
    }
  }

  /** The longest phrase that begins at a token. */
  longestAt(tokens: readonly Token[], at: number): FoundPhrase | undefined {
    if (tokens[at]) this.#open(tokens[at].text)
    return this.#longest(this.#first, tokens, at)
  }

  #longest(step: Step, tokens: readonly Token[], at: number): FoundPhrase | undefined {
    const here = step.meaning && { meaning: step.meaning, end: at }
    const place = step === this.#first ? at : afterJoint(tokens, at)
    const text = tokens[place]?.text
    if (text === undefined) return here
    const exact = step.words.get(text)
    const further = exact && this.#longest(exact, tokens, place + 1)
    const loose = this.#beginning(step, text)
    const alternative = loose && this.#longest(loose, tokens, place + 1)
    return longer(longer(further, alternative), here)
  }

  #beginning(step: Step, text: string): Step | undefined {
    if (step.beginnings.size === 0) return undefined
    for (let length = text.length; length > 0; length--) {
      const found = step.beginnings.get(text.slice(0, length))
      if (found) return found
    }
    return undefined
  }
}

function next(step: Step, word: string): Step {
  const into = word.endsWith("*") ? step.beginnings : step.words
  const text = withoutStar(word)
  const found = into.get(text) ?? newStep()
  into.set(text, found)
  return found
}

function withoutStar(word: string): string {
  return word.endsWith("*") ? word.slice(0, -1) : word
}

function longer(one: FoundPhrase | undefined, other: FoundPhrase | undefined): FoundPhrase | undefined {
  if (!one || !other) return one ?? other
  return other.end > one.end ? other : one
}

/** Hyphens and apostrophes inside a phrase do not count: "break-even", "don't". */
function afterJoint(tokens: readonly Token[], at: number): number {
  const text = tokens[at]?.text
  return text === "-" || text === "'" ? at + 1 : at
}

function newStep(): Step {
  return { words: new Map(), beginnings: new Map() }
}

function listOf(phrases: string): string[] {
  return phrases === "" ? [] : phrases.split(", ")
}

/** Words of letters that are cut at their spaces as `tokensOf` cuts them. */
const plain = /^[a-z\u0400-\u04ff](?:[a-z\u0400-\u04ff' -]|[a-z\u0400-\u04ff]\*(?= |$))*$/
const joints = /[ '-]+/

/** The first of a phrase's words, without cutting the others where it is plain. */
function firstWordOf(phrase: string): string {
  const end = phrase.search(joints)
  const first = end < 0 ? phrase : phrase.slice(0, end)
  return plainWord.test(first) ? first : wordsOf(phrase)[0]
}

const plainWord = /^[a-z]+\*?$/

function wordsOf(phrase: string): string[] {
  const text = folded(phrase)
  if (plain.test(text)) return text.split(joints).filter((word) => word !== "")
  const tokens = tokensOf(foldedText(text))
  const words: string[] = []
  for (const { text: word } of tokens) {
    if (word === "*" && words.length > 0) words.push(`${words.pop()}*`)
    else if ((word !== "-" && word !== "'") || tokens.length === 1) words.push(word)
  }
  return words
}
