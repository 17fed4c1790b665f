/** What a market trades, and the currency of its prices: BTC and USDT. Absent if unknown. */
export type CurrencyPair = { base?: string; quote?: string }

/**
 * The pair of a new market: from its exchange, or from its file's name. Kept with the market from then on, so that
 * another title changes no currency.
 */
export function pairOf({ symbol, name }: { symbol?: string; name: string }): CurrencyPair {
  return pairIn(symbol ?? "") ?? pairIn(name) ?? {}
}

/** The pair of a market kept before pairs existed: its id comes from its first name, and never changes. */
export function pairOfOld({ symbol, id }: { symbol?: string; id: string }): CurrencyPair {
  const [base, quote, timeframe] = id.toUpperCase().split("-")
  const isPair = timeframe !== undefined && oldQuotes.includes(quote)
  return pairIn(symbol ?? "") ?? (isPair ? { base, quote } : {})
}

/** "usdt " as "USDT"; undefined when it is not a code. */
export function currencyCode(text: string): string | undefined {
  return /^\s*([A-Za-z0-9]{2,10})\s*$/.exec(text)?.[1].toUpperCase()
}

const oldQuotes = [
  "FDUSD",
  "USDT",
  "USDC",
  "BUSD",
  "USD",
  "EUR",
  "GBP",
  "JPY",
  "TRY",
  "BRL",
  "DAI",
  "BTC",
  "ETH",
  "BNB",
]

function pairIn(text: string): CurrencyPair | undefined {
  const found = /^\s*([A-Za-z0-9]+)\/([A-Za-z0-9]+)/.exec(text)
  return found ? { base: found[1].toUpperCase(), quote: found[2].toUpperCase() } : undefined
}
