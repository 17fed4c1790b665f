const quotes = ["FDUSD", "USDT", "USDC", "BUSD", "USD", "EUR", "GBP", "JPY", "TRY", "BRL", "DAI", "BTC", "ETH", "BNB"]
const endings = /(\.(csv|txt|tsv|json|feather|gz|zip))+$/i

/**
 * Guesses a file's market from its name: "binance-BTCUSDT-1h.csv.gz" is "BTC/USDT". A name without a market stays as
 * it is.
 */
export function marketNameFromFile(fileName: string): string {
  const bare = fileName.replace(endings, "")
  const words = bare.split(/[^a-z0-9]+/i).map((word) => word.toUpperCase())
  return joinedPair(words) ?? separatePair(words) ?? (bare.slice(0, 40) || "Unnamed")
}

/** The timeframe in a file's name, such as "1m" in "BTCUSDT-1m-2024-01.zip"; undefined when there is none. */
export function timeframeFromFile(fileName: string): string | undefined {
  const found = /[-_. ](1mo|1m|3m|5m|15m|30m|1h|2h|4h|6h|8h|12h|1d|1w)[-_. ]/i.exec(fileName)?.[1]
  return found === "1M" || found?.toLowerCase() === "1mo" ? "1M" : found?.toLowerCase()
}

/**
 * Files whose names say that they are parts of one market, such as an exchange's monthly ones: two and more together,
 * in order of their names.
 */
export function partsOfOneMarket<Named extends { name: string }>(files: Named[]): Named[][] {
  const byMarket = new Map<string, Named[]>()
  for (const file of files) {
    const market = seriesName(file.name)
    if (market !== undefined) byMarket.set(market, [...(byMarket.get(market) ?? []), file])
  }
  return [...byMarket.values()]
    .filter((parts) => parts.length > 1)
    .map((parts) => parts.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
}

/** A name without its date and its number: equal for the parts of one series. */
function seriesName(fileName: string): string | undefined {
  const bare = fileName.replace(endings, "")
  const dateless = bare.replace(/(19|20)\d\d([-_]?\d\d){0,2}/g, "#").replace(/\(\d+\)$/, "")
  return dateless === bare || timeframeFromFile(fileName) === undefined ? undefined : dateless
}

/** "BTCUSDT" */
function joinedPair(words: string[]): string | undefined {
  for (const word of words) {
    const quote = quotes.find((each) => word.endsWith(each) && word.length > each.length + 1)
    if (quote) return `${word.slice(0, -quote.length)}/${quote}`
  }
  return undefined
}

/** "BTC", "USD": the last of neighbours that reads so, since "coinbase-BTC-USD" has two. */
function separatePair(words: string[]): string | undefined {
  const at = words.findLastIndex((word, index) => index > 0 && quotes.includes(word))
  return at < 0 ? undefined : `${words[at - 1]}/${words[at]}`
}
