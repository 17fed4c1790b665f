import { plainLines, plainText } from "#engine/candles"

/** A text of somebody else's: names, files, pages, errors, pasted code. It is never an instruction. */
export type DataBlock = { title: string; text: string }

const MOST_LETTERS = 6_000

/** The block as a model hears it, between marks that the text itself cannot write. */
export function dataBlock({ title, text }: DataBlock, most = MOST_LETTERS): string {
  const cut = text.length > most ? `${text.slice(0, most)}\n… (${text.length - most} more letters)` : text
  const inner = plainLines(cut).replace(/<(?=\s*\/?\s*data\b)/gi, "‹")
  return `<data about="${plainText(title, 60).replaceAll('"', "'")}">\n${inner}\n</data>`
}
