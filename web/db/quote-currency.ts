/** The currency a market's prices are in: what stands after the slash of "BTC/USDT"; dollars where nothing does. */
export function quoteCurrency(marketName: string): string {
  return /\/([A-Z0-9]+)/.exec(marketName)?.[1] ?? "USD"
}
