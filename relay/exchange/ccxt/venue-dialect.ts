import type { RealVenueId } from "#venues"
import type { OrderName } from "../exchange.ts"

/** Where the accounts and orders of exchanges differ in spite of ccxt; their public side is in #venues. */
export type Dialect = {
  /** How an order is given our id: Bybit and Coinbase do not hear, or change, the unified name. */
  idParams(clientOrderId: string): Record<string, string>
  /** How an order is named by our id. */
  nameParams(name: OrderName): Record<string, string | boolean>
  /**
   * Whether an order can be asked for, and cancelled, by our id. Where it cannot, it is looked for among the newest
   * orders.
   */
  knowsOurIds: boolean
  /**
   * What the exchange calls orders that can still trade, when each has to be asked for by name; ccxt asks for the
   * first alone.
   */
  openStatuses: readonly string[] | undefined
  /** Entry and exits in one request (OTO, OTOCO). */
  canProtect: boolean
  /** Cancel and place in one request. */
  canReplace: boolean
  /** Fills are pushed. Where they are not, they are read after each order report. */
  pushesFills: boolean
}

export const dialects: Record<RealVenueId, Dialect> = {
  binance: {
    idParams: (clientOrderId) => ({ clientOrderId }),
    nameParams: ({ clientOrderId }) => named("clientOrderId", clientOrderId),
    knowsOurIds: true,
    openStatuses: undefined,
    canProtect: true,
    canReplace: true,
    pushesFills: true,
  },
  bybit: {
    idParams: (orderLinkId) => ({ orderLinkId }),
    nameParams: ({ clientOrderId }) => ({ acknowledged: true, ...named("orderLinkId", clientOrderId) }),
    knowsOurIds: true,
    openStatuses: undefined,
    canProtect: false,
    canReplace: false,
    pushesFills: true,
  },
  coinbase: {
    idParams: (client_order_id) => ({ client_order_id }),
    nameParams: () => ({}),
    knowsOurIds: false,
    openStatuses: ["OPEN", "PENDING", "QUEUED", "CANCEL_QUEUED"],
    canProtect: false,
    canReplace: false,
    pushesFills: false,
  },
}

function named(name: string, id: string | undefined): Record<string, string> {
  return id === undefined ? {} : { [name]: id }
}
