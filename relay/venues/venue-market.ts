import type { Exchange, Market, Tickers } from "ccxt"
import type { Venue } from "./venue.ts"

/** A market as traders write it ("BTC/USDT") and as the exchange does ("BTCUSDT"). */
export type MarketName = { symbol: string; id: string }

/** A market of an exchange from its list. */
export type VenueMarket = MarketName & {
  base: string
  quote: string
  /** Whether it trades now. Candles of a closed market may still be available. */
  active: boolean
  /** Traded volume of the last 24 hours, in quote currency; undefined where the exchange does not say. */
  quoteVolume?: number
}

/** The market of a list that somebody writes as BTC/USDT, BTC-USDT, BTCUSDT or as the exchange does. */
export function marketNamed(markets: readonly VenueMarket[], written: string): VenueMarket | undefined {
  const name = joined(written)
  return markets.find(({ symbol }) => symbol === written) ?? markets.find(({ base, quote }) => name === base + quote)
}

function joined(written: string): string {
  return written.trim().toUpperCase().replace(/[-/]/, "")
}

/** All spot markets, the busiest first. Throws what the client throws; only the volume is optional. */
export async function listMarkets(venue: Venue, client: Exchange, withVolumes: boolean): Promise<VenueMarket[]> {
  const markets = await (venue.dialect === "coinbase" ? coinbaseMarkets(client) : marketsOf(client, withVolumes))
  return markets.toSorted(
    (a, b) =>
      Number(b.active) - Number(a.active) ||
      (b.quoteVolume ?? 0) - (a.quoteVolume ?? 0) ||
      (a.symbol < b.symbol ? -1 : 1),
  )
}

/**
 * Gives a client one market, so that it need not fetch the whole list (at Binance several megabytes) before the first
 * candle.
 */
export function introduceMarket(client: Exchange, { symbol, id }: MarketName): void {
  if (client.markets?.[symbol]) return
  const [base, quote] = symbol.split("/")
  const market = client.safeMarketStructure({
    id,
    symbol,
    base,
    quote,
    baseId: base,
    quoteId: quote,
    type: "spot",
    spot: true,
    active: true,
    contract: false,
  })
  client.setMarkets([...Object.values(client.markets ?? {}), market])
}

async function marketsOf(client: Exchange, withVolumes: boolean): Promise<VenueMarket[]> {
  const markets = (await client.fetchMarkets()).filter((market): market is NonNullable<Market> =>
    Boolean(market?.spot && market.symbol),
  )
  client.setMarkets(markets)
  const tickers = withVolumes ? await tickersOf(client) : {}
  return markets.map(({ symbol, id, base, quote, active }) => ({
    symbol,
    id: id!,
    base,
    quote,
    active: active !== false,
    quoteVolume: tickers[symbol]?.quoteVolume,
  }))
}

async function tickersOf(client: Exchange): Promise<Tickers> {
  try {
    return await client.fetchTickers(undefined, { type: "spot" })
  } catch {
    return {} // a list without volumes is still a list
  }
}

/** One request returns markets and volumes; ccxt's own way asks for currencies and futures besides. */
async function coinbaseMarkets(client: Exchange): Promise<VenueMarket[]> {
  const ask = client as unknown as {
    v3PublicGetBrokerageMarketProducts(params: object): Promise<{ products?: CoinbaseProduct[] }>
  }
  const { products = [] } = await ask.v3PublicGetBrokerageMarketProducts({ product_type: "SPOT" })
  return products.map((product) => ({
    symbol: `${product.base_currency_id}/${product.quote_currency_id}`,
    id: product.product_id,
    base: product.base_currency_id,
    quote: product.quote_currency_id,
    active: !product.is_disabled && !product.trading_disabled,
    quoteVolume: client.safeNumber(product, "approximate_quote_24h_volume"),
  }))
}

type CoinbaseProduct = {
  product_id: string
  base_currency_id: string
  quote_currency_id: string
  is_disabled: boolean
  trading_disabled: boolean
  approximate_quote_24h_volume?: string
}
