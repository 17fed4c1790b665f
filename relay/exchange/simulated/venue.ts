import { MINUTE_MS } from "#engine/candles"
import { type Account, balanceOf, createAccount, credit, type Fees } from "./account/account.ts"
import type { CandleSource } from "./market/candle-source.ts"
import type { Decimal } from "./decimal.ts"
import { Market, type PublicTrade } from "./market/market.ts"
import { expireDue } from "./matching/good-till.ts"
import { tickMarket } from "./matching/market-tick.ts"
import { type Fill, isOpen, type Order } from "./matching/order.ts"
import { expireRivals, type OrderList, orderEnded } from "./matching/order-lists.ts"
import { runTriggers } from "./matching/triggers.ts"
import { hashOf } from "./random.ts"
import { refuse, reject } from "./refusal.ts"
import type { SymbolRules } from "./market/symbol-rules.ts"

const NO_BALANCE = "Account has insufficient balance for requested action."

/** Why an execution report is written, Binance's `x`. */
export type Execution = "NEW" | "CANCELED" | "REPLACED" | "REJECTED" | "TRADE" | "EXPIRED" | "TRADE_PREVENTION"

/** The venue's events. Orders are live objects: copy what you need at once. */
export type VenueEvent =
  | { kind: "execution"; execution: Execution; order: Order; fill: Fill | undefined; executionId: number; atMs: number }
  | { kind: "balances"; account: Account; assets: string[]; atMs: number }
  | { kind: "deposit"; account: Account; asset: string; delta: Decimal; atMs: number }
  | { kind: "lock"; account: Account; asset: string; delta: Decimal; atMs: number }
  | { kind: "list"; list: OrderList; atMs: number }
  | { kind: "trade"; market: Market; trade: PublicTrade; atMs: number }
  | { kind: "tick"; atMs: number }

export type VenueOptions = {
  seed: string
  startMs: number
  symbols: SymbolRules[]
  source: CandleSource
  tickMs: number
  /** Of fresh accounts; Binance's by default. */
  fees?: Fees
  /** Receives failures of a market moment; the other markets, and the next moment, continue. */
  onBug?: (error: unknown) => void
}

/**
 * The exchange without its protocols: accounts, markets, orders and time. Deterministic: the same options and the
 * same calls at the same times give the same state, bit for bit. It reads no clock and draws no chance but its
 * seed's.
 */
export class Venue {
  readonly markets: Map<string, Market>
  readonly accounts = new Map<number, Account>()
  readonly orders = new Map<number, Order>()
  readonly ordersOf = new Map<number, Order[]>()
  readonly openOrdersOf = new Map<number, Set<Order>>()
  readonly lists = new Map<number, OrderList>()
  /** Commissions taken so far, per asset. */
  readonly feesTaken = new Map<string, Decimal>()
  /** What the market's own side has gained (or, negative, paid out) against traders, per asset. */
  readonly marketGain = new Map<string, Decimal>()
  nowMs: number
  private nextTickMs: number
  private readonly listeners = new Set<(event: VenueEvent) => void>()
  /** The newest order by account, market and client id. */
  readonly byClientId = new Map<string, Order>()
  /** Client ids that a cancel has given to an older order than the newest with that id. */
  readonly movedIds = new Set<string>()
  private readonly counters = { order: 1, list: 0, execution: 1, account: 1 }

  constructor(readonly options: VenueOptions) {
    const { seed, startMs, symbols, source, tickMs } = options
    if (MINUTE_MS % tickMs !== 0 || MINUTE_MS / tickMs < 4)
      throw new Error("a tick must divide a minute into at least 4 parts")
    this.markets = new Map(symbols.map((rules) => [rules.symbol, new Market(rules, source, seed, tickMs, startMs)]))
    // It simulates its first minute from the beginning, so that the candle is complete.
    this.nextTickMs = Math.floor(startMs / MINUTE_MS) * MINUTE_MS
    this.nowMs = this.nextTickMs
    this.advanceTo(startMs)
  }

  /** Lets one market live through a time that the others do not; `skipTo` then moves the exchange's own time on. */
  liveThrough(market: Market, fromMs: number, toMs: number): void {
    for (let atMs = fromMs; atMs < toMs; atMs += this.options.tickMs) {
      this.nowMs = atMs
      this.tickOne(market, atMs)
    }
  }

  /** Continues at a whole minute, without the moments up to it. */
  skipTo(minuteMs: number): void {
    this.nowMs = minuteMs
    this.nextTickMs = minuteMs
  }

  /** Lets time pass: every market moment up to and including `toMs` happens. */
  advanceTo(toMs: number): void {
    while (this.nextTickMs <= toMs) {
      this.nowMs = Math.max(this.nowMs, this.nextTickMs)
      this.nextTickMs += this.options.tickMs
      this.tick(this.nowMs)
    }
    this.nowMs = Math.max(this.nowMs, toMs)
  }

  listen(listener: (event: VenueEvent) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  emit(event: VenueEvent): void {
    for (const listener of this.listeners) listener(event)
  }

  nextId(counter: keyof Venue["counters"]): number {
    return this.counters[counter]++
  }

  /** The market of a symbol; refused when there is none. */
  market(symbol: string): Market {
    return this.markets.get(symbol) ?? refuse(-1121, "Invalid symbol.")
  }

  openAccount(name: string): Account {
    const account = createAccount(this.nextId("account"), name, this.options.fees)
    account.updatedMs = this.nowMs
    this.accounts.set(account.id, account)
    this.ordersOf.set(account.id, [])
    this.openOrdersOf.set(account.id, new Set())
    return account
  }

  account(id: number): Account {
    return this.accounts.get(id) ?? refuse(-2015, "Invalid API-key, IP, or permissions for action.", 401)
  }

  /** Deposits an asset into an account, or withdraws it when `delta` is negative. */
  deposit(account: Account, asset: string, delta: Decimal): void {
    if (balanceOf(account, asset).free + delta < 0n) reject(NO_BALANCE)
    credit(account, asset, delta)
    account.updatedMs = this.nowMs
    this.emit({ kind: "deposit", account, asset, delta, atMs: this.nowMs })
    this.emit({ kind: "balances", account, assets: [asset], atMs: this.nowMs })
  }

  /** Locks (or, negative, frees) part of a balance for reasons outside the exchange's own orders. */
  lockOutside(account: Account, asset: string, delta: Decimal): void {
    const outside = (account.lockedOutside.get(asset) ?? 0n) + delta
    if (outside < 0n || balanceOf(account, asset).free < delta) reject(NO_BALANCE)
    account.lockedOutside.set(asset, outside)
    credit(account, asset, -delta)
    balanceOf(account, asset).locked += delta
    this.emit({ kind: "lock", account, asset, delta, atMs: this.nowMs })
    this.emit({ kind: "balances", account, assets: [asset], atMs: this.nowMs })
  }

  /** Whether an open order of this account and market carries a client id (ids are unique among open orders only). */
  hasOpen(accountId: number, symbol: string, clientOrderId: string | undefined): boolean {
    const known =
      clientOrderId === undefined ? undefined : this.byClientId.get(`${accountId}/${symbol}/${clientOrderId}`)
    return known !== undefined && isOpen(known)
  }

  /** The newest order of an account and market by the id it was placed with or, once cancelled, the cancel's id. */
  orderByClientId(accountId: number, symbol: string, clientOrderId: string): Order | undefined {
    return this.byClientId.get(`${accountId}/${symbol}/${clientOrderId}`)
  }

  /** Indexes an order by its present client id. */
  index(order: Order): void {
    const id = `${order.accountId}/${order.symbol}/${order.clientOrderId}`
    if ((this.byClientId.get(id)?.orderId ?? 0) > order.orderId) this.movedIds.add(id)
    this.byClientId.set(id, order)
  }

  /** The client id of an order whose owner gave none. */
  generatedId(number: number): string {
    return `sim${hashOf(`${this.options.seed}/${number}`).toString(36)}${number.toString(36)}`
  }

  /** Registers an order under its account. */
  register(order: Order): void {
    this.orders.set(order.orderId, order)
    this.index(order)
    this.ordersOf.get(order.accountId)!.push(order)
    this.openOrdersOf.get(order.accountId)!.add(order)
  }

  /** Wipes an account's order history, as a test network does once a month; its keys stay. */
  forgetOrders(accountId: number): void {
    for (const order of this.ordersOf.get(accountId)!) {
      this.orders.delete(order.orderId)
      this.byClientId.delete(`${accountId}/${order.symbol}/${order.placedClientOrderId}`)
      this.byClientId.delete(`${accountId}/${order.symbol}/${order.clientOrderId}`)
    }
    for (const [id, list] of this.lists) if (list.accountId === accountId) this.lists.delete(id)
    this.ordersOf.set(accountId, [])
  }

  /** One leg of a list has traded or triggered: its rivals end. */
  expireRivals(order: Order): void {
    expireRivals(this, order)
  }

  /** An order has ended: its list reacts. */
  orderEnded(order: Order): void {
    orderEnded(this, order)
  }

  /** Publishes what happened to an order and, with it, to the balances it touches. */
  report(execution: Execution, order: Order, fill?: Fill): void {
    if (!isOpen(order)) this.openOrdersOf.get(order.accountId)!.delete(order)
    const account = this.account(order.accountId)
    account.updatedMs = this.nowMs
    this.emit({ kind: "execution", execution, order, fill, executionId: this.nextId("execution"), atMs: this.nowMs })
    const { base, quote } = this.market(order.symbol).rules
    const assets = [...new Set([base, quote, ...(fill ? [fill.commissionAsset] : [])])]
    this.emit({ kind: "balances", account, assets, atMs: this.nowMs })
  }

  private tick(nowMs: number): void {
    for (const market of this.markets.values()) this.tickOne(market, nowMs)
    this.emit({ kind: "tick", atMs: nowMs })
  }

  private tickOne(market: Market, nowMs: number): void {
    const { onBug } = this.options
    if (!onBug) return this.liveMoment(market, nowMs)
    try {
      this.liveMoment(market, nowMs)
    } catch (error) {
      onBug(error)
    }
  }

  /** The market moves, then the stops that its prices reached trigger. */
  private liveMoment(market: Market, nowMs: number): void {
    expireDue(this, market)
    if (market.rules.status !== "TRADING") return
    tickMarket(this, market, nowMs)
    runTriggers(this, market)
  }
}
