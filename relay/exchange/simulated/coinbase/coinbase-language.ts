import type { Language } from "../language.ts"
import type { Speech } from "../protocol/speech.ts"
import { createCoinbaseKey } from "./coinbase-key.ts"
import { CoinbaseLine } from "./coinbase-line.ts"
import { coinbaseSnippet } from "./coinbase-snippet.ts"
import { coinbaseSpeech } from "./coinbase-speech.ts"
import { coinbaseFees, coinbaseMarkets, productIdOf } from "./markets.ts"

/** Coinbase Advanced Trade. */
export const coinbase: Language = {
  speech: coinbaseSpeech as unknown as Speech,
  lines(exchange) {
    const line = new CoinbaseLine(exchange)
    const users = {
      path: line.userPath,
      hears: line.hears.bind(line),
      terminate: line.terminate.bind(line),
    }
    return { all: [line], markets: { path: line.marketPath }, users }
  },
  addresses: (host) => ({ rest: `http://${host}`, stream: `ws://${host}` }),
  program: coinbaseSnippet,
  createKey: createCoinbaseKey,
  symbolOf: productIdOf,
  symbols: coinbaseMarkets,
  balances: { USD: "100000", BTC: "1", ETH: "10", SOL: "100" },
  fees: coinbaseFees,
}
