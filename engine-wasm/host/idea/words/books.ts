import type { Language } from "../languages/language.ts"
import { addCoinNames } from "./coin-names.ts"
import { addFunctionNames } from "./function-names.ts"
import { PhraseBook } from "./phrase-book.ts"

const books = new Map<string, PhraseBook>()
let names: PhraseBook | undefined

/** The phrase books of languages, each made once: the first language's words, the names all share, the others' words. */
export function booksOf([first, ...others]: readonly Language[]): PhraseBook[] {
  return [bookOf(first), namesBook(), ...others.map(bookOf)]
}

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
