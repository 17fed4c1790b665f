import { type Decimal, formatDecimal } from "../decimal.ts"

/** An amount as Coinbase writes it: without zeros at its end. */
export function amountText(amount: Decimal): string {
  return formatDecimal(amount).replace(/\.?0+$/, "")
}
