import type { LiveIntent } from "#engine/run"
import type { OwnOrder } from "../ledger/own-order.ts"
import type { MarketDesk } from "./market-desk.ts"
import type { Act } from "./next-act.ts"
import type { OpenedBot } from "./opened-bot.ts"
import { type Failed, OrderSending } from "./order-sending.ts"
import { buyTerms, leftAfterFees, type OrderTerms, plannedOrder, saleTerms, stopTerms } from "./order-terms.ts"

/** Turns a bot's acts into orders, each sent once. */
export class Acts {
  readonly #sending: OrderSending

  constructor(private readonly opened: OpenedBot) {
    this.#sending = new OrderSending(opened)
  }

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
    const listId = this.opened.parts.ledger.orderIds.next()
    const entry = this.orderOf(desk, terms, listId)
    const stopQuantity = can.protect === "fixed" ? leftAfterFees(facts, quantity, price) : quantity
    const stop = this.orderOf(desk, stopTerms(facts, stopQuantity, intent.stopPrice, 0), listId)
    await this.#sending.plan([entry, stop])
    return this.#sending.sendProtected(entry, stop)
  }

  /** A stop for this quantity; in the place of the one that is there, so that there is always one. */
  protect(desk: MarketDesk, { intent, quantity, replaces }: Extract<Act, { do: "protect" }>): Promise<Failed> {
    const terms = stopTerms(desk.facts, quantity, intent.stopPrice!, intent.id)
    if (replaces && desk.facts.market.can.amend) return this.moveOrTakeAway(replaces, terms)
    return this.instead(desk, this.orderOf(desk, terms), replaces)
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

  cancel(order: OwnOrder): Promise<Failed> {
    return this.#sending.cancel(order)
  }

  /** A stop that the exchange does not move so makes place for one that it takes. */
  private async moveOrTakeAway(stop: OwnOrder, terms: OrderTerms): Promise<Failed> {
    const failed = await this.#sending.move(stop, terms)
    return failed?.reason === "other" || failed?.reason === "unsupported" ? this.cancel(stop) : failed
  }

  private async instead(desk: MarketDesk, order: OwnOrder, old: OwnOrder | undefined): Promise<Failed> {
    if (old === undefined) return this.place(order)
    if (!desk.facts.market.can.replace) {
      await this.cancel(old)
      return undefined
    }
    await this.#sending.plan([order])
    return this.#sending.sendInstead(order, old)
  }

  private async place(order: OwnOrder): Promise<Failed> {
    await this.#sending.plan([order])
    return this.#sending.send(order)
  }

  private orderOf(desk: MarketDesk, terms: OrderTerms, listId?: string): OwnOrder {
    const { ledger, bot, surroundings } = this.opened.parts
    const owner = { accountId: bot.accountId, botId: bot.id, market: desk.name, listId }
    return plannedOrder(terms, owner, { clientOrderId: ledger.orderIds.next(), createdMs: surroundings.nowMs() })
  }
}
