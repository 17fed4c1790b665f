import type { Permissions } from "../account/account.ts"
import {
  listAccounts,
  listOldAccounts,
  listPortfolios,
  readAccount,
  readFees,
  readPermissions,
} from "./account-routes.ts"
import type { CoinbaseCall } from "./coinbase-call.ts"
import { listCoins, listCurrencies, readExchangeRates } from "./currency-routes.ts"
import {
  listProducts,
  readBestPrices,
  readBook,
  readCandles,
  readOldTime,
  readProduct,
  readTicker,
  readTime,
} from "./market-routes.ts"
import { listFills, listOrders } from "./order-lists.ts"
import { editOrder } from "./edit-route.ts"
import { cancelOrders, createOrder, readOrder } from "./order-routes.ts"
import { previewOrder } from "./preview-route.ts"

/** One request Coinbase's protocol has. */
export type Route = {
  method: "GET" | "POST"
  /** Below `BASE`, unless it begins with a slash; `{id}` stands for anything. */
  path: string
  /** Its name for faults and in the event log: the one Binance's WebSocket API has for the same thing. */
  operation: string
  /** What its key must be allowed; undefined where no key is needed. */
  needs?: keyof Permissions
  answer(call: CoinbaseCall): unknown
}

export const BASE = "/api/v3/brokerage/"

const reading = { method: "GET", needs: "reading" } as const
const trading = { method: "POST", needs: "trading" } as const
const open = { method: "GET" } as const

export const routes: readonly Route[] = [
  { ...open, path: "/v2/time", operation: "time", answer: readOldTime },
  { ...open, path: "/v2/currencies", operation: "-currencies", answer: listCurrencies },
  { ...open, path: "/v2/currencies/crypto", operation: "-currencies", answer: listCoins },
  { ...open, path: "/v2/exchange-rates", operation: "-currencies", answer: readExchangeRates },
  { ...reading, path: "/v2/accounts", operation: "account.status", answer: listOldAccounts },
  { ...open, path: "time", operation: "time", answer: readTime },
  { ...open, path: "market/products", operation: "exchangeInfo", answer: listProducts },
  { ...open, path: "market/products/{id}", operation: "exchangeInfo", answer: readProduct },
  { ...open, path: "market/products/{id}/candles", operation: "klines", answer: readCandles },
  { ...open, path: "market/products/{id}/ticker", operation: "trades.recent", answer: readTicker },
  { ...open, path: "market/product_book", operation: "depth", answer: readBook },
  { ...reading, path: "products", operation: "exchangeInfo", answer: listProducts },
  { ...reading, path: "products/{id}", operation: "exchangeInfo", answer: readProduct },
  { ...reading, path: "products/{id}/candles", operation: "klines", answer: readCandles },
  { ...reading, path: "products/{id}/ticker", operation: "trades.recent", answer: readTicker },
  { ...reading, path: "product_book", operation: "depth", answer: readBook },
  { ...reading, path: "best_bid_ask", operation: "ticker.book", answer: readBestPrices },
  { ...reading, path: "accounts", operation: "account.status", answer: listAccounts },
  { ...reading, path: "accounts/{id}", operation: "account.status", answer: readAccount },
  { ...reading, path: "transaction_summary", operation: "account.commission", answer: readFees },
  { ...reading, path: "key_permissions", operation: "-keyPermissions", answer: readPermissions },
  { ...reading, path: "portfolios", operation: "-portfolios", answer: listPortfolios },
  { ...trading, path: "orders", operation: "order.place", answer: createOrder },
  { ...trading, path: "orders/batch_cancel", operation: "order.cancel", answer: cancelOrders },
  { ...trading, path: "orders/edit", operation: "order.amend", answer: editOrder },
  { ...trading, path: "orders/preview", operation: "order.test", answer: previewOrder },
  { ...reading, path: "orders/historical/batch", operation: "allOrders", answer: listOrders },
  { ...reading, path: "orders/historical/fills", operation: "myTrades", answer: listFills },
  { ...reading, path: "orders/historical/{id}", operation: "order.status", answer: readOrder },
]

const patterns = routes.map((route) => {
  const path = route.path.startsWith("/") ? route.path : BASE + route.path
  return { route, pattern: new RegExp(`^${path.replace("{id}", "([^/]+)")}$`) }
})

/** The route of a request, and what stands in the place of `{id}`. */
export function routeOf(method: string, path: string): { route: Route; id: string } | undefined {
  for (const { route, pattern } of patterns) {
    const match = route.method === method ? pattern.exec(path) : null
    if (match) return { route, id: match[1] ?? "" }
  }
  return undefined
}
