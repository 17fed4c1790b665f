/** Places after the point that sums keep: more than any exchange writes. */
const PLACES = 18
const SCALE = 10n ** BigInt(PLACES)

/** An exact amount: a whole number of 10^-18. */
export type Exact = bigint

/** Reads a decimal text; what follows its eighteenth place is left out. */
export function exactFrom(text: string): Exact {
  const [, sign, whole, places = ""] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(plain(text)) ?? []
  if (whole === undefined) throw new Error(`"${text.slice(0, 40)}" is not a decimal text`)
  const amount = BigInt(whole + places.slice(0, PLACES).padEnd(PLACES, "0"))
  return sign === "-" ? -amount : amount
}

/** As a decimal text without zeros at its end, cut after `places`. */
export function exactText(amount: Exact, places = PLACES): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(PLACES + 1, "0")
  const fraction = digits.slice(-PLACES).slice(0, places).replace(/0+$/, "")
  return `${amount < 0n ? "-" : ""}${digits.slice(0, -PLACES)}${fraction === "" ? "" : `.${fraction}`}`
}

/** The part of `amount` that `part` is of `whole`. */
export function share(amount: Exact, part: Exact, whole: Exact): Exact {
  return (amount * part) / whole
}

export function product(one: Exact, other: Exact): Exact {
  return (one * other) / SCALE
}

/** One in the last place that a decimal text has: "0.50" is 0.01. */
export function lastPlace(text: string): Exact {
  return SCALE / 10n ** BigInt(Math.min(PLACES, text.split(".")[1]?.length ?? 0))
}

export function quotient(dividend: Exact, divisor: Exact): Exact {
  return (dividend * SCALE) / divisor
}

/** A number as a decimal text: never with an exponent, and without the noise of its last digits. */
export function decimalText(value: number): string {
  return plain(String(Number(value.toPrecision(DIGITS))))
}

/** The same of one that may not be there. */
export function textOrNull(value: number | null): string | null {
  return value === null ? null : decimalText(value)
}

/** More than an amount needs; a double has up to seventeen, of which sums spoil the last few. */
const DIGITS = 12

/** "1.5e-7" as "0.00000015". */
function plain(text: string): string {
  const [, sign, first, rest = "", exponent] = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? []
  if (exponent === undefined) return text
  const [digits, point] = [first + rest, 1 + Number(exponent)]
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`
  const padded = digits.padEnd(point, "0")
  return `${sign}${padded.slice(0, point)}${padded.length > point ? `.${padded.slice(point)}` : ""}`
}
