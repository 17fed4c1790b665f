/** Millionths of a dollar as a person reads them: "$0.0005", "$1.20"; "price unknown" where nobody knows. */
export function dollarsText(microDollars: number | null): string {
  if (microDollars === null) return "price unknown"
  if (microDollars === 0) return "$0"
  const decimals = microDollars < 10_000 ? 4 : microDollars < 1_000_000 ? 3 : 2
  // Less than the last digit shows is not nothing.
  const unit = 10 ** (6 - decimals)
  const shown = Math.ceil(microDollars / unit) * unit
  return `$${(shown / 1_000_000).toFixed(decimals)}`
}

/** A price or a budget as a person types it, such as "0.10", in millionths of a dollar; undefined where it is none. */
export function microDollarsFrom(typed: string): number | undefined {
  const [, whole, decimals = ""] = /^\s*\$?\s*(\d{1,9})(?:[.,](\d{1,6}))?\s*$/.exec(typed) ?? []
  return whole === undefined ? undefined : Number(whole) * 1_000_000 + Number(decimals.padEnd(6, "0"))
}
