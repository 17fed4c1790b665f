import { sha256Hex } from "../candles/sha256.ts"
import type { BacktestResult } from "./backtest-result.ts"

/** sha256, in hex, of a result's trades (as JSON) and of its equity column's bytes. */
export function resultHashOf({ trades, equity }: Pick<BacktestResult, "trades" | "equity">): Promise<string> {
  const tradeBytes = new TextEncoder().encode(JSON.stringify(trades))
  const column = new Uint8Array(equity.equity.buffer, equity.equity.byteOffset, equity.equity.byteLength)
  const all = new Uint8Array(tradeBytes.length + column.length)
  all.set(tradeBytes)
  all.set(column, tradeBytes.length)
  return sha256Hex(all)
}
