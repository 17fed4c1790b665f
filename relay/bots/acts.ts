import type { LiveIntent } from "#engine/run"
import type { PlaceAnswer, Refused, ReplaceAnswer } from "../exchange/exchange.ts"
import type { OwnOrder } from "../ledger/own-order.ts"
import type { MarketDesk } from "./market-desk.ts"
import type { Act } from "./next-act.ts"
import type { OpenedBot } from "./opened-bot.ts"
import { protectedRequestOf, requestOf } from "./order-request.ts"
import { buyTerms, leftAfterFees, type OrderTerms, saleTerms, stopTerms } from "./order-terms.ts"

/** Why the exchange did not take it; undefined when it did, or nobody knows. */
export type Failed = Refused | undefined

/**
 * Sends orders, each once: on our disk first, approved at the last gate, then sent. Whatever stays unknown is marked
 * so, and asked for afterwards.
 */
export class Acts {
  private sentMs = 0

  constructor(private readonly opened: OpenedBot) {}

  /** Buys; where the market can, together with its stop. */
  async enter(
    desk: MarketDesk,
    intent: LiveIntent,
    { role, quantity, price }: { role: "entry" | "add"; quantity: number; price: number },
  ): Promise<Failed> {
    const { facts } = desk
    const terms = buyTerms(intent, { facts, quantity, price }, role)
    const { can } = facts.market
    if (role === "add" || intent.stopPrice === undefined || can.protect === undefined)
      return this.place(this.orderOf(desk, terms))
    const listId = this.opened.parts.ledger.newOrderId()
    const entry = this.orderOf(desk, terms, listId)
    const stopQuantity = can.protect === "fixed" ? leftAfterFees(facts, quantity, price) : quantity
    const stop = this.orderOf(desk, stopTerms(facts, stopQuantity, intent.stopPrice, 0), listId)
    await this.plan([entry, stop])
    const request = protectedRequestOf(entry, stop)
    return this.took([entry, stop], await this.sent([entry, stop], () => this.exchange.placeProtected(request)))
  }

  /** A stop for this quantity; in the place of the one that is there, so that there is always one. */
  protect(desk: MarketDesk, { intent, quantity, replaces }: Extract<Act, { do: "protect" }>): Promise<Failed> {
    const stop = this.orderOf(desk, stopTerms(desk.facts, quantity, intent.stopPrice!, intent.id))
    return this.instead(desk, stop, replaces)
  }

  /** Sells; in the place of the stop where all is sold. */
  sell(desk: MarketDesk, sale: Extract<Act, { do: "sell" }>): Promise<Failed> {
    return this.instead(desk, this.orderOf(desk, saleTerms(desk.facts, sale)), sale.replaces)
  }

  /** Buys what its owner sold by hand: for no intent, since the engine never lost it. */
  buyBack(desk: MarketDesk, quantity: number): Promise<Failed> {
    const { facts, price } = desk
    return this.place(this.orderOf(desk, buyTerms({ id: 0 }, { facts, quantity, price }, "buyBack")))
  }

  /** Cancels it. What it had filled until then only the exchange knows: it is asked afterwards. */
  async cancel(order: OwnOrder): Promise<Failed> {
    const { market, clientOrderId, exchangeOrderId } = order
    const answer = await this.exchange.cancel({ market, clientOrderId, exchangeOrderId })
    this.#giveUp(order)
    return !answer.ok && answer.because === "refused" ? answer : undefined
  }

  private async instead(desk: MarketDesk, order: OwnOrder, old: OwnOrder | undefined): Promise<Failed> {
    if (old === undefined) return this.place(order)
    if (!desk.facts.market.can.replace) {
      await this.cancel(old)
      return undefined
    }
    await this.plan([order])
    const { market, clientOrderId, exchangeOrderId } = old
    const answer = await this.sent([order], () =>
      this.exchange.replace({ market, clientOrderId, exchangeOrderId }, requestOf(order)),
    )
    return this.tookInstead(order, old, answer)
  }

  private tookInstead(order: OwnOrder, old: OwnOrder, { placed }: ReplaceAnswer): Failed {
    // Even one that is cancelled may have filled in part before.
    this.#giveUp(old)
    return this.took([order], placed)
  }

  /** It is ended by us, and all that ends with it. */
  #giveUp(order: OwnOrder): void {
    for (const other of this.listOf(order)) this.opened.orders.giveUp(other)
  }

  private async place(order: OwnOrder): Promise<Failed> {
    await this.plan([order])
    return this.took([order], await this.sent([order], () => this.exchange.place(requestOf(order))))
  }

  /** On our disk, before anything can leave. */
  private async plan(orders: OwnOrder[]): Promise<void> {
    this.opened.orders.add(orders)
    await this.opened.keep()
  }

  /** Sends them once, under the id of the first. What is thrown here was not sent. */
  private async sent<Answer>(orders: OwnOrder[], send: () => Promise<Answer>): Promise<Answer> {
    const { account, figures, surroundings } = this.opened.parts
    const { clientOrderId, side, market, quantity, role } = orders[0]
    account.look.approve(clientOrderId, { side, market, maxQuantity: Number(quantity), addsRisk: side === "buy" })
    account.noteOrder()
    this.sentMs = surroundings.steadyMs()
    if (role === "entry") figures.sentEntry(this.sentMs - this.opened.decidedMs)
    try {
      return await send()
    } catch (error) {
      for (const order of orders) this.opened.orders.change(order, { status: "refused", reason: "it was not sent" })
      throw error
    } finally {
      account.look.forget(clientOrderId)
    }
  }

  private took(orders: OwnOrder[], answer: PlaceAnswer): Failed {
    const { orders: book, parts } = this.opened
    parts.figures.answered({
      role: orders[0].role,
      answer: answer.ok ? "taken" : answer.because,
      tookMs: parts.surroundings.steadyMs() - this.sentMs,
    })
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
  private listOf(order: OwnOrder): OwnOrder[] {
    const { orders } = this.opened
    return orders.of(order.market).filter((other) => other === order || (order.listId && other.listId === order.listId))
  }

  /** An order with a fresh id, not kept yet. */
  private orderOf(desk: MarketDesk, terms: OrderTerms, listId?: string): OwnOrder {
    const { ledger, bot, surroundings } = this.opened.parts
    return {
      ...terms,
      clientOrderId: ledger.newOrderId(),
      accountId: bot.accountId,
      botId: bot.id,
      market: desk.name,
      listId,
      status: "planned",
      filledQuantity: "0",
      createdMs: surroundings.nowMs(),
      isTold: false,
    }
  }

  private get exchange() {
    return this.opened.parts.account.exchange
  }
}
