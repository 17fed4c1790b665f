import type { AccountFacts } from "./account-facts.ts"

// https://bybit-exchange.github.io/docs/v5/guide
// https://bybit-exchange.github.io/docs/v5/user/apikey-info
// https://bybit-exchange.github.io/docs/v5/user/modify-master-apikey
export const bybitFacts: AccountFacts = {
  key: {
    apiKey: { noun: "API key", shape: "about 18 letters and digits", hasLines: false },
    secret: {
      noun: "secret",
      shape: "about 36 letters and digits, or a private key of your own (RSA)",
      hasLines: false,
    },
  },
  where: "Bybit under Account, API",
  making: ['On Bybit, open Account, API, and create a new key made by the system ("System-generated API Keys").'],
  rights: {
    needed: ["Read-Write", "SPOT: Trade"],
    never: ["Withdrawal", "Account Transfer", "Subaccount Transfer"],
  },
  address: "allow your own IP address alone",
  copying: "Copy the API key and the secret into Candlewright. Bybit shows the secret once.",
  expiry:
    "A key that works from every address ends after 90 days; put a new one in before. Changing the account's password ends a key after 7 days.",
  testNetwork: {
    isThere: true,
    words: "Open testnet.bybit.com: its accounts and keys are apart from the real ones.",
  },
  region:
    "Not for people in the United States and mainland China: addresses from there get the answer 403, whatever the key.",
  noes: {
    "exchange-away": "403",
    "clock-differs": "10002",
    "key-not-accepted": "10003, 10004, 10005 or 10010",
    minimum: "170140 or 170136",
  },
  can: {
    orderKinds: ["market", "limit", "fill-or-kill", "limit-maker", "stop", "stop-limit"],
    protect: "received",
    pair: false,
    replace: false,
    amend: true,
    knowsOurIds: true,
    onlyAcknowledges: true,
    pushesFills: true,
    windowS: 5,
    feeOfBuy: "the coin that is bought",
  },
  traps: [
    "The fee of a buy is taken out of the coin you bought: a little less can be sold than was bought.",
    "Only what lies in the Unified Trading account is seen and traded. Coins in the Funding account do not count until you move them yourself, at Bybit.",
    "Each market has a smallest order. It is asked for before anything is sent; a bot with less money buys nothing and says so.",
    "A buy that rests at its limit and fills in part has no stop for that part at first: the stop that was sent with it starts only when all has filled. After 2 seconds the relay takes the rest back and places a stop, while it runs.",
    "At most 30 stops may wait on one market, those of your own included.",
  ],
}
