/** A text as it is compared: lower case, without accents, zero-width characters and full-width forms. */
export type FoldedText = {
  text: string
  say: string
  /** Where each unit of `text`, and its end, is in the person's own text. */
  at: readonly number[]
}

const accents = /[\u0300-\u036f]/g
const invisible = /[\p{Cf}\ufe00-\ufe0f]/u
const simple = /^[\t\n\r -@[-~]*$/

/** Folds a text and remembers where each unit came from. */
export function foldedText(say: string): FoldedText {
  const at: number[] = []
  let text = ""
  let from = 0
  for (const letter of say) {
    const folded = foldedLetter(letter)
    for (let n = 0; n < folded.length; n++) at.push(from)
    text += folded
    from += letter.length
  }
  at.push(from)
  return { say, text, at }
}

/** A word of our own tables, folded as the person's are. */
export function folded(words: string): string {
  return simple.test(words) ? words : Array.from(words, foldedLetter).join("")
}

const foldedLetters = new Map<string, string>()

function foldedLetter(letter: string): string {
  if (letter <= "\u007f") return letter.toLowerCase()
  const before = foldedLetters.get(letter)
  if (before !== undefined) return before
  const fold = foldedAnew(letter)
  if (foldedLetters.size < MOST_LETTERS_KEPT) foldedLetters.set(letter, fold)
  return fold
}

/** More letters than all our tables have. */
const MOST_LETTERS_KEPT = 5_000

function foldedAnew(letter: string): string {
  const known = apart[letter] ?? digitOf(letter)
  if (known !== undefined) return known
  if (invisible.test(letter)) return ""
  return letter.normalize("NFKD").replace(accents, "").normalize("NFKC").toLowerCase().replace(accents, "")
}

/** Arabic, Persian and Devanagari digits. */
function digitOf(letter: string): string | undefined {
  const code = letter.codePointAt(0)!
  const zero = [0x660, 0x6f0, 0x966].find((first) => code >= first && code <= first + 9)
  return zero === undefined ? undefined : String(code - zero)
}

/** Letters that lose no accent when they are taken apart; quotes, dashes and signs as they are typed. */
const apart: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  Ł: "l",
  đ: "d",
  Đ: "d",
  ı: "i",
  "’": "'",
  "‘": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "«": '"',
  "»": '"',
  "–": "-",
  "—": "-",
  "−": "-",
  "。": ".",
  "、": ",",
  "×": "x",
  "→": "->",
  "≤": "<=",
  "≥": ">=",
  "⁄": "/",
  "٪": "%",
  "،": ",",
  "؛": ";",
  "؟": "?",
  "।": ".",
}
