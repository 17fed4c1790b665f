import type { AttachedTo, MarketName, OrderName, PlacedOrder } from "../exchange.ts"
import { isNotFound } from "../failure.ts"
import type { CcxtClient } from "./ccxt-client.ts"
import { numberByOurId } from "./ccxt-pages.ts"
import { orderFromCcxt } from "./ccxt-shapes.ts"
import { type AskVenue, unnumberedExit } from "./protection.ts"
import type { Dialect } from "./venue-dialect.ts"

/** An exit that is not there so long after its entry filled never comes: the exchange did not take it. */
const ATTACHED_COMES_MS = 10_000

/** Finds one order at an exchange, however it is named there. The client's markets are loaded before. */
export class OrderLookup {
  constructor(
    private readonly client: CcxtClient,
    private readonly dialect: Dialect,
    private readonly ask: AskVenue,
    /** The exchange's time, as well as we know it. */
    private readonly nowMs: () => number,
  ) {}

  /** Undefined when the exchange says it has no such order. */
  order(name: OrderName): Promise<PlacedOrder | undefined> {
    const { exit } = this.dialect.protection
    const isUnnumbered = exit !== undefined && name.attachedTo !== undefined && !name.exchangeOrderId
    return isUnnumbered ? this.exitOf(name, name.attachedTo!) : this.found(name)
  }

  /** The exchange's number of an order: "" where our id works too, undefined where it has no such order. */
  async numberOf({ market, exchangeOrderId, clientOrderId }: OrderName): Promise<string | undefined> {
    if (exchangeOrderId) return exchangeOrderId
    if (this.dialect.knowsOurIds || clientOrderId === undefined) return ""
    return numberByOurId(this.client, market, clientOrderId)
  }

  /** By its number or our id. */
  private async found(name: OrderName): Promise<PlacedOrder | undefined> {
    try {
      const exchangeOrderId = await this.numberOf(name)
      if (exchangeOrderId === undefined) return undefined
      const params = this.dialect.nameParams(exchangeOrderId === "" ? name : { market: name.market })
      return orderFromCcxt((await this.client.fetchOrder(exchangeOrderId, name.market, params)) as never)
    } catch (error) {
      if (isNotFound(error)) return this.olderOrder(name)
      throw error
    }
  }

  private async olderOrder(name: OrderName): Promise<PlacedOrder | undefined> {
    const row = await this.dialect.olderOrder?.(this.ask, name)
    return row && this.read(row, name.market)
  }

  private read(row: object, market: MarketName): PlacedOrder {
    return orderFromCcxt(this.client.parseOrder(row, this.client.market(market)) as never)
  }

  /** An exit that the exchange named itself, by its entry. */
  private async exitOf(
    name: OrderName,
    { exitPrice, others = [], ...named }: AttachedTo,
  ): Promise<PlacedOrder | undefined> {
    const { market } = name
    const entry = await this.found({ market, ...named })
    if (entry === undefined) return undefined
    const wanted = { marketId: String(this.client.marketId(market)), entry, exitPrice, others }
    const hasBegun = Number(entry.filledQuantity) > 0
    const exit = hasBegun ? await this.dialect.protection.exit!(this.ask, wanted) : undefined
    const isOverdue = hasBegun && this.nowMs() - entry.updatedMs > ATTACHED_COMES_MS
    return exit ? this.read(exit, market) : unnumberedExit(name, entry, isOverdue)
  }
}
