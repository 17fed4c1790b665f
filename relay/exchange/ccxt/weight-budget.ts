import type { RealVenueId } from "#venues"
import type { Cancel, Surroundings } from "../../surroundings.ts"
import { NotSent } from "../gate.ts"

/** The most urgent first: what lessens risk, what settles an unknown, what keeps a position safe, entries, the rest. */
const priorities = ["exit", "settle", "protect", "enter", "look"] as const
export type Priority = (typeof priorities)[number]

/** How much of the budget each may use: what is urgent always finds room. */
const shares: Record<Priority, number> = { exit: 1, settle: 0.95, protect: 0.9, enter: 0.8, look: 0.6 }
/** How long we are silent when the exchange does not say. */
const SILENT_MS = 60_000
const BANNED_MS = 120_000
const FIRST_SILENT_MS = 1_000

/** What an exchange allows one address in any stretch of this length. */
export type BudgetRules = { windowMs: number; mostWeight: number }

/** What the exchanges allow one address. */
export const budgetRules: Record<RealVenueId, BudgetRules> = {
  // https://developers.binance.com/docs/binance-spot-api-docs/rest-api/limits
  binance: { windowMs: 60_000, mostWeight: 6_000 },
  // https://bybit-exchange.github.io/docs/v5/rate-limit
  bybit: { windowMs: 5_000, mostWeight: 600 },
  // https://docs.cdp.coinbase.com/coinbase-app/advanced-trade-apis/rest-api-rate-limits
  coinbase: { windowMs: 1_000, mostWeight: 30 },
}

/** What an answer said about the budget. */
export type BudgetNews = {
  status: number
  usedWeight: number | undefined
  retryAfterMs: number | undefined
  /** Where a refusal does not say for how long it holds, it is tried again after a while that doubles up to this. */
  atMostMs?: number
}

type Waiting = { priority: Priority; weight: number; go: () => void; stop: (error: NotSent) => void }

/**
 * What this computer's address may ask of one exchange, for all bots and accounts together. Requests wait for room,
 * the urgent ones first; once the exchange says that it is too much, none leaves until it may: asking on would only
 * make a ban longer.
 */
export class WeightBudget {
  private spent: { atMs: number; weight: number }[] = []
  private waiting: Waiting[] = []
  private silence: { untilMs: number; reason: "busy" | "banned" } | undefined
  /** How long the newest silence was that the exchange did not measure; 0 after an answer. */
  private unsaidMs = 0
  private wake: Cancel | undefined

  constructor(
    private readonly clock: Pick<Surroundings, "steadyMs" | "after">,
    private readonly rules: BudgetRules,
  ) {}

  /** Waits for a request's turn; rejected, and nothing is sent, while the exchange wants silence. */
  turn(priority: Priority, weight: number): Promise<void> {
    return new Promise((go, stop) => {
      const rank = priorities.indexOf(priority)
      const place = this.waiting.findIndex((one) => priorities.indexOf(one.priority) > rank)
      this.waiting.splice(place === -1 ? this.waiting.length : place, 0, { priority, weight, go, stop })
      this.serve()
    })
  }

  /** Learns from an answer: others at this address spend too, and the exchange's word counts. */
  heard({ status, usedWeight, retryAfterMs, atMostMs }: BudgetNews): void {
    const atMs = this.clock.steadyMs()
    const others = (usedWeight ?? 0) - this.used()
    if (others > 0) this.spent.push({ atMs, weight: others })
    if (status < 400) this.unsaidMs = 0
    if (status !== 429 && status !== 418) return
    // Several that were on their way are refused together: that is one refusal.
    if (atMostMs !== undefined && this.silent()) return
    if (atMostMs !== undefined) retryAfterMs = this.nextUnsaidMs(atMostMs)
    const reason = status === 418 ? "banned" : "busy"
    this.silence = { untilMs: atMs + (retryAfterMs ?? (status === 418 ? BANNED_MS : SILENT_MS)), reason }
    this.serve()
  }

  private nextUnsaidMs(atMostMs: number): number {
    return (this.unsaidMs = Math.min(atMostMs, Math.max(FIRST_SILENT_MS, this.unsaidMs * 2)))
  }

  private serve(): void {
    this.wake?.()
    this.wake = undefined
    const silent = this.silent()
    if (silent) for (const { stop } of this.waiting.splice(0)) stop(silent)
    while (this.waiting.length > 0 && this.hasRoom(this.waiting[0])) this.send(this.waiting.shift()!)
    if (this.waiting.length > 0) this.wake = this.clock.after(this.untilRoomMs(), () => this.serve())
  }

  private send({ weight, go }: Waiting): void {
    this.spent.push({ atMs: this.clock.steadyMs(), weight })
    go()
  }

  private hasRoom({ priority, weight }: Waiting): boolean {
    const used = this.used()
    // What is larger than its whole share goes alone.
    return used === 0 || used + weight <= this.rules.mostWeight * shares[priority]
  }

  private untilRoomMs(): number {
    return this.spent[0].atMs + this.rules.windowMs - this.clock.steadyMs() + 1
  }

  private used(): number {
    const fromMs = this.clock.steadyMs() - this.rules.windowMs
    this.spent = this.spent.filter(({ atMs }) => atMs >= fromMs)
    return this.spent.reduce((sum, { weight }) => sum + weight, 0)
  }

  private silent(): NotSent | undefined {
    if (!this.silence) return undefined
    const { untilMs, reason } = this.silence
    const leftMs = untilMs - this.clock.steadyMs()
    if (leftMs > 0)
      return new NotSent(`the exchange wants no requests for ${Math.ceil(leftMs / 1000)} s`, reason, leftMs)
    this.silence = undefined
    return undefined
  }
}
