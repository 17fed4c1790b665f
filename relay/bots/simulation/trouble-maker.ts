import { obey, type Command } from "../../exchange/simulated/control/command.ts"
import { takeDown } from "../../exchange/simulated/control/control-market.ts"
import { formatDecimal } from "../../exchange/simulated/decimal.ts"
import { isOpen, leftOf, type Order } from "../../exchange/simulated/matching/order.ts"
import type { OpenedExchange } from "../../exchange/simulated/opened-exchange.ts"
import { Refusal } from "../../exchange/simulated/refusal.ts"
import type { Surroundings } from "../../surroundings.ts"
import { HAND } from "./by-hand-sales.ts"
import type { Trouble } from "./story.ts"

type ExchangeTrouble = Exclude<Trouble, { do: "restart" | "wish" | "kill" | "disk" | "answer" }>

const calm = { lose: 0, duplicate: 0, reverse: 0, delayMs: 0, isFrozen: false, refuseSubscription: undefined }

/** Makes an exchange behave as exchanges do on bad days, and well again. */
export class TroubleMaker {
  readonly #usual: Map<string, object>
  #isOver = false

  constructor(
    private readonly opened: OpenedExchange,
    private readonly surroundings: Surroundings,
    private readonly symbols: readonly string[],
  ) {
    const { markets } = opened.exchange.state.venue
    this.#usual = new Map(symbols.map((symbol) => [symbol, { ...markets.get(symbol)!.rules }]))
  }

  make(trouble: ExchangeTrouble): void {
    const { exchange, sockets } = this.opened
    switch (trouble.do) {
      case "fault":
        return exchange.faults.add(trouble.rule)
      case "stream":
        return void Object.assign(sockets.users.path.trouble, trouble.trouble)
      case "sockets":
        return this.#sockets(trouble.how)
      case "down":
        return takeDown(exchange, sockets, trouble.lastsMs)
      case "skew":
        exchange.clock.skew(trouble.byMs)
        return this.#later(trouble.lastsMs, () => exchange.clock.skew(-trouble.byMs))
      case "scenario":
        return this.#obey({ ...trouble, do: "scenario" })
      case "rules":
        for (const symbol of this.symbols) this.#obey({ do: "set-rules", symbol, rules: trouble.rules })
        return this.#later(trouble.lastsMs, () => this.#usualRules())
      case "fees":
        return this.#obey({ do: "set-fees", accountId: 1, inBnb: trouble.inBnb })
      case "fill-part":
        return this.#onResting((order) => this.#fillPart(order, trouble))
      case "expire":
        return this.#onResting(({ orderId }) => this.#obey({ do: "expire-order", orderId }))
      case "owner":
        return this.#ownerBuys()
      case "sell-by-hand":
        return this.#sellByHand(trouble.share)
    }
  }

  /** Everything works again. */
  end(): void {
    const { exchange, sockets } = this.opened
    this.#isOver = true
    exchange.faults.clear()
    exchange.downUntilMs = 0
    Object.assign(sockets.users.path.trouble, calm)
    exchange.clock.skew(-exchange.clock.skewMs())
    this.#usualRules()
    this.#sockets("close")
  }

  #later(ms: number, act: () => void): void {
    this.surroundings.after(ms, () => {
      if (!this.#isOver) act()
    })
  }

  #usualRules(): void {
    const { markets } = this.opened.exchange.state.venue
    for (const [symbol, rules] of this.#usual) Object.assign(markets.get(symbol)!.rules, rules)
  }

  #sockets(how: "close" | "cut-off" | "shut-down"): void {
    const { sockets } = this.opened
    if (how === "close") sockets.close("all", 1006)
    else if (how === "cut-off") sockets.cutOff("all")
    else sockets.shutDown(1_000)
  }

  /** Buys that rest in the book. */
  #resting(): Order[] {
    const { venue } = this.opened.exchange.state
    return [...venue.orders.values()].filter(
      (order) =>
        isOpen(order) &&
        !isBracket(order) &&
        venue.market(order.symbol).resting.has(order.orderId) &&
        order.accountId === 1,
    )
  }

  /** As soon as an order rests in the book, within the next minute. */
  #onResting(act: (order: Order) => void, triesLeft = 60): void {
    const order = this.#resting().at(-1)
    if (order) act(order)
    else if (triesLeft > 0) this.#later(1_000, () => this.#onResting(act, triesLeft - 1))
  }

  #fillPart(order: Order, { share, isEndedAfter }: { share: number; isEndedAfter: boolean }): void {
    const { rules } = this.opened.exchange.state.venue.market(order.symbol)
    const wanted = BigInt(Math.floor(Number(leftOf(order) / rules.stepSize) * share)) * rules.stepSize
    if (wanted <= 0n) return
    this.#obey({ do: "fill-order", orderId: order.orderId, quantity: formatDecimal(wanted), isEndedAfter })
  }

  #ownerBuys(): void {
    const symbol = this.symbols[0]
    const { lastPrice } = this.opened.exchange.state.venue.market(symbol)
    const quantity = (100 / Number(formatDecimal(lastPrice))).toFixed(3)
    const params = { symbol, side: "BUY", type: "MARKET", quantity }
    this.#obey({ do: "operation", name: "order.place", accountId: 1, params })
  }

  /** A stop of a bot is cancelled and its coins are sold, within the next minute. */
  #sellByHand(share: number, triesLeft = 60): void {
    const { venue } = this.opened.exchange.state
    const stop = [...venue.orders.values()].findLast(
      (order) =>
        isOpen(order) &&
        (order.type.startsWith("STOP") || isBracket(order)) &&
        order.side === "SELL" &&
        order.status === "NEW",
    )
    if (!stop) return triesLeft > 0 ? this.#later(1_000, () => this.#sellByHand(share, triesLeft - 1)) : undefined
    const { symbol, orderId } = stop
    const { rules, lastPrice } = venue.market(symbol)
    const quantity = BigInt(Math.floor(Number(leftOf(stop) / rules.stepSize) * share)) * rules.stepSize
    const value = Number(formatDecimal(quantity)) * Number(formatDecimal(lastPrice))
    if (value < Number(formatDecimal(rules.minNotional)) * 1.05) return
    const id = `${HAND}${orderId}`
    const cancelled = { symbol, orderId: String(orderId), newClientOrderId: id }
    this.#obey({ do: "operation", name: "order.cancel", accountId: 1, params: cancelled })
    const params = { symbol, side: "SELL", type: "MARKET", quantity: formatDecimal(quantity), newClientOrderId: id }
    this.#obey({ do: "operation", name: "order.place", accountId: 1, params })
  }

  /** A refusal of the exchange is as good as nothing. */
  #obey(command: Command): void {
    try {
      obey(this.opened.exchange, command)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }
}

/** Coinbase's stop and target in one: it rests at its target. */
function isBracket({ type }: Order): boolean {
  return (type as string) === "LIMIT_STOP_BRACKET"
}
