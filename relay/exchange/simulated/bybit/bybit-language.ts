import { usualFees } from "../account/account.ts"
import { createHmacKey } from "../account/api-key.ts"
import type { Language } from "../language.ts"
import { defaultSymbols } from "../market/symbol-rules.ts"
import type { Speech } from "../protocol/speech.ts"
import { bybitLimits } from "./bybit-limits.ts"
import { bybitProgram } from "./bybit-program.ts"
import { BybitPrivateLine } from "./bybit-private-line.ts"
import { BybitPublicLine } from "./bybit-public-line.ts"
import { bybitSpeech } from "./bybit-speech.ts"

/** Open orders and stops of one market: Bybit counts them itself, by kind and over all markets. */
const MOST_ORDERS = 1_000
/** How many letters its keys and secrets have. */
const LETTERS = { key: 18, secret: 36 }

/** Bybit's v5 protocol, category spot. */
export const bybit: Language = {
  speech: bybitSpeech as unknown as Speech,
  limits: bybitLimits,
  rules: { maxOrders: MOST_ORDERS, maxAlgoOrders: MOST_ORDERS, maxOrderLists: MOST_ORDERS },
  lines(exchange) {
    const [markets, users] = [new BybitPublicLine(exchange), new BybitPrivateLine(exchange)]
    return { all: [markets, users], markets, users }
  },
  addresses: (host) => ({
    rest: `http://${host}`,
    publicStream: `ws://${host}/v5/public/spot`,
    privateStream: `ws://${host}/v5/private`,
  }),
  program: bybitProgram,
  createKey(seed, accountId) {
    const key = createHmacKey(seed, accountId, LETTERS)
    return { key, secret: key.secret }
  },
  symbolOf: (base, quote) => base + quote,
  symbols: defaultSymbols,
  balances: { USDT: "100000", BTC: "1", ETH: "10", BNB: "10" },
  fees: usualFees,
}
