import type { AccountFacts } from "./account-facts.ts"

// https://docs.cdp.coinbase.com/coinbase-app/authentication-authorization/api-key-authentication
// https://docs.cdp.coinbase.com/coinbase-app/advanced-trade-apis/sandbox
// https://docs.cdp.coinbase.com/api-reference/advanced-trade-api/rest-api/orders/create-order (stop_trigger_price)
export const coinbaseFacts: AccountFacts = {
  key: {
    apiKey: { noun: "key name", shape: "a name of this form: organizations/…/apiKeys/…", hasLines: false },
    secret: {
      noun: "private key",
      shape: "several lines, the first of them -----BEGIN EC PRIVATE KEY-----",
      hasLines: true,
    },
  },
  where: "portal.cdp.coinbase.com under API keys",
  making: [
    "Open portal.cdp.coinbase.com, API keys, Secret API Keys, and create a key.",
    'Under "Advanced Settings", choose the ECDSA signature algorithm: with an Ed25519 key a bot could not hear of its orders.',
    "Choose one portfolio: the key trades what is in that one alone.",
  ],
  rights: { needed: ["View", "Trade"], never: ["Transfer"] },
  address: "add your own IP address to the allowlist",
  copying: "Copy the key name and the private key into Candlewright, or all of the file that Coinbase gave you.",
  expiry: "Coinbase names no last day for a key.",
  testNetwork: {
    isThere: false,
    words:
      "Coinbase has no test network: its sandbox gives everybody the same prepared answers. Practise at the practice exchange instead.",
  },
  region: "Of the three, the one that people in the United States can use.",
  noes: { "key-not-accepted": "401" },
  can: {
    orderKinds: ["market", "limit", "fill-or-kill", "limit-maker", "stop-limit"],
    protect: "received",
    pair: false,
    replace: false,
    amend: false,
    knowsOurIds: false,
    onlyAcknowledges: true,
    pushesFills: false,
    windowS: 15,
    feeOfBuy: "the money that is paid",
  },
  traps: [
    "No stop here sells at any price. A stop sells down to 5 % below its own price. If the price falls past that, the relay sells at the market while it runs; while it does not run, the coins stay unsold until the price comes back.",
    "A buy that rests at its limit and fills in part has no stop for that part at first: the stop that was sent with it starts only when all has filled. After 2 seconds the relay takes the rest back and places a stop, while it runs.",
    "Coinbase takes a stop with a buy only beside a target. Where your strategy has none, its page shows one at three times the price of the buy.",
    "Fees are taken from the money, never from the coin: all that was bought can be sold.",
    "A new account pays the highest fees of the three exchanges; test a strategy with them before you trade.",
    "Coinbase does not say whether a key is bound to an address, so the account always says that it may not be.",
    "Each market has a smallest order. It is asked for before anything is sent; a bot with less money buys nothing and says so.",
  ],
}
