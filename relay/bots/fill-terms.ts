import type { LiveFill } from "#engine/run"
import type { Market } from "../exchange/exchange.ts"
import type { OwnFill } from "../ledger/step.ts"

/**
 * A fill of the exchange as the engine books it: a fee in the coin bought makes the position smaller, one in quote is
 * paid, one in another coin (BNB) counts at its price, or not at all where nobody knows it.
 */
export function liveFill(
  fill: OwnFill,
  intent: number,
  { base, quote }: Pick<Market, "base" | "quote">,
  priceOf: (asset: string) => number | undefined,
): LiveFill {
  const { side, feeAsset, timeMs } = fill
  const fee = Number(fill.fee)
  const inQuote = feeAsset === quote ? 1 : feeAsset === base ? 0 : (priceOf(feeAsset) ?? 0)
  return {
    ...(intent === 0 ? {} : { intent }),
    side,
    quantity: Number(fill.quantity),
    price: Number(fill.price),
    fee: fee * inQuote,
    coinFee: feeAsset === base ? fee : 0,
    timeMs,
  }
}
