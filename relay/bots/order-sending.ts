import type { PlaceAnswer, Refused, ReplaceAnswer } from "../exchange/exchange.ts"
import { leftOf, type OwnOrder } from "../ledger/own-order.ts"
import type { AccountDesk } from "./account-desk.ts"
import { protectedRequestOf, requestOf } from "./order-request.ts"
import type { OrderTerms } from "./order-terms.ts"
import type { OwnOrders } from "./own-orders.ts"

/** Why the exchange did not take it; undefined when it did, or nobody knows. */
export type Failed = Refused | undefined

/** Whose orders they are, how they get to our disk, and who counts what is sent. */
export type OrderBook = {
  orders: OwnOrders
  account: AccountDesk
  keep(): Promise<void>
  /** Why nothing may be bought now; undefined when it may. */
  whyNotBuy?(): string | undefined
  /** One leaves now. */
  sent?(order: OwnOrder): void
  answered?(order: OwnOrder, answer: PlaceAnswer): void
}

/**
 * Sends orders, each once: on our disk first, approved at the last gate, then sent. Whatever stays unknown is marked
 * so, and asked for afterwards.
 */
export class OrderSending {
  constructor(private readonly book: OrderBook) {}

  /** On our disk, before anything can leave. */
  async plan(orders: OwnOrder[]): Promise<void> {
    this.book.orders.add(orders)
    // Counted before anybody else decides.
    this.book.account.pace.note(orders[0].clientOrderId)
    await this.book.keep()
  }

  async send(order: OwnOrder): Promise<Failed> {
    return this.#took([order], await this.#sent([order], () => this.#exchange.place(requestOf(order))))
  }

  /** An entry and its stop in one request. */
  async sendProtected(entry: OwnOrder, stop: OwnOrder): Promise<Failed> {
    const request = protectedRequestOf(entry, stop)
    return this.#took([entry, stop], await this.#sent([entry, stop], () => this.#exchange.placeProtected(request)))
  }

  /** One order in the place of another, in one request. */
  async sendInstead(order: OwnOrder, old: OwnOrder): Promise<Failed> {
    const { market, clientOrderId, exchangeOrderId } = old
    const answer = await this.#sent([order], () =>
      this.#exchange.replace({ market, clientOrderId, exchangeOrderId }, requestOf(order)),
    )
    return this.#tookInstead(order, old, answer)
  }

  /** Moves a stop where it is: the same order, so that there is always one. */
  async move(stop: OwnOrder, { quantity, price, stopPrice = "", intent }: OrderTerms): Promise<Failed> {
    const { orders, account } = this.book
    const { market, clientOrderId, exchangeOrderId, kind } = stop
    // On our disk before it leaves: whatever happens, it is asked how it stands.
    orders.change(stop, { status: "unknown" })
    await this.book.keep()
    const name = exchangeOrderId ?? clientOrderId
    account.look.approveMove(name, Number(quantity))
    const isSized = Number(quantity) !== leftOf(stop)
    const to = { stopPrice, ...(isSized && { quantity }), ...(price !== undefined && { price }) }
    const answer = await this.#exchange
      .amend({ market, clientOrderId, exchangeOrderId, kind }, to)
      .finally(() => account.look.forgetMove(name))
    if (answer.ok) orders.change(stop, { quantity, price, stopPrice, intent, status: "open" })
    return !answer.ok && answer.because === "refused" ? answer : undefined
  }

  /** Cancels it. What it had filled until then only the exchange knows: it is asked afterwards. */
  async cancel(order: OwnOrder): Promise<Failed> {
    const { market, clientOrderId, exchangeOrderId, kind } = order
    const answer = await this.#exchange.cancel({ market, clientOrderId, exchangeOrderId, kind })
    this.#giveUp(order)
    return !answer.ok && answer.because === "refused" ? answer : undefined
  }

  #tookInstead(order: OwnOrder, old: OwnOrder, { placed }: ReplaceAnswer): Failed {
    // Even one that is cancelled may have filled in part before.
    this.#giveUp(old)
    return this.#took([order], placed)
  }

  /** It is ended by us, and all that ends with it. */
  #giveUp(order: OwnOrder): void {
    for (const other of this.#listOf(order)) this.book.orders.giveUp(other)
  }

  /** Sends them once, under the id of the first. What is thrown here was not sent. */
  async #sent<Answer>(orders: OwnOrder[], send: () => Promise<Answer>): Promise<Answer> {
    const { account } = this.book
    const { clientOrderId, side, market, quantity } = orders[0]
    const approval = { side, market, maxQuantity: Number(quantity), addsRisk: side === "buy" }
    account.look.approve(clientOrderId, { ...approval, whyNot: () => this.book.whyNotBuy?.() })
    account.pace.note(clientOrderId)
    this.book.sent?.(orders[0])
    try {
      return await send()
    } catch (error) {
      for (const order of orders) this.book.orders.change(order, { status: "refused", reason: "it was not sent" })
      throw error
    } finally {
      account.look.forget(clientOrderId)
    }
  }

  #took(orders: OwnOrder[], answer: PlaceAnswer): Failed {
    const { orders: book } = this.book
    this.book.answered?.(orders[0], answer)
    this.book.account.moved()
    if (answer.ok) {
      for (const placed of answer.orders) book.learn(placed)
      return undefined
    }
    if (answer.because === "unknown") {
      for (const order of orders) book.change(order, { status: "unknown" })
      return undefined
    }
    for (const order of orders) book.change(order, { status: "refused", reason: answer.message.slice(0, 300) })
    return answer
  }

  /** The orders that the exchange ends together with this one. */
  #listOf(order: OwnOrder): OwnOrder[] {
    const { orders } = this.book
    return orders.of(order.market).filter((other) => other === order || (order.listId && other.listId === order.listId))
  }

  get #exchange() {
    return this.book.account.exchange
  }
}
