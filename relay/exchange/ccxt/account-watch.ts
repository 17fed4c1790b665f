import type { Order as CcxtOrder, Trade as CcxtTrade } from "ccxt"
import { withoutSecrets } from "../../redaction.ts"
import type { AccountNews, Fill, MarketName, OrderName, PlacedOrder } from "../exchange.ts"
import { fillFromCcxt, orderFromCcxt } from "./ccxt-shapes.ts"
import { OrderMemory } from "./order-memory.ts"

export type WatchParts = {
  markets: MarketName[]
  watchOrders: () => Promise<CcxtOrder[]>
  watchFills: (() => Promise<CcxtTrade[]>) | undefined
  /** Reads by REST what the stream may have missed. */
  order(name: OrderName): Promise<PlacedOrder | undefined>
  openOrders(market: MarketName): Promise<PlacedOrder[]>
  fills(wanted: { market: MarketName; sinceMs: number }): Promise<Fill[]>
  serverTimeMs(): Promise<number>
  /** Ends early once the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** After this long in silence we ask the exchange by REST whether we missed something. */
  auditEveryMs: number
}

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 10_000
const SETTLE_AFTER_MS = 300
/** We read fills again from a little before the last known one; the memory drops duplicates. */
const OVERLAP_MS = 60_000

/**
 * Listens to an account so that nothing is lost and nothing counts twice. Streams are hints: ccxt merges a burst of
 * reports into the last one, lets old reports overwrite new ones, repeats fills, and never fills a gap. So every
 * report goes through the memory, every lost connection is announced and caught up by REST, and in silence we ask the
 * exchange from time to time anyway.
 */
export class AccountWatch {
  private readonly memory = new OrderMemory()
  private readonly over = new AbortController()
  private lastFillMs = 0
  private readonly unsettled = new Set<string>()
  private catchingUp: Promise<void> = Promise.resolve()

  constructor(
    private readonly parts: WatchParts,
    private readonly listener: (news: AccountNews) => void,
  ) {}

  start(): void {
    void this.follow(this.parts.watchOrders, (orders) =>
      orders.forEach((order) => this.learnOrder(orderFromCcxt(order))),
    )
    if (this.parts.watchFills)
      void this.follow(this.parts.watchFills, (fills) => fills.forEach((fill) => this.learnFill(fillFromCcxt(fill))))
    void this.audit()
  }

  stop(): void {
    this.over.abort()
  }

  private get isStopped(): boolean {
    return this.over.signal.aborted
  }

  private sleep(ms: number): Promise<void> {
    return this.parts.sleep(ms, this.over.signal)
  }

  /** Keeps one watch call pending at all times: without one, a lost connection would go unnoticed. */
  private async follow<T>(watch: () => Promise<T[]>, learn: (news: T[]) => void): Promise<void> {
    let waitMs = FIRST_WAIT_MS
    while (!this.isStopped) {
      try {
        learn(await watch())
        waitMs = FIRST_WAIT_MS
      } catch (error) {
        if (this.isStopped) return
        this.listener({ kind: "gap", because: wordsOf(error) })
        await this.sleep(waitMs)
        waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)
        if (!this.isStopped) await this.catchUp()
      }
    }
  }

  private async audit(): Promise<void> {
    await this.begin().catch(() => {})
    while (!this.isStopped) {
      await this.sleep(this.parts.auditEveryMs)
      if (!this.isStopped) await this.catchUp()
    }
  }

  /** Catches up one at a time; later callers wait for a fresh run. */
  private catchUp(): Promise<void> {
    this.catchingUp = this.catchingUp.then(() => this.readEverything())
    return this.catchingUp
  }

  /** From now on, by the exchange's clock: asking for all fills there ever were would use up what we may ask. */
  private async begin(): Promise<void> {
    if (this.lastFillMs === 0) this.lastFillMs = await this.parts.serverTimeMs()
  }

  private async readEverything(): Promise<void> {
    try {
      await this.begin()
      for (const market of this.parts.markets) {
        for (const fill of await this.parts.fills({ market, sinceMs: Math.max(0, this.lastFillMs - OVERLAP_MS) }))
          this.learnFill(fill)
        for (const order of await this.parts.openOrders(market)) this.learnOrder(order)
      }
      for (const known of this.memory.unfinished()) {
        await this.readOrder(known)
      }
      this.listener({ kind: "caught-up" })
    } catch (error) {
      this.listener({ kind: "gap", because: wordsOf(error) })
    }
  }

  private async readOrder({ market, exchangeOrderId }: PlacedOrder | Fill): Promise<void> {
    const now = await this.parts.order({ market, exchangeOrderId })
    if (now) this.learnOrder(now)
  }

  /** The fill is known, but an old report may have overwritten the order's own: we ask for it, a little later. */
  private async settleSoon(fill: Fill): Promise<void> {
    if (this.unsettled.has(fill.exchangeOrderId)) return
    this.unsettled.add(fill.exchangeOrderId)
    // So short, and so many at once, that none is ended early.
    await this.parts.sleep(SETTLE_AFTER_MS)
    this.unsettled.delete(fill.exchangeOrderId)
    if (this.isStopped || this.memory.isFinished(fill)) return
    // When this fails the next audit asks again.
    await this.readOrder(fill).catch(() => {})
  }

  private learnOrder(order: PlacedOrder): void {
    const { markets } = this.parts
    if (markets.length === 0 && !this.isStopped) this.listener({ kind: "order", order })
    const news = markets.includes(order.market) ? this.memory.learnOrder(order) : undefined
    if (!news || this.isStopped) return
    this.listener({ kind: "order", order: news })
    if (!this.parts.watchFills) void this.catchUp()
  }

  private learnFill(fill: Fill): void {
    if (this.isStopped || !this.parts.markets.includes(fill.market) || !this.memory.learnFill(fill)) return
    this.lastFillMs = Math.max(this.lastFillMs, fill.timeMs)
    this.listener({ kind: "fill", fill })
    void this.settleSoon(fill)
  }
}

/** Why we were not listening, for a log: an exchange's error may repeat the key. */
function wordsOf(error: unknown): string {
  return withoutSecrets(error instanceof Error ? error.message : String(error))
}
