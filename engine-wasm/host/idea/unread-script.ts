import { languages } from "./languages/languages.ts"

/** Letters of scripts in which some language is read. */
const read =
  /\p{Script=Latin}|\p{Script=Cyrillic}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Script=Devanagari}|\p{Script=Arabic}/u
/** A letter or two, such as σ, are no sentence. */
const FEWEST_LETTERS = 8

/** Whether most of a sentence is in letters of which no language is read: Thai, Hebrew, Greek. */
export function isUnreadScript(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? []
  const unread = letters.filter((letter) => !read.test(letter) && !/\p{Script=Common}/u.test(letter)).length
  return unread >= FEWEST_LETTERS && unread * 2 > letters.length
}

/** Which languages are read, and that nothing was guessed. */
export function unreadScriptText(text: string): string {
  const names = new Intl.DisplayNames(["en"], { type: "language" })
  const list = languages.map(({ code }) => names.of(code) ?? code).join(", ")
  const numbers = text.match(/\d+(?:[.,]\d+)*/g)?.slice(0, MOST_NUMBERS) ?? []
  const seen = numbers.length > 0 ? ` I saw these numbers and did not use them: ${numbers.join(", ")}.` : ""
  return `I cannot read the language of your idea, so I guessed nothing.${seen} Say it in one of these: ${list}.`
}

/** More numbers are not repeated in the text; all are named as not understood. */
const MOST_NUMBERS = 12
