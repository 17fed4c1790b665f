import type { RealVenueId } from "#venues"

/** What an exchange's page for keys calls things. */
export type KeyWords = {
  where: string
  /** The rights by which money leaves. */
  money: string
  trade: string
  /** How a key is bound to an internet address, as a thing to do. */
  address: string
}

// Binance: https://www.binance.com/en/support/faq/detail/360002502072
// Bybit: https://bybit-exchange.github.io/docs/v5/user/apikey-info
// Coinbase: https://docs.cdp.coinbase.com/coinbase-app/authentication-authorization/api-key-authentication
export const wordsFor: Record<RealVenueId, KeyWords> = {
  binance: {
    where: "Binance under Account, API Management, Edit restrictions",
    money: '"Enable Withdrawals", "Enable Internal Transfer" and "Permits Universal Transfer"',
    trade: '"Enable Reading" and "Enable Spot & Margin Trading"',
    address: 'choose "Restrict access to trusted IPs only" and enter yours',
  },
  bybit: {
    where: "Bybit under Account, API",
    money: '"Withdrawal", "Account Transfer" and "Subaccount Transfer"',
    trade: '"Read-Write" and "SPOT: Trade"',
    address: "allow your own IP address alone",
  },
  coinbase: {
    where: "portal.cdp.coinbase.com under API keys",
    money: '"Transfer"',
    trade: '"View" and "Trade"',
    address: "add your own IP address to the allowlist",
  },
}
