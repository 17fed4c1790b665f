import type { Language } from "../languages/language.ts"
import { languages } from "../languages/languages.ts"
import { addCoinNames } from "./coin-names.ts"
import { addFunctionNames } from "./function-names.ts"
import { PhraseBook } from "./phrase-book.ts"
import { isMark } from "./spoken-language.ts"
import type { Token } from "./token.ts"

const books = new Map<string, PhraseBook>()
let names: PhraseBook | undefined

/** The phrase books of languages, each made once: the first language's words, the names all share, the others' words. */
export function booksOf([first, ...others]: readonly Language[]): PhraseBook[] {
  return [bookOf(first), namesBook(), ...others.map(bookOf)]
}

/** Without a small word that tells the language, it is the one that knows what English does not: "engerer Stop". */
export function languagesOf(tokens: readonly Token[], [english]: readonly Language[]): Language[] {
  const known = [bookOf(english), namesBook()]
  const isKnown = (token: Token) =>
    known.some((book) => book.longestAt([token], 0) !== undefined || book.vocabulary.has(token.text))
  const strange = tokens.filter((each) => each.kind === "word" && each.text.length > 2 && !isKnown(each))
  if (strange.length === 0 || strange.length > MOST_STRANGE) return [english]
  const scored = languages
    .filter(({ code }) => commonest.has(code))
    .map((language) => ({
      language,
      score: strange.filter((token) => bookOf(language).longestAt([token], 0) !== undefined).length,
    }))
    .toSorted((a, b) => b.score - a.score)
  const [best] = scored
  return best.score > 0 && best.score * 2 >= strange.length ? [best.language, english] : [english]
}

const ofOtherWriting = new Set(["zh", "ja", "ko", "ru", "uk", "hi", "ar"])

/**
 * The language to answer in: of those a sentence may be in, the one that knows most of its words. English where
 * another knows no more of them and has none of its small words.
 */
export function languageToAnswer(tokens: readonly Token[], told: readonly Language[]): Language {
  const [first] = told
  if (ofOtherWriting.has(first.code) || told.length === 1) return first
  const words = tokens.filter(({ kind }) => kind === "word")
  const known = told.map((language) => ({
    language,
    score: words.filter((token) => bookOf(language).longestAt([token], 0) !== undefined || isMark(token.text, language))
      .length,
  }))
  const most = Math.max(...known.map(({ score }) => score))
  const best = known.filter(({ score }) => score === most)
  const isSure = ({ language }: (typeof best)[number]) => words.some(({ text }) => isMark(text, language))
  return (best.find(isSure) ?? best.find(({ language }) => language.code === "en") ?? best[0]).language
}

/** Languages that a few words are looked up in. */
const commonest = new Set(["de", "es", "fr", "pt", "it", "nl"])
/** A sentence with more words of its own has small ones that tell. */
const MOST_STRANGE = 8

function bookOf(language: Language): PhraseBook {
  const made = books.get(language.code) ?? new PhraseBook(language)
  books.set(language.code, made)
  return made
}

function namesBook(): PhraseBook {
  if (names) return names
  names = new PhraseBook({ words: {} })
  addFunctionNames(names)
  addCoinNames(names)
  return names
}
