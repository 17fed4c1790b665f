import { NEARLY_NOTHING, type Direction } from "./reference-book.ts"

/** The parts of closing: `quantity` of a position with this cost and this margin. */
type Closing = {
  direction: Direction
  quantity: number
  cost: number
  /** Quote currency a short may lose; funding received or paid counts. */
  margin: number
  price: number
  feeRate: number
}

/** Rule 27: whether buying back would take all of the margin or more, the fee included; a billionth is rounding. */
export function isBankrupt({ direction, quantity, cost, margin, price, feeRate }: Closing): boolean {
  return direction < 0 && quantity * price * (1 + feeRate) >= (cost + margin) * (1 - NEARLY_NOTHING)
}

/** Rule 27: a short that would lose more than its margin loses just that, and pays no fee for it. */
export function withinMargin(closing: Closing): { price: number; fee: number; isLiquidated: boolean } {
  const { quantity, cost, margin, price, feeRate } = closing
  return isBankrupt(closing)
    ? { price: (cost + margin) / quantity, fee: 0, isLiquidated: true }
    : { price, fee: quantity * price * feeRate, isLiquidated: false }
}
