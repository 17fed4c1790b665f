/** No amount and no price here has more. */
const MOST_DIGITS = 30

/** `decimal`: as programs write it, such as "1000.50". */
export type TypedNumber = { ok: true; decimal: string } | { ok: false; because: string }

/**
 * A number as people write it: 1000.50, 1,000.50, 1 000,50, 1'000.50, 1.000,50. Where a text may mean two numbers, it
 * means what this app's own screens mean by it: 1,000 is a thousand and 1.000 is one.
 */
export function typedNumber(text: string): TypedNumber {
  const [, sign, body] = /^([+\-−]?)(.*)$/s.exec(text.trim()) as unknown as [string, string, string]
  // As programs write very small ones: 1e-7.
  if (/^\d(\.\d{1,15})?e[+-]?\d{1,2}$/i.test(body)) return typed(sign, plainDecimal(Number(body)))
  if (!/^[\d.,\s'’]*\d[\d.,\s'’]*$/.test(body)) return no("Write a number, such as 0.1.")
  if (body.replaceAll(/\D/g, "").length > MOST_DIGITS)
    return no(`That is longer than any amount here: at most ${MOST_DIGITS} digits.`)
  const point = decimalMark(body)
  const [whole, part = "", ...more] = point === undefined ? [body] : body.split(point)
  const digits = ungrouped(whole)
  if (digits === undefined || more.length > 0 || /\D/.test(part))
    return no(`It is not clear which number ${shown(text)} is: write it without marks between the thousands.`)
  return typed(sign, `${digits === "" ? "0" : digits}${part === "" ? "" : `.${part}`}`)
}

function typed(sign: string, decimal: string): TypedNumber {
  return { ok: true, decimal: `${sign === "-" || sign === "−" ? "-" : ""}${decimal}` }
}

function plainDecimal(value: number): string {
  return value.toLocaleString("en", { useGrouping: false, maximumFractionDigits: 20 })
}

/** The decimal mark of a number without its sign; undefined where it has none. */
function decimalMark(body: string): "." | "," | undefined {
  const [points, commas] = [body.split(".").length - 1, body.split(",").length - 1]
  if (points > 0 && commas > 0) return body.lastIndexOf(".") > body.lastIndexOf(",") ? "." : ","
  if (points === 1) return "."
  // As our screens print it, three digits after a comma are thousands.
  return commas === 1 && !/^(?!0,)\d{1,3},\d{3}$/.test(body) ? "," : undefined
}

/** Digits whose groups of three one mark parts; undefined for any other. */
function ungrouped(whole: string): string | undefined {
  if (/^\d*$/.test(whole)) return whole
  const [, mark] = /^[1-9]\d{0,2}([.,\s'’])/.exec(whole) ?? []
  const groups = mark === undefined ? [] : whole.split(mark).slice(1)
  return groups.length > 0 && groups.every((group) => /^\d{3}$/.test(group)) ? whole.replaceAll(/\D/g, "") : undefined
}

function shown(text: string): string {
  return `"${text.trim().slice(0, 2 * MOST_DIGITS)}"`
}

function no(because: string): TypedNumber {
  return { ok: false, because }
}
