import type { LogEntry } from "../../exchange/simulated/event-log.ts"

type OrderEvent = {
  orderId: number
  /** Of the entry and the exits that came with it; -1: none. */
  listId?: number
  symbol: string
  clientOrderId: string
  side: "BUY" | "SELL"
  type: string
  status: string
  tradeId?: number
  quantity: string
  executed: string
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
  /** How often a mere cancel left something held without a stop. */
  bared: number
}

/** The same for all that was without a stop, or by when it was. */
type Excused = readonly Stretch[] | ((naked: Stretch) => readonly Stretch[])

type JudgeOptions = {
  accountId?: number
  /** Less than this is nothing, base units. */
  dust?: number | ((holder: string, symbol: string) => number)
  /** Who an order is of: what is held is counted apart for each. By default its symbol; undefined leaves it out. */
  holderOf?: (clientOrderId: string, symbol: string, orderId: number) => string | undefined
  /** Until when; by default to the log's end. */
  untilMs?: number
  /** A rest below this after a sale belongs to nobody any more, base units. */
  step?: (symbol: string, atMs: number) => number
  /** What holders gave up because it cannot be sold, in the order of time. */
  writtenOff?: readonly { holder: string; atMs: number; quantity: number }[]
  /** Times in which nobody could have placed a stop: they do not count. */
  excused?: Excused
  /** Coins that the account does not have need no stop. For logs that begin with its first deposit. */
  isWholeLog?: boolean
}

/** Stop and target in one order. */
const BRACKET = "LIMIT_STOP_BRACKET"

const alive = ["NEW", "PENDING_NEW", "PARTIALLY_FILLED", "TRIGGERED"]

/** Judges an account by the exchange's log alone. */
export function judge(
  entries: readonly LogEntry[],
  {
    accountId,
    dust = 1e-3,
    holderOf = (_, symbol) => symbol,
    untilMs,
    excused = [],
    step,
    writtenOff = [],
    isWholeLog = false,
  }: JudgeOptions = {},
): Verdict {
  const orders = new Map<number, OrderEvent>()
  const numberOf = new Map<string, number>()
  const listsOf = new ListHolders(holderOf)
  const holders = new Map<string, Holder>()
  const doubles: string[] = []
  const coins = isWholeLog ? new AccountCoins() : undefined
  /** Coins of the account that no stop would sell. */
  const unprotectedIn = (symbol: string) => () => {
    if (!coins) return Infinity
    const covered = [...holders].reduce((sum, [name, one]) => sum + (name.endsWith(symbol) ? one.covered : 0), 0)
    return coins.of(symbol) - covered
  }
  const lookAgain = (symbol: string, atMs: number) => {
    for (const [name, holder] of holders) if (name.endsWith(symbol)) holder.look(atMs)
  }
  let [fills, isCancel] = [0, false]
  const rests = [...writtenOff]
  for (const entry of entries) {
    if (entry.kind === "command") isCancel = isOwnCancel(entry)
    if (entry.kind !== "event" || (accountId !== undefined && entry.accountId !== accountId)) continue
    coins?.hear(entry)
    const about = entry.about as OrderEvent | undefined
    if (about?.orderId === undefined) continue
    const { orderId, clientOrderId, symbol } = about
    const name = listsOf.holderOf(about)
    while (rests.length > 0 && rests[0].atMs <= entry.atMs) {
      const { holder: whose, quantity, atMs } = rests.shift()!
      holders.get(whose)?.giveUp(quantity, atMs)
    }
    if (name === undefined) {
      if (coins) lookAgain(symbol, entry.atMs)
      continue
    }
    if ((numberOf.get(clientOrderId) ?? orderId) !== orderId && !orders.has(orderId)) doubles.push(clientOrderId)
    numberOf.set(clientOrderId, orderId)
    orders.set(orderId, about)
    const least = typeof dust === "number" ? dust : dust(name, symbol)
    if (!holders.has(name)) holders.set(name, new Holder(least, excused, unprotectedIn(symbol)))
    if (entry.event === "TRADE") fills++
    const holder = holders.get(name)!
    const hadStop = holder.hasStop(about)
    holder.hear(about, entry, step?.(symbol, entry.atMs) ?? 0)
    if (isCancel && hadStop && holder.isNaked && entry.event === "CANCELED") holder.bared++
  }
  for (const { holder, quantity, atMs } of rests) holders.get(holder)?.giveUp(quantity, atMs)
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
    bared: [...holders.values()].reduce((sum, holder) => sum + holder.bared, 0),
  }
}

/** Whose orders are: exits that an exchange named itself are of whom their entry is. */
class ListHolders {
  readonly #holders = new Map<number, string | undefined>()

  constructor(private readonly holderOfId: NonNullable<JudgeOptions["holderOf"]>) {}

  holderOf({ clientOrderId, symbol, orderId, listId = -1 }: OrderEvent): string | undefined {
    const own = this.holderOfId(clientOrderId, symbol, orderId)
    if (listId === -1) return own
    if (!this.#holders.has(listId)) this.#holders.set(listId, own)
    return own ?? this.#holders.get(listId)
  }
}

/** Of a relay's: the owner's own begin otherwise. */
function isOwnCancel({ command }: Extract<LogEntry, { kind: "command" }>): boolean {
  if (command.do !== "operation" || command.name !== "order.cancel") return false
  return !command.params.newClientOrderId?.startsWith("hand-")
}

/** What one holder has, and since when it is without a stop. */
class Holder {
  held = 0
  /** With what was given up. */
  private all = 0
  least = 0
  bared = 0
  longestMs = 0
  longestFromMs: number | undefined
  private nakedSinceMs: number | undefined
  /** What each stop would still sell. */
  private readonly stops = new Map<number, number>()

  constructor(
    private readonly dust: number,
    private readonly excused: Excused,
    /** How many of the account's coins have no stop. */
    private readonly unprotected: () => number,
  ) {}

  hear(about: OrderEvent, { event, atMs }: { event: string; atMs: number }, step: number): void {
    if (isStop(about) && isProtecting(about)) this.stops.set(about.orderId, leftOf(about))
    else this.stops.delete(about.orderId)
    if (event === "TRADE") this.trade(about)
    if (event === "TRADE" && about.side === "SELL" && this.held < step) this.held = 0
    this.look(atMs)
  }

  /** Whether all that is held has a stop. */
  look(atMs: number): void {
    if (Math.min(this.held - this.covered, this.unprotected()) > this.dust) this.nakedSinceMs ??= atMs
    else this.end(atMs)
  }

  /** What its stops would sell. */
  get covered(): number {
    return [...this.stops.values()].reduce((sum, left) => sum + left, 0)
  }

  /** Gives up what cannot be sold. */
  giveUp(quantity: number, atMs: number): void {
    this.held -= quantity
    this.look(atMs)
  }

  hasStop({ orderId }: OrderEvent): boolean {
    return this.stops.has(orderId)
  }

  get isNaked(): boolean {
    return this.nakedSinceMs !== undefined
  }

  end(atMs: number): void {
    if (this.nakedSinceMs === undefined) return
    const naked = [this.nakedSinceMs, atMs] as const
    const excused = typeof this.excused === "function" ? this.excused(naked) : this.excused
    const lastedMs = atMs - this.nakedSinceMs - excusedMs(excused, naked)
    if (lastedMs > this.longestMs) {
      this.longestMs = lastedMs
      this.longestFromMs = this.nakedSinceMs
    }
    this.nakedSinceMs = undefined
  }

  private trade({ side, symbol, fillQuantity = "0", commission = "0", commissionAsset = "" }: OrderEvent): void {
    const fee = symbol.startsWith(commissionAsset) && commissionAsset !== "" ? Number(commission) : 0
    const change = (side === "BUY" ? Number(fillQuantity) : -Number(fillQuantity)) - fee
    this.held += change
    this.least = Math.min(this.least, (this.all += change))
  }
}

/** What an account has of each coin, whoever's it is. */
class AccountCoins {
  private readonly amounts = new Map<string, number>()

  hear({ event, about }: Extract<LogEntry, { kind: "event" }>): void {
    const { symbol, side, fillQuantity, commission, commissionAsset, asset, delta } = about
    if (event === "DEPOSIT") this.add(String(asset), Number(delta))
    if (event !== "TRADE") return
    this.add(coinOf(String(symbol)), side === "BUY" ? Number(fillQuantity) : -Number(fillQuantity))
    this.add(String(commissionAsset), -Number(commission))
  }

  of(symbol: string): number {
    return this.amounts.get(coinOf(symbol)) ?? 0
  }

  private add(coin: string, change: number): void {
    this.amounts.set(coin, (this.amounts.get(coin) ?? 0) + change)
  }
}

/** Markets are quoted in dollars here. */
function coinOf(symbol: string): string {
  return symbol.replace(/-?USDT?$/, "")
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

function isStop({ type, side }: OrderEvent): boolean {
  return side === "SELL" && (type.includes("STOP") || type === BRACKET)
}

function isProtecting({ status }: OrderEvent): boolean {
  return alive.includes(status) && status !== "PENDING_NEW"
}

function leftOf({ quantity, executed }: OrderEvent): number {
  return Number(quantity) - Number(executed)
}
