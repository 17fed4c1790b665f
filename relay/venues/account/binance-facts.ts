import type { AccountFacts } from "./account-facts.ts"

// https://www.binance.com/en/support/faq/detail/360002502072
// https://developers.binance.com/docs/binance-spot-api-docs/rest-api/request-security
export const binanceFacts: AccountFacts = {
  key: {
    apiKey: { noun: "API key", shape: "64 letters and digits", hasLines: false },
    secret: {
      noun: "secret",
      shape: "64 letters and digits, or a private key of your own (RSA, Ed25519)",
      hasLines: false,
    },
  },
  where: "Binance under Account, API Management, Edit restrictions",
  making: ["On Binance, open Account, API Management, and create an API key made by the system."],
  rights: {
    needed: ["Enable Reading", "Enable Spot & Margin Trading"],
    never: ["Enable Withdrawals", "Enable Internal Transfer", "Permits Universal Transfer"],
  },
  address: 'choose "Restrict access to trusted IPs only" and enter your own address',
  copying: "Copy the API key and the secret into Candlewright. Binance shows the secret once.",
  expiry:
    "A key that works from every address may lose its right to trade by itself; Binance shows until when beside the right. One that is bound to an address keeps it.",
  testNetwork: {
    isThere: true,
    words:
      "Open testnet.binance.vision, sign in with GitHub and generate an HMAC-SHA-256 key. It empties its accounts about once a month, and does not say what a key may do.",
  },
  region:
    "Not for people in the United States: Binance.US is another exchange, which Candlewright does not speak to. Addresses it does not serve get the answer 451.",
  noes: { "exchange-away": "451", "clock-differs": "−1021", "key-not-accepted": "−2015", minimum: "−1013" },
  can: {
    orderKinds: ["market", "limit", "fill-or-kill", "limit-maker", "stop", "stop-limit"],
    protect: "received",
    pair: true,
    replace: true,
    amend: false,
    knowsOurIds: true,
    onlyAcknowledges: false,
    pushesFills: true,
    windowS: 5,
    feeOfBuy: "the coin that is bought",
  },
  traps: [
    "The fee of a buy is taken out of the coin you bought, unless you pay fees in BNB: a little less can be sold than was bought.",
    "While fees are paid in BNB, a bot that trades BNB finds less of it than it bought.",
    "Each market has a smallest order. It is asked for before anything is sent; a bot with less money buys nothing and says so.",
    "What one request can do depends on the market: where a market does not take a buy and its stop together, the stop follows the buy.",
  ],
}
