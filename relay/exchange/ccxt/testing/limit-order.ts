import type { WantedOrder } from "../../exchange.ts"

/** A limit order for a hundredth of a bitcoin, far below the market. */
export function limitOrder(clientOrderId: string, price = "55000"): WantedOrder & { kind: "limit" } {
  return { clientOrderId, market: "BTC/USDT", side: "buy", quantity: "0.01", kind: "limit", price }
}
