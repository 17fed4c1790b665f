import type { LogEntry } from "../../exchange/simulated/event-log.ts"

type OrderEvent = {
  orderId: number
  symbol: string
  clientOrderId: string
  side: "BUY" | "SELL"
  type: string
  status: string
  tradeId?: number
  fillQuantity?: string
  commission?: string
  commissionAsset?: string
}

/** From and to, milliseconds of the exchange. */
type Stretch = readonly [fromMs: number, toMs: number]

/** What an exchange's own log says of one account. */
export type Verdict = {
  orders: number
  fills: number
  /** Client order ids that two orders had. */
  doubles: string[]
  /** Orders that are open at the end. */
  left: string[]
  /** What is held at the end, by holder, base units: what was bought less what was sold and the fees in the coin. */
  held: Record<string, number>
  /** The least that was ever held, by holder: below 0 more was sold than was there. */
  least: Record<string, number>
  /** The longest time that something was held without a stop, milliseconds of the exchange, and when it began. */
  longestUnprotectedMs: number
  unprotectedFromMs: number | undefined
}

type JudgeOptions = {
  accountId?: number
  /** Less than this is nothing, base units. */
  dust?: number | ((holder: string, symbol: string) => number)
  /** Who an order is of: what is held is counted apart for each. By default its symbol; undefined leaves it out. */
  holderOf?: (clientOrderId: string, symbol: string) => string | undefined
  /** Until when; by default to the log's end. */
  untilMs?: number
  /** Times in which nobody could have placed a stop: they do not count. */
  excused?: readonly Stretch[]
}

const alive = ["NEW", "PENDING_NEW", "PARTIALLY_FILLED", "TRIGGERED"]

/** Judges an account by the exchange's log alone. */
export function judge(
  entries: readonly LogEntry[],
  { accountId, dust = 1e-3, holderOf = (_, symbol) => symbol, untilMs, excused = [] }: JudgeOptions = {},
): Verdict {
  const orders = new Map<number, OrderEvent>()
  const numberOf = new Map<string, number>()
  const holders = new Map<string, Holder>()
  const doubles: string[] = []
  let fills = 0
  for (const entry of entries) {
    if (entry.kind !== "event" || (accountId !== undefined && entry.accountId !== accountId)) continue
    const about = entry.about as OrderEvent | undefined
    if (about?.orderId === undefined) continue
    const { orderId, clientOrderId, symbol } = about
    const name = holderOf(clientOrderId, symbol)
    if (name === undefined) continue
    if ((numberOf.get(clientOrderId) ?? orderId) !== orderId && !orders.has(orderId)) doubles.push(clientOrderId)
    numberOf.set(clientOrderId, orderId)
    orders.set(orderId, about)
    const least = typeof dust === "number" ? dust : dust(name, symbol)
    if (!holders.has(name)) holders.set(name, new Holder(least, excused))
    if (entry.event === "TRADE") fills++
    holders.get(name)!.hear(about, entry)
  }
  const endMs = untilMs ?? entries.at(-1)?.atMs ?? 0
  for (const holder of holders.values()) holder.end(endMs)
  const left = [...orders.values()].filter(({ status }) => alive.includes(status)).map((order) => order.clientOrderId)
  const worst = [...holders.values()].sort((one, other) => other.longestMs - one.longestMs)[0]
  const each = (read: (holder: Holder) => number) =>
    Object.fromEntries([...holders].map(([name, holder]) => [name, read(holder)]))
  return {
    orders: orders.size,
    fills,
    doubles,
    left,
    held: each(({ held }) => held),
    least: each(({ least }) => least),
    longestUnprotectedMs: worst?.longestMs ?? 0,
    unprotectedFromMs: worst?.longestFromMs,
  }
}

/** What one holder has, and since when it is without a stop. */
class Holder {
  held = 0
  least = 0
  longestMs = 0
  longestFromMs: number | undefined
  private nakedSinceMs: number | undefined
  private readonly stops = new Set<number>()

  constructor(
    private readonly dust: number,
    private readonly excused: readonly Stretch[],
  ) {}

  hear(about: OrderEvent, { event, atMs }: { event: string; atMs: number }): void {
    if (about.side === "SELL" && isProtecting(about)) this.stops.add(about.orderId)
    else this.stops.delete(about.orderId)
    if (event === "TRADE") this.trade(about)
    if (this.held > this.dust && this.stops.size === 0) this.nakedSinceMs ??= atMs
    else this.end(atMs)
  }

  end(atMs: number): void {
    if (this.nakedSinceMs === undefined) return
    const lastedMs = atMs - this.nakedSinceMs - excusedMs(this.excused, [this.nakedSinceMs, atMs])
    if (lastedMs > this.longestMs) {
      this.longestMs = lastedMs
      this.longestFromMs = this.nakedSinceMs
    }
    this.nakedSinceMs = undefined
  }

  private trade({ side, symbol, fillQuantity = "0", commission = "0", commissionAsset = "" }: OrderEvent): void {
    const fee = symbol.startsWith(commissionAsset) && commissionAsset !== "" ? Number(commission) : 0
    this.held += (side === "BUY" ? Number(fillQuantity) : -Number(fillQuantity)) - fee
    this.least = Math.min(this.least, this.held)
  }
}

/** How much of a stretch is in one of the others, each moment once. */
function excusedMs(excused: readonly Stretch[], [fromMs, toMs]: Stretch): number {
  let [sum, doneMs] = [0, fromMs]
  for (const [start, end] of [...excused].sort((one, other) => one[0] - other[0])) {
    const from = Math.max(start, doneMs)
    const to = Math.min(end, toMs)
    if (to <= from) continue
    sum += to - from
    doneMs = to
  }
  return sum
}

function isProtecting({ type, status }: OrderEvent): boolean {
  return /STOP/.test(type) && alive.includes(status) && status !== "PENDING_NEW"
}
