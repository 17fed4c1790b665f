/** About a hundred dollars in each currency, as a round number; exchange rates drift, the order of magnitude stays. */
const amounts: Record<string, number> = {
  JPY: 15_000,
  KRW: 150_000,
  INR: 8_000,
  TRY: 4_000,
  BRL: 500,
  ZAR: 2_000,
  MXN: 2_000,
  UAH: 4_000,
  PLN: 400,
  CZK: 2_000,
  HUF: 35_000,
  IDR: 1_600_000,
  BTC: 0.001,
  XBT: 0.001,
  ETH: 0.03,
  BNB: 0.1,
  SOL: 0.6,
  XRP: 40,
  TRX: 300,
  DOGE: 500,
  DOT: 25,
}

/** The default starting cash: $100, or about as much in the currency of the market. */
export function usualCash(quote: string | undefined): number {
  return (quote !== undefined && Object.hasOwn(amounts, quote) ? amounts[quote] : undefined) ?? 100
}
