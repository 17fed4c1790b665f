import type { Market } from "../market/market.ts"
import { changeOf, tickerOf } from "../market/ticker.ts"
import type { Venue } from "../venue.ts"
import { amountText } from "./amount.ts"

/** A market as a product: what may be ordered there, and how it has traded. */
export function productAnswer(venue: Venue, market: Market) {
  const { rules, lastPrice } = market
  const ticker = tickerOf(venue, market)
  const isOpen = rules.status === "TRADING"
  return {
    product_id: rules.symbol,
    price: amountText(lastPrice),
    price_percentage_change_24h: changeOf(ticker).percent,
    volume_24h: amountText(ticker.volume),
    volume_percentage_change_24h: "0",
    base_increment: amountText(rules.stepSize),
    quote_increment: amountText(rules.tickSize),
    quote_min_size: amountText(rules.minNotional),
    quote_max_size: amountText(rules.maxNotional),
    base_min_size: amountText(rules.minQuantity),
    base_max_size: amountText(rules.maxQuantity),
    base_name: rules.base,
    quote_name: rules.quote,
    watched: false,
    is_disabled: false,
    new: false,
    status: isOpen ? "online" : "offline",
    cancel_only: rules.status === "CANCEL_ONLY",
    limit_only: false,
    post_only: false,
    trading_disabled: !isOpen,
    auction_mode: false,
    product_type: "SPOT",
    quote_currency_id: rules.quote,
    base_currency_id: rules.base,
    fcm_trading_session_details: null,
    mid_market_price: "",
    alias: "",
    alias_to: [],
    base_display_symbol: rules.base,
    quote_display_symbol: rules.quote,
    view_only: false,
    price_increment: amountText(rules.tickSize),
    display_name: rules.symbol,
    product_venue: "CBE",
    approximate_quote_24h_volume: amountText(ticker.quoteVolume),
    future_product_details: null,
  }
}
