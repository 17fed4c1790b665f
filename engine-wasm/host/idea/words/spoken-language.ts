import { languages } from "../languages/languages.ts"
import type { Language } from "../languages/language.ts"
import { folded } from "./folded-text.ts"

/** Writings that belong to one language here; the first that fits. */
const writings: [RegExp, string][] = [
  [/[\u3040-\u30ff]/, "ja"],
  [/\p{sc=Hangul}/u, "ko"],
  [/\p{sc=Han}/u, "zh"],
  [/[іїєґІЇЄҐ]/, "uk"],
  [/\p{sc=Cyrillic}/u, "ru"],
  [/\p{sc=Devanagari}/u, "hi"],
  [/\p{sc=Arabic}/u, "ar"],
]

/** Letters that few languages have. */
const letters: [RegExp, string][] = [
  [/[ąćęłńśźż]/i, "pl"],
  [/[ğışİ]/, "tr"],
  [/[ßäöü]/i, "de"],
  [/[ñ¿¡]/i, "es"],
  [/[ãõ]/i, "pt"],
  [/[œùêèàâî]/i, "fr"],
  [/[ơưđạảấầẩậắằẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i, "vi"],
]

const marks = new Map(languages.map(({ code, marks: words }) => [code, new Set(folded(words).split(" "))]))

/** Whether a folded word is one of the small ones by which a language is known. */
export function isMark(word: string, { code }: Language): boolean {
  return marks.get(code)!.has(word)
}

/** The languages of a sentence, the one it is mostly in first; English stands in where nothing tells. */
export function spokenLanguages(say: string): Language[] {
  const known = (code: string) => languages.filter((language) => language.code === code)
  const written = writings.find(([letter]) => letter.test(say))
  const scored = languages
    .map((language) => ({ language, score: scoreOf(say, language.code) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ language }) => language)
  const first = written ? known(nearestOf(written[1], say)) : []
  return [...new Set([...first, ...scored.slice(0, MOST_LANGUAGES), ...languages.slice(0, 1)])]
}

/** Without a letter of its own a sentence is in the language whose words it has. */
const sisters: Record<string, string> = { ru: "uk" }

function nearestOf(code: string, say: string): string {
  const sister = sisters[code]
  return sister !== undefined && scoreOf(say, sister) > scoreOf(say, code) ? sister : code
}

function scoreOf(say: string, code: string): number {
  const words = folded(say).match(/\p{L}+/gu) ?? []
  const own = marks.get(code)!
  const common = words.slice(0, MOST_WORDS).filter((word) => own.has(word)).length
  const special = letters.filter(([letter, of]) => of === code && letter.test(say)).length
  return common + special * 2
}

const MOST_WORDS = 300
/** A sentence mixes two languages at most, beside English. */
const MOST_LANGUAGES = 2
