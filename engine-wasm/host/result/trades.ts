import { exitReasons, type Trade, type TradeColumns } from "./backtest-result.ts"
import { profitPercentOf } from "./trade-totals.ts"

/** Trades as objects, in the order they were closed. */
export function tradesOf(columns: TradeColumns, markets: readonly string[], tags: readonly string[]): Trade[] {
  return Array.from({ length: columns.count }, (_, n) => tradeAt(columns, n, markets, tags))
}

function tradeAt(columns: TradeColumns, n: number, markets: readonly string[], tags: readonly string[]): Trade {
  return {
    market: markets[columns.market[n]],
    side: columns.side[n] > 0 ? "long" : "short",
    quantity: columns.quantity[n],
    entryTimeMs: columns.entryTimeMs[n],
    entryPrice: columns.entryPrice[n],
    exitTimeMs: columns.exitTimeMs[n],
    exitPrice: columns.exitPrice[n],
    exitReason: exitReasons[columns.exitReason[n]],
    profit: columns.profit[n],
    profitPercent: profitPercentOf(columns, n),
    feesPaid: columns.feesPaid[n],
    entryTag: tags[columns.entryTag[n]] ?? "",
  }
}
