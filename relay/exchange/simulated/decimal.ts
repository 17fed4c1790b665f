/** An exact amount, price or rate: whole hundred-millionths (10^-8), the precision Binance answers with. */
export type Decimal = bigint

export const ONE: Decimal = 100_000_000n
const PLAIN = /^\d{1,20}(?:\.(\d{1,20}))?$/

/**
 * Whether a text is a plain, unsigned decimal as Binance demands it: no sign, no exponent, at most 20 digits on
 * either side.
 */
export function isPlainDecimal(text: string): boolean {
  return PLAIN.test(text)
}

/** How many digits follow the point, trailing zeros not counted. */
export function decimalsIn(text: string): number {
  return (PLAIN.exec(text)?.[1] ?? "").replace(/0+$/, "").length
}

/**
 * Reads a plain decimal of at most 8 places exactly. Throws on anything else: call `isPlainDecimal` and `decimalsIn`
 * first.
 */
export function decimalFrom(text: string): Decimal {
  if (!isPlainDecimal(text) || decimalsIn(text) > 8) throw new Error(`"${text}" is not a decimal of at most 8 places`)
  const [whole, fraction = ""] = text.split(".")
  return BigInt(whole + fraction.slice(0, 8).padEnd(8, "0"))
}

/** Writes all 8 places, as Binance does: "0.10000000". */
export function formatDecimal(amount: Decimal): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(9, "0")
  return `${amount < 0n ? "-" : ""}${digits.slice(0, -8)}.${digits.slice(-8)}`
}

/** Product, truncated to 8 places (exact whenever tick x lot >= 10^-8, which symbol rules assert). */
export function times(first: Decimal, second: Decimal): Decimal {
  return (first * second) / ONE
}

/** Quotient, truncated to 8 places. The divisor may not be 0. */
export function dividedBy(dividend: Decimal, divisor: Decimal): Decimal {
  return (dividend * ONE) / divisor
}

/** The largest multiple of `step` not above `amount`. */
export function floorTo(amount: Decimal, step: Decimal): Decimal {
  return amount - (amount % step)
}

/** The smaller of two. */
export function least(first: Decimal, second: Decimal): Decimal {
  return first < second ? first : second
}

/** The larger of two. */
export function greatest(first: Decimal, second: Decimal): Decimal {
  return first > second ? first : second
}

/** Adds to a running total per asset. */
export function addTo(totals: Map<string, Decimal>, asset: string, amount: Decimal): void {
  totals.set(asset, (totals.get(asset) ?? 0n) + amount)
}
