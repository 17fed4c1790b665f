import type { Surroundings } from "../../surroundings.ts"
import type { Fees } from "./account/account.ts"
import type { ApiKey } from "./account/api-key.ts"
import { EventLog } from "./event-log.ts"
import { FaultPlan } from "./faults/faults.ts"
import type { Keeper } from "./journal/keeper.ts"
import { LongWork } from "./long-work.ts"
import type { CandleSource } from "./market/candle-source.ts"
import { defaultSymbols, type SymbolRules } from "./market/symbol-rules.ts"
import { syntheticSource } from "./market/synthetic-source.ts"
import type { Order } from "./matching/order.ts"
import type { ExchangeState } from "./protocol/operation.ts"
import { documentedLimits, type Limits, RateLimits } from "./protocol/rate-limits.ts"
import { Venue } from "./venue.ts"
import { createClock, type Speed, steadyWall, type VirtualClock } from "./virtual-clock.ts"

/** Default start of exchange time: a Thursday, so that every run of a seed sees the same days. */
const USUAL_START_MS = Date.UTC(2026, 0, 1)
/** A machine that slept catches up ten minutes at a time, so that nobody waits for a night of trades. */
const MOST_CATCH_UP_MS = 600_000
/** More than three years. */
const USUAL_HISTORY_DAYS = 1_200
const USUAL_TICK_MS = 1_000

/** The options of an exchange. */
export type ExchangeOptions = {
  /** Decides prices, books, chance and, unless `keySeed` is given, keys. */
  seed?: string | number
  /** 1 is real time, 60 an hour a minute, "stepped" only moves by `advance`. */
  speed?: Speed
  /** UTC milliseconds. At speed 1 the wall's time, otherwise 2026-01-01. */
  startMs?: number
  symbols?: SymbolRules[]
  /** Where prices come from; a seeded random walk when left out. */
  source?: CandleSource
  /** Days of candles before the start. */
  historyDays?: number
  /** Length of one market moment in milliseconds. */
  tickMs?: number
  /** What is taken of the fills of fresh accounts; Binance's 0.1 % by default. */
  fees?: Fees
  limits?: Partial<Limits>
  /** Whose weight a request counts to: its address's, as at Binance, or each key owner's own. */
  weighs?: "address" | "owner"
}

/** One exchange with everything its protocols share. */
export type Exchange = {
  state: ExchangeState
  clock: VirtualClock
  surroundings: Surroundings
  log: EventLog
  faults: FaultPlan
  longWork: LongWork
  /** Orders that cannot be read yet (read-your-writes lag, F14): order number to the time it appears. */
  hiddenUntil: Map<number, number>
  /** Orders that are shown as pending although they work: order number to the time that ends. */
  pendingUntil: Map<number, number>
  /** The exchange is down until this time: every request fails and every stream is closed. */
  downUntilMs: number
  /** Orders that closed before it last started: lists that live in memory alone have forgotten them. */
  closedBefore: WeakSet<Order>
  /** Brings the market up to the clock, by at most this many milliseconds of exchange time. */
  catchUp: (mostMs?: number) => void
  /** Receives our own bugs, which end nothing. */
  report: (error: unknown) => void
  /** Keeps it on the disk; undefined when it lives in memory alone. */
  keeper: Keeper | undefined
}

/** An exchange without any protocol. */
export function openExchange(options: ExchangeOptions, surroundings: Surroundings): Exchange {
  const { speed = 1 } = options
  const seed = seedText(options)
  const startMs = options.startMs ?? (speed === 1 ? surroundings.nowMs() : USUAL_START_MS)
  const followsWall = options.startMs === undefined && speed === 1
  const clock = createClock({
    startMs,
    speed,
    wallMs: followsWall ? steadyWall(surroundings.nowMs) : surroundings.steadyMs,
  })
  const report = bugReporter(surroundings)
  const venue = new Venue({
    seed,
    startMs,
    symbols: options.symbols ?? defaultSymbols(),
    source:
      options.source ?? syntheticSource({ seed, startMs, historyDays: options.historyDays ?? USUAL_HISTORY_DAYS }),
    tickMs: options.tickMs ?? USUAL_TICK_MS,
    fees: options.fees,
    onBug: report,
  })
  return {
    state: {
      venue,
      keys: new Map<string, ApiKey>(),
      rateLimits: new RateLimits({ ...documentedLimits, ...options.limits }),
      weighs: options.weighs ?? "address",
      nowMs: () => venue.nowMs + clock.skewMs(),
      wallMs: () => (clock.speed === 1 ? undefined : surroundings.nowMs()),
    },
    clock,
    surroundings,
    log: new EventLog(venue),
    faults: new FaultPlan(seed),
    longWork: new LongWork(surroundings),
    hiddenUntil: new Map(),
    pendingUntil: new Map(),
    downUntilMs: 0,
    closedBefore: new WeakSet(),
    catchUp: (mostMs = clock.speed === "stepped" ? Infinity : MOST_CATCH_UP_MS) =>
      venue.advanceTo(Math.min(clock.nowMs(), venue.nowMs + mostMs)),
    report,
    keeper: undefined,
  }
}

/** The seed as text; 1 when none is given. */
export function seedText({ seed = 1 }: Pick<ExchangeOptions, "seed">): string {
  return String(seed)
}

/** A bug that strikes at every market moment is reported once in a while, not at each. */
const REPORT_EVERY_MS = 10_000

function bugReporter({ steadyMs }: Surroundings): (error: unknown) => void {
  let reportedMs = -Infinity
  return (error) => {
    if (steadyMs() - reportedMs < REPORT_EVERY_MS) return
    reportedMs = steadyMs()
    console.error("The simulated exchange made a mistake and goes on:", error)
  }
}
