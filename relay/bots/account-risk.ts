import type { Ledger } from "../ledger/ledger.ts"
import type { OwnOrder } from "../ledger/own-order.ts"
import type { Position } from "../ledger/position.ts"
import type { BotRunner } from "./bot-runner.ts"
import { keptStanding, riskOf, valueOf } from "./kept-standing.ts"
import type { OwnOrders } from "./own-orders.ts"

type RiskDeps = {
  ledger: Ledger
  runners: ReadonlySet<BotRunner>
  recentBots: () => Promise<string[]>
  /** What was bought by hand and not sold by hand. */
  byHand: () => Promise<Position[]>
}

/** What was bought, and what was bought or is being bought, by market. Quote currency. */
type Held = { value: number; risk: ReadonlyMap<string, number> }

/** What is read from the disk: bots that are not open, and what was bought by hand. */
export type ReadRisk = { bots: ReadonlyMap<string, Held>; byHand: Held; handChanges: number }

/** An entry that was allowed and has not become an order yet. Quote currency. */
export type Reserved = { market: string; value: number }

/** What an account has at risk, counted at one moment: bots that are open, those that are not, hands, and what was just allowed. */
export class AccountRisk {
  /** Orders by hand that are not over. */
  handOrders: Pick<OwnOrders, "all" | "booked"> | undefined
  readonly #reserved = new Set<Reserved>()
  readonly #kept = new Map<string, Promise<Held>>()
  #byHand: Promise<Held> | undefined
  #handChanges = 0

  constructor(private readonly deps: RiskDeps) {}

  /** It counts from now on, until what is returned is called. */
  reserve(reserved: Reserved): () => void {
    this.#reserved.add(reserved)
    return () => void this.#reserved.delete(reserved)
  }

  get reservedOrders(): number {
    return this.#reserved.size
  }

  /** Something was bought or sold by hand. */
  changedByHand(): void {
    this.#handChanges++
    this.#byHand = undefined
  }

  /** A bot is not open any more: what it has is on the disk. */
  closed(botId: string): void {
    this.#kept.delete(botId)
  }

  async read(): Promise<ReadRisk> {
    const handChanges = this.#handChanges
    this.#byHand ??= this.deps.byHand().then(heldByHand)
    this.#byHand.catch(() => (this.#byHand = undefined))
    const byHand = await this.#byHand
    const recent = await this.deps.recentBots()
    const open = new Set(this.#open.map(({ bot }) => bot.id))
    for (const id of open) this.#kept.delete(id)
    const closed = [...new Set([...recent, ...this.#unopened])].filter((id) => !open.has(id))
    const bots = await Promise.all(closed.map(async (id) => [id, await this.#keptOf(id)] as const))
    return { bots: new Map(bots), byHand, handChanges }
  }

  /** Whether what was read is not all any more. */
  isOld({ bots, handChanges }: ReadRisk): boolean {
    return handChanges !== this.#handChanges || this.#unopened.some((id) => !bots.has(id))
  }

  /** By market, at this moment. */
  now(read: ReadRisk): Map<string, number> {
    const risk = new Map<string, number>()
    const add = (market: string, value: number) => risk.set(market, (risk.get(market) ?? 0) + value)
    const hands = this.handOrders ? riskOf([], this.handOrders.all, this.handOrders.booked) : new Map<string, number>()
    const all = [...this.#open.map((runner) => runner.atRisk()), ...this.#closed(read).map((held) => held.risk)]
    for (const one of [...all, read.byHand.risk, hands]) for (const [market, value] of one) add(market, value)
    for (const { market, value } of this.#reserved) add(market, value)
    return risk
  }

  /** What is held is worth, at this moment; what is only being bought is no part of it. */
  heldValue(read: ReadRisk): number {
    const open = this.#open.map((runner) => runner.invested())
    const closed = this.#closed(read).map(({ value }) => value)
    return [...open, ...closed, read.byHand.value].reduce((sum, value) => sum + value, 0)
  }

  get #open(): BotRunner[] {
    return [...this.deps.runners].filter(({ isOpen }) => isOpen)
  }

  get #unopened(): string[] {
    const unopened = [...this.deps.runners].filter(({ isOpen, bot }) => !isOpen && bot.status !== "stopped")
    return unopened.map(({ bot }) => bot.id)
  }

  #closed({ bots }: ReadRisk): Held[] {
    const open = new Set(this.#open.map(({ bot }) => bot.id))
    return [...bots].flatMap(([id, held]) => (open.has(id) ? [] : held))
  }

  #keptOf(id: string): Promise<Held> {
    const known = this.#kept.get(id)
    if (known) return known
    const held = this.#readKept(id)
    this.#kept.set(id, held)
    held.catch(() => this.#kept.delete(id))
    return held
  }

  async #readKept(id: string): Promise<Held> {
    const { ledger } = this.deps
    const bot = await ledger.bot(id)
    if (bot === undefined || bot.status === "stopped") return nothing
    const { positions, orders } = await keptStanding(ledger, bot)
    const bookedOf = await bookedIn(ledger, orders)
    return { value: valueOf(positions), risk: riskOf(positions, orders, bookedOf) }
  }
}

const nothing: Held = { value: 0, risk: new Map() }

/** At what it cost. */
function heldByHand(positions: readonly Position[]): Held {
  const bought = positions.map(({ market, quantity, entryPrice }) => ({
    market,
    quantity: Number(quantity),
    price: Number(entryPrice),
  }))
  return { value: valueOf(bought), risk: riskOf(bought, [], () => 0) }
}

async function bookedIn(ledger: Ledger, orders: readonly OwnOrder[]): Promise<(order: OwnOrder) => number> {
  const fills = await ledger.fillsOf(orders.map(({ clientOrderId }) => clientOrderId))
  return ({ clientOrderId }) =>
    fills.filter((fill) => fill.clientOrderId === clientOrderId).reduce((sum, fill) => sum + Number(fill.quantity), 0)
}
