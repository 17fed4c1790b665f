import { headerFrom, type HeaderOrRefusal } from "./csv-header.ts"
import { columnNames, marketNames, openTimeNames, plainName } from "./csv-names.ts"
import { isNumeric } from "./csv-number-style.ts"

/** A header over several lines, and how many. `market`: the only one it names. */
export type HeaderOverLines = { lines: number; answer: HeaderOrRefusal }

const levelNames = ["", "price", "attributes", "ticker", "tickers", ...marketNames]

/**
 * The header pandas writes for columns of two levels, as in yfinance's tables: one line has open, high …, one the
 * market, a third names the first column. Undefined for other lines.
 */
export function headerOverLines(rows: string[][], market?: string): HeaderOverLines | undefined {
  const [first = [], second = [], third = []] = rows
  if (first.length < 5 || first.length !== second.length) return undefined
  if (!levelNames.includes(plainName(first[0])) || !levelNames.includes(plainName(second[0]))) return undefined
  const isNamed = [first, second].map(namesPrices)
  const isTexts = [...first.slice(1), ...second.slice(1)].every((cell) => cell !== "" && !isNumeric(cell))
  if (isNamed[0] === isNamed[1] || !isTexts) return undefined
  const [names, markets] = isNamed[0] ? [first, second] : [second, first]
  const namesIndex = third.slice(1).every((cell) => cell === "") && openTimeNames.includes(plainName(third[0] ?? ""))
  return { lines: namesIndex ? 3 : 2, answer: headerOfOne(names, markets, namesIndex ? third[0] : "", market) }
}

function headerOfOne(names: string[], markets: string[], index: string, market: string | undefined): HeaderOrRefusal {
  const all = [...new Set(markets.slice(1))]
  const wanted = all.length === 1 ? all[0] : market
  if (wanted !== undefined && all.includes(wanted)) {
    // Columns of other markets lose their names, so that we read nothing from them.
    const own = names.map((name, cell) => (cell === 0 ? index : markets[cell] === wanted ? name : ""))
    const answer = headerFrom(own)
    return answer.ok ? { ...answer, header: { ...answer.header, namesMarket: true } } : answer
  }
  const beside = names.map((name, cell) => (cell === 0 ? index : `${markets[cell]}.${name}`))
  return headerFrom(beside, market)
}

function namesPrices(cells: string[]): boolean {
  const plain = cells.slice(1).map(plainName)
  return Object.values(columnNames).every((names) => plain.some((name) => names.includes(name)))
}
