import type { Hono } from "hono"
import type { Surroundings } from "../../surroundings.ts"
import type { Account } from "./account/account.ts"
import { addKey } from "./account/api-key.ts"
import { obey } from "./control/command.ts"
import { createControl } from "./control/control.ts"
import { type Exchange, type ExchangeOptions, seedText } from "./exchange-state.ts"
import { type IssuedKey, type Language, type LanguageName, languages } from "./language.ts"
import { forgetClosed } from "./faults/forget-closed.ts"
import { openKept } from "./journal/open-kept.ts"
import { followLive, liveHistory } from "./market/live-feed.ts"
import { Rest } from "./protocol/rest.ts"
import type { Heartbeat } from "./streams/connection.ts"
import { Sockets } from "./streams/sockets.ts"

const USUAL_HEARTBEAT_MS = 50

export type OpenOptions = ExchangeOptions & {
  /** Binance's protocol unless another one is named. */
  speak?: LanguageName
  keySeed?: string
  /** Base address of a public Binance feed to follow at real speed, such as `publicFeed`. */
  live?: string
  /** How many of its past minutes are fetched. */
  liveMinutes?: number
  /** Called once when the feed has been silent for seconds: from then on nothing is answered or filled. */
  onSilent?: () => void
  /** Pings of sockets; every 20 seconds, as at Binance, by default. */
  heartbeat?: Heartbeat
  /** How often the market is brought up to the clock. */
  heartbeatMs?: number
  /** What the first account starts with, as decimal texts. */
  balances?: Record<string, string>
  /** Where the exchange is kept, to go on after a restart; in memory alone by default. */
  folder?: string
}

/** An exchange with its first account, its doors and its heartbeat; with or without a port. */
export type OpenedExchange = {
  exchange: Exchange
  key: IssuedKey["key"]
  /** The key's other half, which only its owner has. */
  secret: string
  language: Language
  rest: Rest
  sockets: Sockets
  control: Hono
  /** Moves exchange time forward by hand. */
  advance: (byMs: number) => void
  stop: () => void
}

/** Opens an exchange that speaks one exchange's protocol, with time and chance from `surroundings`. */
export async function openWithWaysIn(
  options: OpenOptions,
  surroundings: Surroundings,
  tell: (sentence: string) => void = () => {},
): Promise<OpenedExchange> {
  const { live } = options
  const language = languages[options.speak ?? "binance"]
  const { fees = language.fees, balances = language.balances } = options
  const symbols = (options.symbols ?? language.symbols()).map((rules) => ({ ...rules, ...language.rules }))
  const limits = { ...language.limits, ...options.limits }
  const source = live === undefined ? options.source : await liveHistory(live, symbols, options.liveMinutes)
  const exchange = openKept({ ...options, symbols, fees, limits, source }, surroundings, tell)
  forgetClosed(exchange)
  const keySeed = options.keySeed ?? seedText(options)
  const { key, secret } = firstKey(exchange, language, { keySeed, balances })
  const sockets = new Sockets(exchange, language.lines(exchange), options.heartbeat)
  const stopHeartbeat = surroundings.every(options.heartbeatMs ?? USUAL_HEARTBEAT_MS, () => exchange.catchUp())
  const { onSilent } = options
  const goDown = () => {
    exchange.downUntilMs = Infinity
    sockets.close("all", 1006)
    onSilent?.()
  }
  const stopFollowing = live === undefined ? () => {} : followLive(exchange, live, onSilent && goDown)
  return {
    exchange,
    key,
    secret,
    language,
    rest: new Rest(exchange, language.speech),
    sockets,
    control: createControl({ exchange, sockets, language, seed: keySeed }),
    advance(byMs) {
      exchange.clock.advance(byMs)
      exchange.catchUp(Infinity)
    },
    stop() {
      stopHeartbeat()
      stopFollowing()
      sockets.stop()
      exchange.keeper?.close()
    },
  }
}

/** The key of the first account, which is opened unless the exchange is kept and has one. */
function firstKey(
  exchange: Exchange,
  language: Language,
  { keySeed, balances }: { keySeed: string; balances: Record<string, string> },
): IssuedKey {
  const kept = exchange.keeper?.firstKey
  if (kept)
    return {
      key: kept,
      secret: kept.scheme === "HMAC" ? kept.secret : language.createKey(keySeed, kept.accountId).secret,
    }
  const account = obey(exchange, { do: "open-account", name: "first" }) as Account
  for (const [asset, delta] of Object.entries(balances))
    obey(exchange, { do: "deposit", accountId: account.id, asset, delta })
  const issued = language.createKey(keySeed, account.id)
  return { ...issued, key: addKey(exchange, issued.key) }
}
