import { once } from "node:events"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { getRequestListener } from "@hono/node-server"
import { createHmacKey } from "./account/api-key.ts"
import type { Account } from "./account/account.ts"
import type { CandleSource } from "./market/candle-source.ts"
import type { Heartbeat } from "./streams/connection.ts"
import { createControl } from "./control/control.ts"
import { type Exchange, obey } from "./protocol/dispatch.ts"
import { EventLog } from "./event-log.ts"
import { FaultPlan } from "./faults/faults.ts"
import { followLive, liveHistory } from "./market/live-feed.ts"
import { documentedLimits, type Limits, RateLimits } from "./protocol/rate-limits.ts"
import { createRest } from "./protocol/rest.ts"
import { Sockets } from "./streams/sockets.ts"
import { defaultSymbols, type SymbolRules } from "./market/symbol-rules.ts"
import { syntheticSource } from "./market/synthetic-source.ts"
import { Venue } from "./venue.ts"
import { createClock, type Speed, steadyWall } from "./virtual-clock.ts"

/** When exchange time starts unless told otherwise: a Thursday, so that every run of a seed sees the same days. */
const USUAL_START_MS = Date.UTC(2026, 0, 1)
const HEARTBEAT_MS = 50
/** A machine that slept catches up ten minutes at a time, so that nobody waits for a night of trades. */
const MOST_CATCH_UP_MS = 600_000
/** More than three years. */
const USUAL_HISTORY_DAYS = 1_200

export type SimulatedExchangeOptions = {
  /** Decides prices, books, chance and, unless `keySeed` is given, keys. */
  seed?: string | number
  keySeed?: string
  /** 1 is real time, 60 an hour a minute, "stepped" only moves by `advance`. */
  speed?: Speed
  /** 0 takes any free port. */
  port?: number
  controlPort?: number
  host?: string
  /** UTC milliseconds. At speed 1 the wall's time, otherwise 2026-01-01. */
  startMs?: number
  symbols?: SymbolRules[]
  /** Where prices come from; a seeded random walk when left out. */
  source?: CandleSource
  /** Base address of a public Binance feed to follow at real speed, such as `publicFeed`. */
  live?: string
  /** Days of candles before the start. */
  historyDays?: number
  /** Length of one market moment in milliseconds. */
  tickMs?: number
  limits?: Partial<Limits>
  /** Pings of sockets; Binance's every 20 seconds when left out. */
  heartbeat?: Heartbeat
  /** What the first account starts with, as decimal texts. */
  balances?: Record<string, string>
}

export type SimulatedExchange = {
  /** For ccxt's `urls.api.public` and `.private`, and with `/sapi/v1` instead of `/api/v3` for `.sapi`. */
  rest: string
  stream: string
  wsApi: string
  control: string
  apiKey: string
  secret: string
  symbols: string[]
  exchange: Exchange
  sockets: Sockets
  /** Moves exchange time forward by hand. */
  advance(byMs: number): void
  stop(): Promise<void>
}

const usualBalances = { USDT: "100000", BTC: "1", ETH: "10", BNB: "10" }

/** Starts an exchange on the loopback interface that speaks Binance's protocol. Stop it with `stop()`. */
export async function startSimulatedExchange(options: SimulatedExchangeOptions = {}): Promise<SimulatedExchange> {
  const { host = "127.0.0.1", port = 0, speed = 1 } = options
  const startMs = options.startMs ?? (speed === 1 ? Date.now() : USUAL_START_MS)
  const clock = createClock({
    startMs,
    speed,
    wallMs: options.startMs === undefined && speed === 1 ? steadyWall() : () => performance.now(),
  })
  const source =
    options.live === undefined ? options.source : await liveHistory(options.live, options.symbols ?? defaultSymbols())
  const exchange = openExchange({ ...options, source }, { clock, startMs })
  const account = obey(exchange, { do: "open-account", name: "first" }) as Account
  for (const [asset, delta] of Object.entries(options.balances ?? usualBalances))
    obey(exchange, { do: "deposit", accountId: account.id, asset, delta })
  const keySeed = options.keySeed ?? seedText(options)
  const key = createHmacKey(keySeed, account.id)
  exchange.state.keys.set(key.apiKey, key)
  const server = createServer(getRequestListener(createRest(exchange).fetch, { overrideGlobalObjects: false }))
  const sockets = new Sockets(exchange, options.heartbeat)
  sockets.attach(server)
  await listen(server, port, host)
  const controlServer = createServer(
    getRequestListener(createControl({ exchange, sockets, clock, seed: keySeed }).fetch, {
      overrideGlobalObjects: false,
    }),
  )
  await listen(controlServer, options.controlPort ?? 0, host).catch(async (error: unknown) => {
    await close(server)
    throw error
  })
  const at = `${host}:${(server.address() as AddressInfo).port}`
  const heartbeat = setInterval(() => exchange.catchUp(), HEARTBEAT_MS)
  const stopFollowing = options.live === undefined ? () => {} : followLive(exchange, options.live)
  return {
    rest: `http://${at}/api/v3`,
    stream: `ws://${at}/ws`,
    wsApi: `ws://${at}/ws-api/v3`,
    control: `http://${host}:${(controlServer.address() as AddressInfo).port}`,
    apiKey: key.apiKey,
    secret: key.secret,
    symbols: [...exchange.state.venue.markets.keys()],
    exchange,
    sockets,
    advance(byMs) {
      clock.advance(byMs)
      exchange.catchUp(Infinity)
    },
    async stop() {
      clearInterval(heartbeat)
      stopFollowing()
      sockets.stop()
      await Promise.all([server, controlServer].map(close))
    },
  }
}

/** An exchange without sockets: everything but the ways in. */
export function openExchange(
  options: SimulatedExchangeOptions,
  { clock, startMs }: { clock: ReturnType<typeof createClock>; startMs: number },
): Exchange {
  const seed = seedText(options)
  const source =
    options.source ?? syntheticSource({ seed, startMs, historyDays: options.historyDays ?? USUAL_HISTORY_DAYS })
  const venue = new Venue({
    seed,
    startMs,
    symbols: options.symbols ?? defaultSymbols(),
    source,
    tickMs: options.tickMs ?? 1_000,
  })
  return {
    state: {
      venue,
      keys: new Map(),
      rateLimits: new RateLimits({ ...documentedLimits, ...options.limits }),
      nowMs: () => venue.nowMs + clock.skewMs(),
      wallMs: () => (clock.speed === 1 ? undefined : Date.now()),
    },
    log: new EventLog(venue),
    faults: new FaultPlan(seed),
    hiddenUntil: new Map(),
    downUntilMs: 0,
    catchUp: (mostMs = clock.speed === "stepped" ? Infinity : MOST_CATCH_UP_MS) =>
      venue.advanceTo(Math.min(clock.nowMs(), venue.nowMs + mostMs)),
  }
}

function seedText({ seed = 1 }: SimulatedExchangeOptions): string {
  return String(seed)
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  server.listen(port, host)
  await once(server, "listening")
}
