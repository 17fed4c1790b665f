import type { TradeColumns } from "./backtest-result.ts"

/** The least that any order of these trades was worth, in quote currency; null without trades. */
export function smallestOrder(trades: TradeColumns): number | null {
  let least = Infinity
  for (let i = 0; i < trades.count; i++)
    least = Math.min(least, trades.quantity[i] * Math.min(trades.entryPrice[i], trades.exitPrice[i]))
  return Number.isFinite(least) ? least : null
}

/** An exchange's minimum is for a moment at which the price is another: a little above it is safe. */
const RESERVE = 1.05

/**
 * With how much cash every order of a run would have been worth an exchange's minimum; null without trades. True for
 * strategies whose orders grow with the account.
 */
export function smallestCash(
  { trades, cash }: { trades: TradeColumns; cash: number },
  minOrder: number,
): number | null {
  const least = smallestOrder(trades)
  return least === null ? null : (cash * minOrder * RESERVE) / least
}
