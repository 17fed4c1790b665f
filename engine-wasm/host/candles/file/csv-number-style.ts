/** How a file writes numbers: 1,234.56 or 1.234,56. */
export type NumberStyle = "point" | "comma"

/**
 * `doubtful` is a number that may be a thousand times another, and nothing in the file decides; `mixed` are two that
 * disagree.
 */
export type StyleOrDoubt = { style: NumberStyle } | { doubtful: string } | { mixed: [string, string] }

/** Longer texts are not numbers that people write. */
const LONGEST_NUMBER = 60

const exponents: Record<string, string> = { "": "", k: "e3", m: "e6", b: "e9", t: "e12" }
/** Signs of money before a number, as web pages show prices. */
const money = "$€£¥₹₩₽₿"
const number = /^([+-]?)(?:[$€£¥₹₩₽₿]\s?)?([\d.,'’\s]*\d)([kmbt]?)(%?)$/i
/** Blanks of all kinds and apostrophes group thousands in both styles. */
const grouped = /^\d{1,3}(?:['’\s]\d{3})+(?=$|[.,])/

const commaForSure = [
  /^\d{1,3}(?:\.\d{3})+,\d+$/,
  /^\d{1,3}(?:\.\d{3}){2,}$/,
  /^(?:0|\d{4,}),\d+$/,
  /^\d+,(?:\d{1,2}|\d{4,})$/,
]
const pointForSure = [
  /^\d{1,3}(?:,\d{3})+\.\d+$/,
  /^\d{1,3}(?:,\d{3}){2,}$/,
  /^(?:0|\d{4,})\.\d+$/,
  /^\d+\.(?:\d{1,2}|\d{4,})$/,
]
const inDoubt = /^[1-9]\d{0,2},\d{3}$/

/** How a file writes numbers, from some of its cells; cells that are not numbers do not count. */
export function numberStyleOf(cells: Iterable<string>): StyleOrDoubt {
  const seen: { comma?: string; point?: string; doubtful?: string } = {}
  for (const cell of cells) {
    const digits = digitsOf(cell)
    if (digits === undefined) continue
    if (commaForSure.some((form) => form.test(digits))) seen.comma ??= cell
    else if (pointForSure.some((form) => form.test(digits))) seen.point ??= cell
    else if (inDoubt.test(digits)) seen.doubtful ??= cell
  }
  if (seen.comma !== undefined && seen.point !== undefined) return { mixed: [seen.comma, seen.point] }
  if (seen.comma !== undefined) return { style: "comma" }
  return seen.point === undefined && seen.doubtful !== undefined ? { doubtful: seen.doubtful } : { style: "point" }
}

const plainForms: Record<NumberStyle, RegExp> = {
  point: /^(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?$/,
  comma: /^(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d*)?$/,
}

/** A number as people write it: with grouped thousands, with K, M, B or T after it, with %. NaN for anything else. */
export function peoplesNumber(text: string, style: NumberStyle): number {
  const digits = digitsOf(text)
  const found = digits === undefined ? null : number.exec(text)
  if (found === null || digits === undefined || !plainForms[style].test(digits)) return Number.NaN
  const plain = style === "point" ? digits.replaceAll(",", "") : digits.replaceAll(".", "").replace(",", ".")
  return Number(found[1] + plain + exponents[found[3].toLowerCase()])
}

/**
 * The digits, points and commas of a number, groups joined that blanks or apostrophes split; undefined for anything
 * else.
 */
function digitsOf(text: string): string | undefined {
  const digits = text.length > LONGEST_NUMBER ? undefined : number.exec(text)?.[2]
  if (digits === undefined || !/['’\s]/.test(digits)) return digits
  const group = grouped.exec(digits)?.[0]
  const joined = group === undefined ? digits : group.replace(/['’\s]/g, "") + digits.slice(group.length)
  return /['’\s]/.test(joined) ? undefined : joined
}

/** Whether a cell says that its number counts money. */
export function startsWithMoney(text: string): boolean {
  return text !== "" && money.includes(text.replace(/^[+-]/, "")[0] ?? " ")
}

/** Whether a cell is a number in either style, or as programs write them. */
export function isNumeric(text: string): boolean {
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,4})?$/i.test(text)) return true
  return !Number.isNaN(peoplesNumber(text, "point")) || !Number.isNaN(peoplesNumber(text, "comma"))
}
