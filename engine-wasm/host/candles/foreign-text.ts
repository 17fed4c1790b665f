/** How many letters of a foreign text a sentence shows by default. */
export const SHOWN_LETTERS = 80

// Control characters (C0, DEL, C1), invisible and direction-changing ones, line and paragraph separators, halves of
// surrogate pairs, private and unassigned code points: whatever moves a cursor, hides, or reverses text.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu
// Like `unseen`, but for a program's own sentences, which have line ends and tabs.
const unseenInLines = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu
/** More marks than this on one letter paint over the lines above. */
const piledMarks = /(\p{M}{3})\p{M}+/gu

/**
 * A foreign text that is safe in a terminal, a log, a screen or a file: one line, invisible characters spelled out
 * (`\u{1b}`), cut after `most` letters.
 */
export function plainText(text: unknown, most = SHOWN_LETTERS): string {
  // A letter is at most two units, so no part of a long text is read twice.
  const letters = Array.from(String(text).slice(0, 2 * most + 2))
  const shown = letters.slice(0, most).join("")
  return spelled(shown, unseen) + (letters.length > most ? "…" : "")
}

/** `plainText` in double quotes, for a file, a cell, a column or an exchange's message in a sentence. */
export function quoted(text: unknown, most = SHOWN_LETTERS): string {
  return `"${plainText(text, most).replaceAll('"', '\\"')}"`
}

/** `plainText` in backticks, as sentences about formulas and documents repeat what the person wrote. */
export function quotedCode(text: unknown, most = SHOWN_LETTERS): string {
  return `\`${plainText(text, most)}\``
}

/** A list of strangers' names, quoted: the first few, and how many more. */
export function quotedList(names: readonly unknown[], mostNames = 8, most = SHOWN_LETTERS): string {
  const shown = names.slice(0, mostNames).map((name) => quoted(name, most))
  const more = names.length - shown.length
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ")
}

/** Whole lines of our own for a terminal: line ends and tabs stay, other invisible characters are spelled out. */
export function plainLines(text: string): string {
  return spelled(text, unseenInLines)
}

/**
 * A text cell of a CSV file: quoted where necessary, on one line, and never a formula to a spreadsheet, which would
 * run one that begins with = + - @, wide ones too (OWASP, "CSV Injection").
 */
export function csvTextCell(text: string): string {
  const plain = plainText(text, 1_000)
  const inert = /^\s*[=+\-@＝＋－＠]/.test(plain) ? `'${plain}` : plain
  return /[",;\t']/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}

function spelled(text: string, what: RegExp): string {
  return text
    .replace(what, (letter) => `\\u{${letter.codePointAt(0)!.toString(16)}}`)
    .replace(piledMarks, (_, kept: string) => `${kept}…`)
}
