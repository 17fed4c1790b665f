import type { Exchange } from "ccxt"
import type { VenueListing } from "./venue-list.ts"
import { VenueRequest } from "./venue-request.ts"

export type CcxtClient = Exchange
type CcxtClass = new (options: object) => CcxtClient

// Each is a chunk of its own, fetched when somebody asks for that exchange.
const restClasses: Record<VenueListing["dialect"], () => Promise<{ default: unknown }>> = {
  binance: () => import("ccxt-src/binance.js"),
  bybit: () => import("ccxt-src/bybit.js"),
  coinbase: () => import("ccxt-src/coinbase.js"),
}

const TIMEOUT_MS = 20_000

/**
 * ccxt's client for public data of one exchange, its requests made by `request`. Nothing is retried in here: whoever
 * asks decides.
 */
export async function openRestClient(venue: VenueListing, request: VenueRequest): Promise<CcxtClient> {
  const { default: loaded } = await restClasses[venue.dialect]()
  return configured(new (loaded as CcxtClass)({ timeout: TIMEOUT_MS }), request)
}

/** Prepares any ccxt client for a browser: spot markets only, requests through `request`. */
export function configured<Client extends CcxtClient>(client: Client, request: VenueRequest): Client {
  Object.assign(client.options, {
    maxRetriesOnFailure: 0,
    fetchMarkets: { types: ["spot"] },
    fetchCurrencies: false,
    fetchMargins: false,
  })
  client.has.fetchCurrencies = false
  // ccxt's own would follow no relay and lose the status of a refusal in its classes.
  client.fetchImplementation = (address: string, { signal }: { signal?: AbortSignal }) =>
    request.get(pathOf(address), signal)
  return client
}

/** "https://api.binance.com/api/v3/klines?x=1" asks for "/api/v3/klines?x=1", wherever that is then fetched. */
function pathOf(address: string): string {
  const { pathname, search } = new URL(address)
  return pathname + search
}
