import { once } from "node:events"
import { plainLines } from "#engine/candles"

/** The longest sentence we print; foreign text that makes it longer is cut. */
const LONGEST_SENTENCE = 4_000

/** Prints a whole answer on stdout as one JSON value. NaN, which JSON lacks, becomes null. */
export async function printJson(value: unknown): Promise<void> {
  await printText(`${unseenEscaped(JSON.stringify(value))}\n`)
}

/** The same JSON, with escapes for whatever would move a terminal's cursor or reverse its text. */
function unseenEscaped(json: string): string {
  return json.replace(/[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, (letter) => {
    return `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`
  })
}

/** Prints one sentence, or a few lines, on stderr. Foreign text in it cannot control the terminal. */
export function report(sentence: string): void {
  const cut = sentence.length > LONGEST_SENTENCE ? `${sentence.slice(0, LONGEST_SENTENCE)}…` : sentence
  process.stderr.write(`${plainLines(cut)}\n`)
}

/** Prints text on stdout and waits while the reader is slow. Foreign text in it cannot control the terminal. */
export async function printText(text: string): Promise<void> {
  if (!process.stdout.write(plainLines(text))) await once(process.stdout, "drain")
}

/** Text in columns: the first left-aligned, the others right-aligned. */
export function table(rows: string[][]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  const line = (row: string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join("  ")
  return `${rows.map((row) => line(row).trimEnd()).join("\n")}\n`
}
