import type { Language } from "../languages/language.ts"
import type { Concept } from "./concept.ts"
import { folded, foldedText } from "./folded-text.ts"
import { tokensOf, type Token } from "./token.ts"

/** What a phrase means. `detail`: which function, market or candle pattern; `value`: the number a word stands for. */
export type Meaning = { concept: Concept | "function" | "pattern" | "coin"; detail?: string; value?: number }

/** A phrase found at a place. `end`: the token after it. */
export type FoundPhrase = { meaning: Meaning; end: number }

type Step = { words: Map<string, Step>; beginnings: Map<string, Step>; meaning?: Meaning }

/** The phrases of one language, found word by word. */
export class PhraseBook {
  readonly #first: Step = newStep()
  /** Every single word of the phrases, for spelling. */
  readonly vocabulary = new Set<string>()

  constructor(readonly language: Pick<Language, "words" | "numbers">) {
    for (const [concept, phrases] of Object.entries(language.words))
      for (const phrase of listOf(phrases)) this.add(phrase, { concept: concept as Concept })
    for (const entry of listOf(language.numbers ?? "")) this.#addNumber(entry)
  }

  /** Adds a phrase; the first meaning stays. A star ends the beginning of a word. */
  add(phrase: string, meaning: Meaning) {
    let step = this.#first
    for (const word of wordsOf(phrase)) step = this.#next(step, word)
    step.meaning ??= meaning
  }

  #addNumber(entry: string) {
    const [, phrase, times, digits] = /^(.*) (\*?)([\d.]+)$/.exec(entry)!
    this.add(phrase, { concept: "number", value: Number(digits), ...(times && { detail: "times" }) })
  }

  #next(step: Step, word: string): Step {
    const isBeginning = word.endsWith("*")
    const text = isBeginning ? word.slice(0, -1) : word
    if (text.length > 3) this.vocabulary.add(text)
    const into = isBeginning ? step.beginnings : step.words
    const found = into.get(text) ?? newStep()
    into.set(text, found)
    return found
  }

  /** The longest phrase that begins at a token. */
  longestAt(tokens: readonly Token[], at: number): FoundPhrase | undefined {
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
