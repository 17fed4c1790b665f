const quotes = ["FDUSD", "USDT", "USDC", "BUSD", "USD", "EUR", "GBP", "JPY", "TRY", "BRL", "DAI", "BTC", "ETH", "BNB"]

/** Guesses from a file's name which market it holds: "binance-BTCUSDT-1h.csv.gz" is "BTC/USDT". A name that says nothing stands for itself. */
export function marketNameFromFile(fileName: string): string {
  const bare = fileName.replace(/(\.(csv|txt|tsv|json|feather|gz|zip))+$/i, "")
  const words = bare.split(/[^a-z0-9]+/i).map((word) => word.toUpperCase())
  return joinedPair(words) ?? separatePair(words) ?? (bare.slice(0, 40) || "Unnamed")
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
