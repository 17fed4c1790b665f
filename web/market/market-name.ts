const quotes = ["FDUSD", "USDT", "USDC", "BUSD", "USD", "EUR", "GBP", "JPY", "TRY", "BRL", "DAI", "BTC", "ETH", "BNB"]

/** Guesses from a file's name which market it holds: "binance-BTCUSDT-1h.csv.gz" is "BTC/USDT". A name that says nothing stands for itself. */
export function marketNameFromFile(fileName: string): string {
  const bare = fileName.replace(/(\.(csv|txt|tsv|gz|zip))+$/i, "")
  const separated = /([a-z0-9]{2,10})[-_/ ]([a-z]{3,5})(?![a-z])/gi
  for (const [, base, quote] of bare.matchAll(separated)) if (quotes.includes(quote.toUpperCase()) && !/^\d+$/.test(base)) return `${base}/${quote}`.toUpperCase()
  for (const word of bare.split(/[^a-z0-9]+/i)) {
    const quote = quotes.find((each) => word.toUpperCase().endsWith(each) && word.length > each.length + 1)
    if (quote) return `${word.slice(0, -quote.length)}/${quote}`.toUpperCase()
  }
  return bare.slice(0, 40) || "Unnamed"
}

/** The currency prices are in: what stands after the slash. */
export function quoteCurrency(marketName: string): string {
  return /\/([A-Z0-9]+)/.exec(marketName)?.[1] ?? "USD"
}

/** An id a person can read in the address: "btc-usdt-1h", with a number behind it when that is taken. */
export function marketId(name: string, timeframe: string, taken: Set<string>): string {
  const plain = `${name} ${timeframe}`.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")
  let id = plain
  for (let count = 2; taken.has(id) || id === "sample"; count++) id = `${plain}-${count}`
  return id
}
