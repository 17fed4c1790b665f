import type { MarketTerms, OrderKind } from "../exchange.ts"
import { text, type Text } from "./number-text.ts"

type Filter = Record<string, Text> & { filterType: string }
type Symbol = { orderTypes?: string[]; filters?: Filter[] } & Partial<
  Record<"ocoAllowed" | "otoAllowed" | "opoAllowed" | "cancelReplaceAllowed", boolean>
>

/** Binance's order types and what they are to us. */
const kindsOf: Record<string, OrderKind["kind"][]> = {
  MARKET: ["market"],
  LIMIT: ["limit", "fill-or-kill"],
  LIMIT_MAKER: ["limit-maker"],
  STOP_LOSS: ["stop"],
  STOP_LOSS_LIMIT: ["stop-limit"],
}

/**
 * A market's terms from its row of exchangeInfo.
 * Source: https://developers.binance.com/docs/binance-spot-api-docs/filters
 */
export function termsOfBinance(info: unknown): MarketTerms {
  const { orderTypes = [], filters = [], ...symbol } = info as Symbol
  const filter = (type: string) => filters.find(({ filterType }) => filterType === type)
  const market = filter("MARKET_LOT_SIZE")
  return {
    can: {
      orderKinds: orderTypes.flatMap((type) => kindsOf[type] ?? []),
      protect: symbol.otoAllowed ? (symbol.opoAllowed ? "received" : "fixed") : undefined,
      pair: symbol.ocoAllowed === true,
      replace: symbol.cancelReplaceAllowed === true,
      amend: false,
    },
    marketOrders: { quantityStep: limitOf(market?.stepSize), maxQuantity: limitOf(market?.maxQty) },
    priceBand: bandOf(filter("PERCENT_PRICE_BY_SIDE")),
    maxOpenOrders: countOf(filter("MAX_NUM_ORDERS")?.maxNumOrders),
    maxWaitingStops: countOf(filter("MAX_NUM_ALGO_ORDERS")?.maxNumAlgoOrders),
  }
}

/** Terms of exchanges that describe only the grid of their markets: exits attached to an entry sell what it received. */
export function termsOfOthers(
  orderKinds: OrderKind["kind"][],
  { stops: maxWaitingStops, amend }: { stops: number | undefined; amend: boolean },
): MarketTerms {
  return {
    can: { orderKinds, protect: "received", pair: false, replace: false, amend },
    marketOrders: { quantityStep: undefined, maxQuantity: undefined },
    priceBand: undefined,
    maxOpenOrders: undefined,
    maxWaitingStops,
  }
}

function bandOf(filter: Filter | undefined): MarketTerms["priceBand"] {
  if (!filter) return undefined
  return {
    buy: { from: text(filter.bidMultiplierDown), to: text(filter.bidMultiplierUp) },
    sell: { from: text(filter.askMultiplierDown), to: text(filter.askMultiplierUp) },
    averageMinutes: Number(filter.avgPriceMins),
  }
}

/** Binance writes 0 where there is no limit. */
function limitOf(value: Text): string | undefined {
  return Number(value ?? 0) === 0 ? undefined : text(value)
}

function countOf(value: Text): number | undefined {
  return value === undefined || value === null ? undefined : Number(value)
}
