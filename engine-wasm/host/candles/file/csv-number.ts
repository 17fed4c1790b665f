const POINT = 46
const MINUS = 45
const PLUS = 43
// From here on whole numbers have gaps: 2^53 may be the rounded 2^53 + 1.
const FIRST_INEXACT = 2 ** 53
const decimalText = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,4})?$/i

// 10^0 … 10^22 are exact in f64, so one division by them is correctly rounded (W. D. Clinger, "How to read floating
// point numbers accurately", 1990).
const powersOfTen = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`))

/**
 * The number written in bytes[start, end) (ASCII decimal, exponent allowed), with exactly the bits `Number(text)`
 * gives; NaN when it is
 * anything else. Blanks, hexadecimal, "Infinity" and the empty text, which `Number` takes, are not numbers here.
 */
export function numberFromBytes(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start]
  let at = first === MINUS || first === PLUS ? start + 1 : start
  let mantissa = 0
  let pointAt = end
  const digitsFrom = at
  for (; at < end; at++) {
    const digit = bytes[at] - 48
    if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit
    else if (bytes[at] === POINT && pointAt === end) pointAt = at
    else return numberFromText(bytes, start, end)
  }
  const decimals = pointAt === end ? 0 : end - pointAt - 1
  const digits = end - digitsFrom - (pointAt === end ? 0 : 1)
  // Once the mantissa has lost a digit it is 2^53 or more and only grows, so this one comparison is enough.
  if (digits === 0 || mantissa >= FIRST_INEXACT || decimals > 22) return numberFromText(bytes, start, end)
  const value = mantissa / powersOfTen[decimals]
  return first === MINUS ? -value : value
}

function numberFromText(bytes: Uint8Array, start: number, end: number): number {
  const text = textFromBytes(bytes, start, end)
  return decimalText.test(text) ? Number(text) : Number.NaN
}

const decoder = new TextDecoder()

/** The text in bytes[start, end), UTF-8; broken bytes become the replacement sign. */
export function textFromBytes(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end))
}
