import { DAY_MS } from "#engine/candles"
import { Refusal } from "../refusal.ts"
import type { Caller } from "./caller.ts"

export type Limits = {
  weightPerMinute: number
  ordersPer10Seconds: number
  ordersPerDay: number
  rawPer5Minutes: number
  connectionsPer5Minutes: number
  /** Coinbase's: of an address, and of a user. */
  publicPerSecond: number
  privatePerSecond: number
}

/** The numbers of Binance's documentation, and of Coinbase's. */
export const documentedLimits: Limits = {
  weightPerMinute: 6000,
  ordersPer10Seconds: 50,
  ordersPerDay: 160_000,
  rawPer5Minutes: 61_000,
  connectionsPer5Minutes: 300,
  publicPerSecond: 10,
  privatePerSecond: 30,
}

const FIRST_BAN_MS = 120_000
const LONGEST_BAN_MS = 3 * DAY_MS
/** Requests sent despite a 429 before the address is banned. */
const PATIENCE = 10

/** A refusal for asking too much; `untilMs` is when asking is allowed again. */
export class TooMany extends Refusal {
  constructor(
    code: number,
    message: string,
    status: number,
    readonly untilMs: number,
  ) {
    super(code, message, status)
  }
}

/**
 * Counts in windows aligned to the clock: request weight per caller, orders per account, and bans for callers that
 * ignore warnings.
 */
export class RateLimits {
  private readonly counts = new Map<string, { windowMs: number; count: number }>()
  private readonly bans = new Map<string, { untilMs: number; lastedMs: number }>()

  constructor(public limits: Limits) {}

  /** Counts a request's weight; refused with 429, and 418 after too many of those. Returns this minute's total. */
  useWeight(caller: Caller, weight: number, nowMs: number): number {
    this.checkBan(caller.name, nowMs)
    const used = this.add(`weight/${caller.name}`, 60_000, weight, nowMs)
    const raw = this.add(`raw/${caller.name}`, 300_000, 1, nowMs)
    if (used <= this.limits.weightPerMinute && raw <= this.limits.rawPer5Minutes) return used
    return this.warn(caller, nowMs, used > this.limits.weightPerMinute ? 60_000 : 300_000)
  }

  /** Refuses (429, -1015) when `count` more orders would be too many for the account. */
  checkOrders(accountId: number, count: number, nowMs: number): void {
    const used = this.orderCounts(accountId, nowMs)
    const { ordersPer10Seconds, ordersPerDay } = this.limits
    if (used.in10Seconds + count > ordersPer10Seconds)
      throw new TooMany(
        -1015,
        `Too many new orders; current limit is ${ordersPer10Seconds} orders per 10 SECOND.`,
        429,
        windowEnd(10_000, nowMs),
      )
    if (used.inDay + count > ordersPerDay)
      throw new TooMany(
        -1015,
        `Too many new orders; current limit is ${ordersPerDay} orders per 1 DAY.`,
        429,
        windowEnd(DAY_MS, nowMs),
      )
  }

  /** Counts accepted orders. */
  addOrders(accountId: number, count: number, nowMs: number): void {
    this.add(`orders10s/${accountId}`, 10_000, count, nowMs)
    this.add(`ordersDay/${accountId}`, DAY_MS, count, nowMs)
  }

  orderCounts(accountId: number, nowMs: number): { in10Seconds: number; inDay: number } {
    return {
      in10Seconds: this.add(`orders10s/${accountId}`, 10_000, 0, nowMs),
      inDay: this.add(`ordersDay/${accountId}`, DAY_MS, 0, nowMs),
    }
  }

  weightUsed(caller: string, nowMs: number): number {
    return this.add(`weight/${caller}`, 60_000, 0, nowMs)
  }

  /** Whether an address may open one more stream connection. */
  mayConnect(address: string, nowMs: number): boolean {
    return this.add(`connections/${address}`, 300_000, 1, nowMs) <= this.limits.connectionsPer5Minutes
  }

  /** Counts one of somebody's own window; whether there are no more than `most` in it. */
  isWithin(name: string, { windowMs, most, nowMs }: { windowMs: number; most: number; nowMs: number }): boolean {
    return this.add(name, windowMs, 1, nowMs) <= most
  }

  /** Bans an address at once, as for ignoring many warnings. */
  ban(address: string, nowMs: number, lastsMs = FIRST_BAN_MS): void {
    this.bans.set(address, { untilMs: nowMs + lastsMs, lastedMs: lastsMs })
  }

  /** Until when an address is banned; undefined when it is not. */
  bannedUntilMs(address: string, nowMs: number): number | undefined {
    const ban = this.bans.get(address)
    return ban && ban.untilMs > nowMs ? ban.untilMs : undefined
  }

  /** Counts one more of something in its window, which the clock's start decides; returns how many it are. */
  use(name: string, windowMs: number, nowMs: number): number {
    return this.add(name, windowMs, 1, nowMs)
  }

  private checkBan(address: string, nowMs: number): void {
    const untilMs = this.bannedUntilMs(address, nowMs)
    if (untilMs === undefined) return
    throw new TooMany(
      -1003,
      `Way too much request weight used; IP banned until ${untilMs}. Please use WebSocket Streams for live updates to avoid bans.`,
      418,
      untilMs,
    )
  }

  private warn({ name: address, mayBeBanned }: Caller, nowMs: number, windowMs: number): never {
    const warnings = this.add(`warned/${address}`, windowMs, 1, nowMs)
    if (warnings > PATIENCE && mayBeBanned)
      this.ban(address, nowMs, Math.min(LONGEST_BAN_MS, (this.bans.get(address)?.lastedMs ?? FIRST_BAN_MS / 2) * 2))
    this.checkBan(address, nowMs)
    const { weightPerMinute } = this.limits
    throw new TooMany(
      -1003,
      `Too much request weight used; current limit is ${weightPerMinute} request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API.`,
      429,
      windowEnd(windowMs, nowMs),
    )
  }

  private add(name: string, windowMs: number, amount: number, nowMs: number): number {
    const openMs = Math.floor(nowMs / windowMs) * windowMs
    const counter = this.counts.get(name)
    if (counter?.windowMs === openMs) return (counter.count += amount)
    this.counts.set(name, { windowMs: openMs, count: amount })
    return amount
  }
}

/** The `rateLimits` of exchangeInfo. */
export function rateLimitsOf(limits: Limits) {
  return [
    { rateLimitType: "REQUEST_WEIGHT", interval: "MINUTE", intervalNum: 1, limit: limits.weightPerMinute },
    { rateLimitType: "ORDERS", interval: "SECOND", intervalNum: 10, limit: limits.ordersPer10Seconds },
    { rateLimitType: "ORDERS", interval: "DAY", intervalNum: 1, limit: limits.ordersPerDay },
    { rateLimitType: "RAW_REQUESTS", interval: "MINUTE", intervalNum: 5, limit: limits.rawPer5Minutes },
  ]
}

function windowEnd(windowMs: number, nowMs: number): number {
  return (Math.floor(nowMs / windowMs) + 1) * windowMs
}
