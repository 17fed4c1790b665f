import { headerFrom } from "./csv-header.ts"
import type { CsvLayout } from "./csv-layout.ts"
import { plainName } from "./csv-names.ts"
import { isNumeric } from "./csv-number-style.ts"

/**
 * Whether a line that is not a row of values repeats the header, as in concatenated files: unchanged, or as Binance's
 * newer files name the same columns; "another" when it names other columns.
 */
export function isHeaderAgain(texts: string[], { header, cells }: CsvLayout): boolean | "another" {
  const isSame = (line: string[]) =>
    line.length === texts.length && line.every((name, cell) => plainName(name) === plainName(texts[cell]))
  if (header.some(isSame)) return true
  // A row of values that lost its line end runs on into a header, and is not one.
  if (texts.some(isNumeric)) return false
  const answer = headerFrom(texts)
  if (!answer.ok) return false
  const { prices, timeCells, volume } = answer.header
  const isAlike =
    timeCells.includes(cells.openTimeMs) &&
    volume === cells.volume &&
    Object.entries(prices).every(([name, cell]) => cells[name as keyof typeof prices] === cell)
  return isAlike ? true : "another"
}
