/** How many letters of a stranger's text a sentence shows unless said otherwise. */
export const SHOWN_LETTERS = 80

// Control characters (C0, DEL, C1), invisible and direction-changing ones, line and paragraph separators, halves of
// surrogate pairs, private and unassigned code points: whatever moves a cursor, hides, or turns text round.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu
// As `unseen`, but for a program's own sentences, which have line ends and tabs.
const unseenInLines = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu
/** More marks than this on one letter paint over the lines above. */
const piledMarks = /(\p{M}{3})\p{M}+/gu

/**
 * A stranger's text so that a terminal, a log, a screen or a file shows it and does nothing else: one line, what is
 * unseen spelled out (`\u{1b}`), cut after `most` letters.
 */
export function plainText(text: unknown, most = SHOWN_LETTERS): string {
  // A letter is at most two units, so nothing of a long text is looked at twice.
  const letters = Array.from(String(text).slice(0, 2 * most + 2))
  const shown = letters.slice(0, most).join("")
  return spelled(shown, unseen) + (letters.length > most ? "…" : "")
}

/** `plainText` in double quotes, as sentences name a file, a cell, a column or what an exchange said. */
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

/** Whole lines of our own for a terminal: line ends and tabs stay, anything else that is unseen is spelled out. */
export function plainLines(text: string): string {
  return spelled(text, unseenInLines)
}

/**
 * A text cell of a CSV file: quoted where it must be, on one line, and never a formula to a spreadsheet, which would
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
