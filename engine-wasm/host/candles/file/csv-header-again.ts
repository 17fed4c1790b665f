import { headerFrom } from "./csv-header.ts"
import type { CsvLayout } from "./csv-layout.ts"
import { plainName } from "./csv-names.ts"
import { isNumeric } from "./csv-number-style.ts"

/**
 * Whether a line that is no row of values names the columns once more, as where files were put together: just as
 * before, or as Binance's newer files do above the same columns; "another" when it names other columns.
 */
export function isHeaderAgain(texts: string[], { header, cells }: CsvLayout): boolean | "another" {
  const isSame = (line: string[]) =>
    line.length === texts.length && line.every((name, cell) => plainName(name) === plainName(texts[cell]))
  if (header.some(isSame)) return true
  // A row of values whose line end is lost runs on into a header, and is none.
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
