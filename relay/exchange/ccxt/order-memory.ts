import type { Fill, PlacedOrder } from "../exchange.ts"

const rank: Record<PlacedOrder["status"], number> = {
  waiting: 0,
  open: 1,
  expired: 2,
  cancelled: 2,
  rejected: 2,
  filled: 3,
}
const REMEMBERED = 10_000

/**
 * Remembers each order and fill, so that late, duplicate and reordered reports change nothing: a status never goes
 * back, a filled quantity never falls, a fill counts once.
 */
export class OrderMemory {
  private readonly orders = new Map<string, PlacedOrder>()
  private readonly fillIds = new Set<string>()

  /** The updated order when the report brings news; undefined when it brings none. */
  learnOrder(order: PlacedOrder): PlacedOrder | undefined {
    const key = `${order.market} ${order.exchangeOrderId}`
    const known = this.orders.get(key)
    const merged = known ? mergeOrders(known, order) : order
    if (known && merged.status === known.status && merged.filledQuantity === known.filledQuantity) return undefined
    remember(this.orders, key, merged)
    return merged
  }

  /** Whether the fill is new. */
  learnFill({ market, fillId, exchangeOrderId }: Fill): boolean {
    // Both sides of a self-trade carry the same trade id.
    const key = `${market} ${fillId} ${exchangeOrderId}`
    if (this.fillIds.has(key)) return false
    this.fillIds.add(key)
    if (this.fillIds.size > REMEMBERED) this.fillIds.delete(this.fillIds.values().next().value!)
    return true
  }

  /** Whether the order of a fill is known to be over. */
  isFinished({ market, exchangeOrderId }: Fill): boolean {
    const known = this.orders.get(`${market} ${exchangeOrderId}`)
    return known !== undefined && rank[known.status] >= 2
  }

  /** Orders not known to be over. */
  unfinished(): PlacedOrder[] {
    return [...this.orders.values()].filter(({ status }) => rank[status] < 2)
  }
}

function mergeOrders(known: PlacedOrder, reported: PlacedOrder): PlacedOrder {
  const isFurther = rank[reported.status] > rank[known.status]
  const isFuller = Number(reported.filledQuantity) > Number(known.filledQuantity)
  const newer = isFurther || (isFuller && rank[reported.status] >= rank[known.status]) ? reported : known
  const fuller = isFuller ? reported : known
  return {
    ...newer,
    filledQuantity: fuller.filledQuantity,
    filledQuote: fuller.filledQuote,
    updatedMs: Math.max(known.updatedMs, reported.updatedMs),
  }
}

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key)
  map.set(key, value)
  if (map.size > REMEMBERED) map.delete(map.keys().next().value!)
}
