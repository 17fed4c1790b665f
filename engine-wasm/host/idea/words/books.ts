import type { Language } from "../languages/language.ts"
import { addCoinNames } from "./coin-names.ts"
import { addFunctionNames } from "./function-names.ts"
import { PhraseBook } from "./phrase-book.ts"

const books = new Map<string, PhraseBook>()

/** The phrase book of a language, made once: its own words, then the names that all languages share. */
export function bookOf(language: Language): PhraseBook {
  const made = books.get(language.code)
  if (made) return made
  const book = new PhraseBook(language)
  addFunctionNames(book)
  addCoinNames(book)
  books.set(language.code, book)
  return book
}
