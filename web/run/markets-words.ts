const MOST_NAMED = 3

/** "BTC/USDT", "BTC/USDT and ETH/USDT", "BTC/USDT, ETH/USDT, SOL/USDT and 2 more". */
export function marketsWords(names: readonly string[]): string {
  if (names.length === 1) return names[0]
  const named = names.slice(0, names.length > MOST_NAMED ? MOST_NAMED : names.length - 1)
  const rest = names.length > MOST_NAMED ? `${names.length - MOST_NAMED} more` : names[names.length - 1]
  return `${named.join(", ")} and ${rest}`
}
