import { type Fees, usualFees } from "./account/account.ts"
import { type ApiKey, createHmacKey } from "./account/api-key.ts"
import { bybit } from "./bybit/bybit-language.ts"
import { coinbase } from "./coinbase/coinbase-language.ts"
import type { Exchange } from "./exchange-state.ts"
import { defaultSymbols, type SymbolRules } from "./market/symbol-rules.ts"
import { binanceSpeech } from "./protocol/binance-speech.ts"
import type { Limits } from "./protocol/rate-limits.ts"
import type { Speech } from "./protocol/speech.ts"
import { WebSocketApi } from "./protocol/websocket-api.ts"
import { ccxtSnippet } from "./snippet.ts"
import type { Lines } from "./streams/line.ts"
import { MarketStreams } from "./streams/market-streams.ts"
import { UserStream } from "./streams/user-stream.ts"

/** Whose protocol an exchange speaks. */
export type LanguageName = "binance" | "bybit" | "coinbase"

/** A key as the exchange keeps it, and the secret that only its owner does. */
export type IssuedKey = { key: ApiKey; secret: string }

/** Everything by which one exchange's protocol differs from another's. */
export type Language = {
  speech: Speech
  /** Its limits where they are not Binance's. */
  limits?: Partial<Limits>
  /** Rules of every market where they are not Binance's. */
  rules?: Partial<SymbolRules>
  lines(exchange: Exchange): Lines
  /** The addresses that programs use, for a host with its port, by the names of the command's first line. */
  addresses(host: string): { rest: string } & Record<string, string>
  /** A program that points an unmodified ccxt at it and buys something. */
  program(at: { rest: string; apiKey: string; secret: string } & Record<string, string>): string
  /** The same seed gives the same key. */
  createKey(seed: string, accountId: number): IssuedKey
  /** How it names a market. */
  symbolOf: (base: string, quote: string) => string
  /** What a fresh exchange trades, what its first account starts with (decimal texts), and what it takes of each fill. */
  symbols: () => SymbolRules[]
  balances: Record<string, string>
  fees: Fees
}

const binance: Language = {
  // Each language reads its own requests: what `asked` found is what `answer` gets.
  speech: binanceSpeech as unknown as Speech,
  lines(exchange) {
    const markets = new MarketStreams(exchange)
    const users = new UserStream(exchange)
    return { all: [markets, new WebSocketApi(exchange, users)], markets, users }
  },
  addresses: (host) => ({
    rest: `http://${host}/api/v3`,
    stream: `ws://${host}/ws`,
    wsApi: `ws://${host}/ws-api/v3`,
  }),
  program: ccxtSnippet,
  createKey(seed, accountId) {
    const key = createHmacKey(seed, accountId)
    return { key, secret: key.secret }
  },
  symbolOf: (base, quote) => base + quote,
  symbols: defaultSymbols,
  balances: { USDT: "100000", BTC: "1", ETH: "10", BNB: "10" },
  fees: usualFees,
}

export const languages: Record<LanguageName, Language> = { binance, bybit, coinbase }
