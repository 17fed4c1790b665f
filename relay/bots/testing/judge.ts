import type { LogEntry } from "../../exchange/simulated/event-log.ts"

type OrderEvent = {
  orderId: number
  symbol: string
  clientOrderId: string
  side: "BUY" | "SELL"
  type: string
  status: string
  fillQuantity?: string
}

/** What an exchange's own log says of one account. */
export type Verdict = {
  orders: number
  fills: number
  /** Client order ids that two orders had. */
  doubles: string[]
  /** Orders that are open at the end. */
  left: string[]
  /** What is held at the end, by symbol, base units. */
  held: Record<string, number>
  /** The longest time that something was held without a stop, milliseconds of the exchange. */
  longestUnprotectedMs: number
}

const alive = ["NEW", "PENDING_NEW", "PARTIALLY_FILLED", "TRIGGERED"]

/**
 * Judges an account by the exchange's log alone. Less than `dust` base units is nothing: the log's fills still have the
 * fees that were taken in the coin.
 */
export function judge(
  entries: readonly LogEntry[],
  { accountId, dust = 1e-3 }: { accountId?: number; dust?: number } = {},
): Verdict {
  const orders = new Map<number, OrderEvent>()
  const held: Record<string, number> = {}
  const nakedSince: Record<string, number> = {}
  const doubles: string[] = []
  let [fills, longestUnprotectedMs] = [0, 0]
  for (const entry of entries) {
    if (entry.kind !== "event" || (accountId !== undefined && entry.accountId !== accountId)) continue
    const about = entry.about as OrderEvent | undefined
    if (about?.orderId === undefined) continue
    if (!orders.has(about.orderId) && [...orders.values()].some((other) => other.clientOrderId === about.clientOrderId))
      doubles.push(about.clientOrderId)
    orders.set(about.orderId, about)
    const { symbol } = about
    if (entry.event === "TRADE") {
      fills++
      held[symbol] = (held[symbol] ?? 0) + Number(about.fillQuantity) * (about.side === "BUY" ? 1 : -1)
    }
    const hasStop = [...orders.values()].some(
      (order) => order.symbol === symbol && order.side === "SELL" && isProtecting(order),
    )
    if ((held[symbol] ?? 0) > dust && !hasStop) nakedSince[symbol] ??= entry.atMs
    else if (nakedSince[symbol] !== undefined) {
      longestUnprotectedMs = Math.max(longestUnprotectedMs, entry.atMs - nakedSince[symbol])
      delete nakedSince[symbol]
    }
  }
  const last = entries.at(-1)?.atMs ?? 0
  for (const since of Object.values(nakedSince)) longestUnprotectedMs = Math.max(longestUnprotectedMs, last - since)
  const left = [...orders.values()].filter(({ status }) => alive.includes(status)).map((order) => order.clientOrderId)
  return { orders: orders.size, fills, doubles, left, held, longestUnprotectedMs }
}

function isProtecting({ type, status }: OrderEvent): boolean {
  return /STOP/.test(type) && alive.includes(status) && status !== "PENDING_NEW"
}
