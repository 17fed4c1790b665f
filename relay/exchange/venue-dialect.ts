import type { OrderName } from "./exchange.ts"
import type { VenueName } from "./ccxt-client.ts"

/** Where the exchanges differ in spite of ccxt. */
export type Dialect = {
  /** How an order is given our id: Bybit and Coinbase do not hear, or change, the unified name. */
  idParams(clientOrderId: string): Record<string, string>
  /** How an order is named by our id. */
  nameParams(name: OrderName): Record<string, string | boolean>
  /** Most candles in one answer. */
  candlesPerPage: number
  /** Entry and exits in one request (OTO, OTOCO). */
  canProtect: boolean
  /** Cancel and place in one request. */
  canReplace: boolean
  /** Fills are pushed. Where they are not, they are read after each order report. */
  pushesFills: boolean
}

export const dialects: Record<VenueName, Dialect> = {
  binance: {
    idParams: (clientOrderId) => ({ clientOrderId }),
    nameParams: ({ clientOrderId }) => named("clientOrderId", clientOrderId),
    candlesPerPage: 1000,
    canProtect: true,
    canReplace: true,
    pushesFills: true,
  },
  bybit: {
    idParams: (orderLinkId) => ({ orderLinkId }),
    nameParams: ({ clientOrderId }) => ({ acknowledged: true, ...named("orderLinkId", clientOrderId) }),
    candlesPerPage: 1000,
    canProtect: false,
    canReplace: false,
    pushesFills: true,
  },
  coinbase: {
    idParams: (client_order_id) => ({ client_order_id }),
    nameParams: ({ clientOrderId }) => named("client_order_id", clientOrderId),
    candlesPerPage: 300,
    canProtect: false,
    canReplace: false,
    pushesFills: false,
  },
}

function named(name: string, id: string | undefined): Record<string, string> {
  return id === undefined ? {} : { [name]: id }
}
