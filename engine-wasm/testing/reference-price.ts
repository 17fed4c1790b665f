import type { Market, Position, Run } from "./reference-book.ts"
import { formulaOf, valueOf } from "./reference-formula.ts"

/** Rule 11: a price formula at the candle that decided; of the position it uses the entry price. */
export function priceFormula(
  run: Run,
  market: Market,
  { decidedAt, entryPrice }: Pick<Position, "decidedAt" | "entryPrice">,
  text: string,
): number {
  const position = { entryPrice, profitPercent: 0, candles: 0 }
  return valueOf(formulaOf(text), { candles: market.strategy, at: decidedAt, names: run.names, position })
}
