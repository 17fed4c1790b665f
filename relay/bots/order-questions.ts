import type { Fill, OrderName, PlacedOrder } from "../exchange/exchange.ts"
import type { OwnOrder } from "../ledger/own-order.ts"
import type { Fence } from "./fence.ts"
import type { OrderBook } from "./order-sending.ts"

type AskedBook = Omit<OrderBook, "keep"> & { book(order: OwnOrder, fills: readonly Fill[]): Promise<void> }

/** Asks an exchange what became of orders, and books what they have filled. */
export class OrderQuestions {
  constructor(
    private readonly asked: AskedBook,
    private readonly fence: Fence,
  ) {}

  /** `not-yet`: it may still arrive there; `never`: it never will. */
  async find(order: OwnOrder): Promise<"found" | "not-yet" | "never"> {
    const { orders } = this.asked
    const { clientOrderId } = order
    const isPast = await this.fence.isPast(clientOrderId)
    const found = await this.#asked(order)
    if (found === undefined && !isPast) return "not-yet"
    this.fence.forget(clientOrderId)
    if (found === undefined) return "never"
    orders.learn(found)
    if (found.exchangeOrderId !== "") orders.change(order, { exchangeOrderId: found.exchangeOrderId })
    return "found"
  }

  /** As the exchange has it. Of exits that look the same it is the first that is nobody's yet. */
  async #asked(order: OwnOrder): Promise<PlacedOrder | undefined> {
    const { account } = this.asked
    const others: string[] = []
    for (;;) {
      const name = this.#nameOf(order, others)
      const found = await account.exchange.order(name)
      if (!name.attachedTo || !found?.exchangeOrderId) return found
      if (await account.exits.claim(found.exchangeOrderId, order.clientOrderId)) return found
      // One less each time: in the end it waits for its own.
      others.push(found.exchangeOrderId)
    }
  }

  /** By its entry too, where it was placed with one and has no number yet. */
  #nameOf(order: OwnOrder, others: readonly string[]): OrderName {
    const { market, clientOrderId, exchangeOrderId, kind, role, listId, stopPrice, price } = order
    const name = { market, clientOrderId, exchangeOrderId, kind }
    const isExit = role === "stop" && listId !== undefined && exchangeOrderId === undefined
    const entry = isExit && this.asked.orders.of(market).find((one) => one.listId === listId && one.side === "buy")
    if (!entry) return name
    const attachedTo = {
      clientOrderId: entry.clientOrderId,
      exchangeOrderId: entry.exchangeOrderId,
      exitPrice: stopPrice ?? price ?? "",
      others,
    }
    return { ...name, attachedTo }
  }

  /** Whether all that an order has filled is booked; reads what is missing. */
  async isBooked(order: OwnOrder): Promise<boolean> {
    const { orders, account } = this.asked
    const { market, exchangeOrderId = "", filledQuantity } = order
    const isMissing = () => Number(filledQuantity) - orders.booked(order) > Number(filledQuantity) * 1e-9
    if (isMissing()) await this.asked.book(order, await account.exchange.fills({ market, exchangeOrderId }))
    return !isMissing()
  }

  /** News may be lost on the way: which of the orders known as open the exchange does not have so is asked about next. */
  async audit(market: string): Promise<void> {
    const { orders, account } = this.asked
    const known = orders.of(market).filter(({ status }) => status === "open")
    if (known.length === 0) return
    // An exchange that does not answer is asked again the next time.
    const open = await account.exchange.openOrders(market).catch(() => undefined)
    if (open) orders.doubtOthersThan(open, known)
  }
}
