import type { MarketNow } from "../exchange.ts"

type BinanceAnswer = {
  symbols: { status: string; filters?: { filterType: string; minNotional?: string; minQty?: string }[] }[]
}

/** From `GET /api/v3/exchangeInfo?symbol=`. */
export function binanceNow(answer: unknown): MarketNow {
  const { status, filters = [] } = (answer as BinanceAnswer).symbols[0]
  const filter = (...kinds: string[]) => filters.find(({ filterType }) => kinds.includes(filterType))
  return {
    isOpen: status === "TRADING",
    minNotional: filter("NOTIONAL", "MIN_NOTIONAL")?.minNotional,
    minQuantity: filter("LOT_SIZE")?.minQty,
  }
}

type BybitAnswer = {
  result: { list: { status: string; lotSizeFilter?: { minOrderAmt?: string; minOrderQty?: string } }[] }
}

/** From `GET /v5/market/instruments-info`. */
export function bybitNow(answer: unknown): MarketNow {
  const { status, lotSizeFilter } = (answer as BybitAnswer).result.list[0]
  return {
    isOpen: status === "Trading",
    minNotional: lotSizeFilter?.minOrderAmt,
    minQuantity: lotSizeFilter?.minOrderQty,
  }
}

type CoinbaseAnswer = { trading_disabled?: boolean; quote_min_size?: string; base_min_size?: string }

/** From `GET /api/v3/brokerage/market/products/{id}`. */
export function coinbaseNow(answer: unknown): MarketNow {
  const { trading_disabled, quote_min_size, base_min_size } = answer as CoinbaseAnswer
  return { isOpen: !trading_disabled, minNotional: quote_min_size, minQuantity: base_min_size }
}
