const POINT = 46
const COMMA = 44
const MINUS = 45
const PLUS = 43
const LETTER_E = 101
// From here on whole numbers have gaps: 2^53 may be the rounded 2^53 + 1.
const FIRST_INEXACT = 2 ** 53

/**
 * 10^0 … 10^22 are exact in f64, so one division by them is correctly rounded (W. D. Clinger, "How to read floating
 * point numbers accurately", 1990).
 */
export const powersOfTen = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`))

/**
 * The number written in bytes[start, end) (ASCII decimal, exponent allowed), with exactly the bits of `Number(text)`;
 * NaN for anything else. Blanks, hexadecimal, "Infinity" and the empty text, which `Number` accepts, are not numbers
 * here.
 */
export function numberFromBytes(bytes: Uint8Array, start: number, end: number, point = POINT): number {
  const first = bytes[start]
  const digitsFrom = first === MINUS || first === PLUS ? start + 1 : start
  let mantissa = 0
  let pointAt = -1
  let at = digitsFrom
  for (; at < end; at++) {
    const digit = bytes[at] - 48
    if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit
    else if (bytes[at] === point && pointAt < 0) pointAt = at
    else break
  }
  const digits = at - digitsFrom - (pointAt < 0 ? 0 : 1)
  if (digits === 0) return Number.NaN
  const exponent = at === end ? 0 : exponentFrom(bytes, at, end)
  if (Number.isNaN(exponent)) return exponent
  const power = exponent - (pointAt < 0 ? 0 : at - pointAt - 1)
  // Once the mantissa has lost a digit it is 2^53 or more and only grows, so this one comparison is enough.
  if (mantissa >= FIRST_INEXACT || power < -22 || power > 22)
    return Number(textFromBytes(bytes, start, end).replace(",", "."))
  const value = power < 0 ? mantissa / powersOfTen[-power] : mantissa * powersOfTen[power]
  return first === MINUS ? -value : value
}

/** The same with a comma before the decimals. */
export function numberWithComma(bytes: Uint8Array, start: number, end: number): number {
  return numberFromBytes(bytes, start, end, COMMA)
}

/** The exponent in bytes[start, end), which begin with its letter and have one to four digits; NaN for all else. */
function exponentFrom(bytes: Uint8Array, start: number, end: number): number {
  if ((bytes[start] | 32) !== LETTER_E) return Number.NaN
  const sign = bytes[start + 1]
  const digitsFrom = start + (sign === MINUS || sign === PLUS ? 2 : 1)
  const length = end - digitsFrom
  if (length < 1 || length > 4) return Number.NaN
  let exponent = 0
  for (let at = digitsFrom; at < end; at++) {
    const digit = bytes[at] - 48
    if (digit < 0 || digit > 9) return Number.NaN
    exponent = exponent * 10 + digit
  }
  return sign === MINUS ? -exponent : exponent
}

/** Whether bytes[start, end) are only digits. */
export function areDigits(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] < 48 || bytes[at] > 57) return false
  return end > start
}

const decoder = new TextDecoder()

/** The text in bytes[start, end), UTF-8; broken bytes become the replacement sign. */
export function textFromBytes(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end))
}
