/** A number as it is written, and where it ends in the text. */
export type Numeral = {
  value: number
  /** "20,2" may be one number or a list: its members, where it has a single comma. */
  list?: number[]
  end: number
}

/** A number with more digits is not one a strategy can hold. */
const MOST_DIGITS = 15

const grouped = /\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d|,\d)/y
const groupedByDots = /\d{1,3}(?:\.\d{3})+(?:,\d+|(?!\d))(?!\.\d)/y
const groupedBySpaces = /\d{1,3}(?: \d{3})+(?:[.,]\d+)?(?= ?(?:[$€£₽¥₹]|usd|eur|dol|rub|zl|руб|дол))/y
const decimal = /\d+\.\d+(?!\d|\.\d)/y
const withComma = /\d+,\d+(?!\d|,\d)/y
const whole = /\d+/y

/** The number at a place; "2,5" is two and a half where the language writes it so, or where a percent sign follows. */
export function numeralAt(text: string, at: number, decimalComma: boolean): Numeral {
  const read = (pattern: RegExp) => {
    pattern.lastIndex = at
    return pattern.exec(text)?.[0]
  }
  const found = (written: string, plain: string, list?: number[]): Numeral => ({
    ...thousandsAfter(text, at + written.length, numberOf(plain)),
    ...(list && { list }),
  })
  const spaced = read(groupedBySpaces)
  if (spaced !== undefined) return found(spaced, spaced.replaceAll(" ", "").replace(",", "."))
  const english = read(grouped)
  if (english !== undefined && !english.startsWith("0")) return found(english, english.replaceAll(",", ""))
  const dots = read(groupedByDots)
  if (dots !== undefined && (decimalComma || /,|\..*\./.test(dots)) && !dots.startsWith("0"))
    return found(dots, dots.replaceAll(".", "").replace(",", "."))
  const point = read(decimal)
  if (point !== undefined) return found(point, point)
  const comma = read(withComma)
  if (comma !== undefined && (decimalComma || isShare(text, at + comma.length)))
    return found(comma, comma.replace(",", "."), decimalComma ? comma.split(",").map(Number) : undefined)
  const digits = read(whole)!
  return found(digits, digits)
}

function isShare(text: string, at: number): boolean {
  return /^ ?(?:%|percent|pct|prozent|x\b)/.test(text.slice(at, at + 10))
}

/** "50k" is fifty thousand. */
function thousandsAfter(text: string, end: number, value: number): { value: number; end: number } {
  return /^k(?![a-z])/.test(text.slice(end, end + 2)) ? { value: value * 1000, end: end + 1 } : { value, end }
}

function numberOf(plain: string): number {
  return plain.replace(".", "").length > MOST_DIGITS ? Number.NaN : Number(plain)
}
