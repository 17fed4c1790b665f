import type { Fill } from "../../exchange/exchange.ts"
import { ExchangeUnreachable } from "../../guard/exchange.ts"
import type { KillSwitch } from "../../guard/kill-switch.ts"
import type { NewEvent } from "../../ledger/bot-event.ts"
import type { Ledger } from "../../ledger/ledger.ts"
import { handOf, hasEnded, isOpenBuy, type OwnOrder } from "../../ledger/own-order.ts"
import { isStoreFailure } from "../../ledger/store-failure.ts"
import type { Cancel, Surroundings } from "../../surroundings.ts"
import type { AccountDesk } from "../account-desk.ts"
import { actWords, fillWords } from "../bot-words.ts"
import { Fence } from "../fence.ts"
import { settled } from "../next-act.ts"
import { OrderQuestions } from "../order-questions.ts"
import { type Failed, type OrderBook, OrderSending } from "../order-sending.ts"
import { OwnOrders } from "../own-orders.ts"
import { Repeats } from "../repeats.ts"
import { handWords } from "./hand-words.ts"

type DeskParts = {
  accountId: string
  account: AccountDesk
  ledger: Ledger
  killSwitch: Pick<KillSwitch, "isOn">
  surroundings: Surroundings
  onBug: (error: unknown) => void
}

const TICK_MS = 1_000
const AUDIT_EVERY_MS = 5_000
/** More answers than this about one market in one go is a circle: a bug. */
const MOST_ANSWERS = 200

/** An account's orders by hand that are not over: each is asked about until its end and all its fills are known. */
export class HandDesk implements OrderBook {
  readonly account: AccountDesk
  readonly #sending: OrderSending
  readonly #questions: OrderQuestions
  readonly #stopTicking: Cancel
  #last: Promise<unknown> = Promise.resolve()
  #auditAtMs = 0
  #isLooking = false
  /** Buys that the kill switch cancels. */
  readonly #killed = new Set<OwnOrder>()
  /** Those of them that their exchange has refused to cancel: told once. */
  readonly #unkillable = new WeakSet<OwnOrder>()
  readonly #repeats = new Repeats()

  private constructor(
    private readonly parts: DeskParts,
    readonly orders: OwnOrders,
  ) {
    this.account = parts.account
    this.#sending = new OrderSending(this)
    this.#questions = new OrderQuestions(this, new Fence(parts.account.exchange, parts.surroundings))
    this.#stopTicking = parts.surroundings.every(TICK_MS, () => this.#look())
  }

  /** From the disk. What was heard of its orders before may be old: the exchange is asked about each. */
  static async open(parts: DeskParts): Promise<HandDesk> {
    const open = await parts.ledger.openOrders(handOf(parts.accountId))
    const orders = new OwnOrders(open, await parts.ledger.fillsOf(open.map(({ clientOrderId }) => clientOrderId)))
    for (const order of orders.all) if (!hasEnded(order)) orders.change(order, { status: "unknown" })
    parts.account.atRisk.handOrders = orders
    return new HandDesk(parts, orders)
  }

  /** Does one thing after the other. */
  inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(act)
    this.#last = done.catch(() => {})
    return done
  }

  /** Sends orders that are on the disk, an entry with its stop, and hears what became of them as far as is known now. */
  async send([order, stop]: OwnOrder[]): Promise<void> {
    try {
      await (stop === undefined ? this.#sending.send(order) : this.#sending.sendProtected(order, stop))
    } finally {
      await this.keep()
    }
    await this.#quietly(() => this.#settle(order.market))
  }

  /** Cancels one, and hears what it had filled. */
  async cancel(order: OwnOrder): Promise<Failed> {
    const failed = await this.#sending.cancel(order)
    await this.keep()
    await this.#quietly(() => this.#settle(order.market))
    return failed
  }

  keep(events: NewEvent[] = []): Promise<void> {
    return this.#keep({ events })
  }

  /** Books fills of an order, each once. */
  async book(order: OwnOrder, all: readonly Fill[]): Promise<void> {
    const fills = all
      .filter((fill) => this.orders.ownerOf(fill) === order)
      .map((fill) => ({ ...fill, clientOrderId: order.clientOrderId }))
    if (fills.length === 0) return
    await this.#keep({ fills, events: [fillWords(order, fills)] })
    this.orders.book(fills)
    this.account.atRisk.changedByHand()
    this.account.moved()
  }

  /** Ends the work; it goes on from the disk another time. */
  async end(): Promise<void> {
    this.#stopTicking()
    await this.#last
  }

  async #keep({ fills, events }: Pick<Parameters<Ledger["keep"]>[1], "fills" | "events">): Promise<void> {
    const { ledger, accountId } = this.parts
    const told = this.#repeats.fold(events ?? [])
    await ledger.keep({ id: handOf(accountId), accountId }, { orders: this.orders.takeChanged(), fills, events: told })
  }

  #look(): void {
    if (this.#isLooking || this.orders.all.length === 0) return
    this.#isLooking = true
    void this.inTurn(() => this.#quietly(() => this.#round())).finally(() => (this.#isLooking = false))
  }

  async #round(): Promise<void> {
    await this.#obeyKillSwitch()
    const markets = new Set(this.orders.all.map(({ market }) => market))
    if (this.#isAuditDue()) for (const market of markets) await this.#questions.audit(market)
    for (const market of markets) await this.#settle(market)
  }

  /** While it is on, no buy waits at the exchange (trust.md, I6). */
  async #obeyKillSwitch(): Promise<void> {
    if (!this.parts.killSwitch.isOn) return
    await Promise.all(this.orders.all.filter(isOpenBuy).map((order) => this.#kill(order)))
  }

  async #kill(order: OwnOrder): Promise<void> {
    this.#killed.add(order)
    const failed = await this.#sending.cancel(order)
    const isNews = failed !== undefined && !this.#unkillable.has(order)
    if (isNews) this.#unkillable.add(order)
    await this.keep(isNews ? [handWords.notKilled(order, failed)] : [])
  }

  /** Disk or exchange may be away: the next round tries again. */
  async #quietly(act: () => Promise<void>): Promise<void> {
    try {
      await act()
    } catch (error) {
      if (!(error instanceof ExchangeUnreachable) && !isStoreFailure(error)) this.parts.onBug(error)
    }
  }

  #isAuditDue(): boolean {
    const nowMs = this.parts.surroundings.steadyMs()
    if (nowMs < this.#auditAtMs) return false
    this.#auditAtMs = nowMs + AUDIT_EVERY_MS
    return true
  }

  /** Until all that can be known of a market's orders now is known and kept. */
  async #settle(market: string): Promise<void> {
    for (let count = 0; count < MOST_ANSWERS; count++) {
      const act = settled({ orders: this.orders.of(market), booked: this.orders.booked, wants: {} })
      if (act === undefined) return
      if (act.do === "ask") {
        if (!(await this.#ask(act.order))) return
      } else {
        this.orders.close(act.order)
        const isKilled = this.#killed.delete(act.order) && act.order.status === "cancelled"
        await this.keep(isKilled ? [handWords.killed(act.order)] : [])
      }
    }
  }

  /** Whether it is known now what became of it. */
  async #ask(order: OwnOrder): Promise<boolean> {
    const answer = await this.#questions.find(order)
    if (answer === "not-yet") return false
    if (answer === "never") {
      this.orders.change(order, { status: "refused", reason: "the exchange never received it" })
      await this.keep([actWords.neverArrived(order)])
      return true
    }
    await this.keep()
    return order.status !== "waiting" && (await this.#questions.isBooked(order))
  }
}
