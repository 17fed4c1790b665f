import { text } from "./number-text.ts"

/** Base units of an order at Coinbase, whatever its kind is called; ccxt knows no brackets. */
export function sizeIn({ order_configuration }: Record<string, unknown>): string {
  const [terms] = Object.values((order_configuration ?? {}) as Record<string, { base_size?: string }>)
  return text(terms?.base_size)
}
