import { timeframesMs } from "#engine/candles"
import { stopAmong } from "./kept-standing.ts"
import type { MarketDesk } from "./market-desk.ts"
import { MarketQuiet } from "./market-quiet.ts"
import { type Act, activeStop } from "./next-act.ts"
import type { OpenedBot } from "./opened-bot.ts"
import { standstillWords } from "./standstill-words.ts"

/** A market that does not trade is looked at this often; more often where coins there have no stop. */
const LOOK_MS = 15_000
const BARE_LOOK_MS = 3_000

/** A stop that was moved is moved again at the next close: what the market takes is asked for so long before it. */
const AHEAD_MS = 500
/** A close that is this near is prepared for. */
const NEAR_MS = 2_500

/** Knows of markets whether they take orders: into one that does not, nothing is sent that would cost a stop. */
export class MarketHalt {
  readonly #quiet: MarketQuiet

  constructor(private readonly opened: OpenedBot) {
    this.#quiet = new MarketQuiet(opened)
  }

  /**
   * Whether a stop may be taken away for what comes in its place. An exchange that does not say counts as before; where
   * its smallest order has changed, the rules are read anew and what to do is to be thought over.
   */
  async mayReplace(desk: MarketDesk, by: Act["do"]): Promise<boolean> {
    const { account } = this.opened
    const now = await (by === "protect" ? account.marketForStop(desk.name) : account.marketNow(desk.name))
    if (now === undefined) return desk.isTrading
    desk.isTrading = now.isOpen
    if (!desk.heardLeast(now)) return desk.isTrading
    await this.opened.renewRules(desk)
    return false
  }

  /** Asks just before a close for a stop that was moved at the one before: then it is moved without a wait for the answer. */
  askAhead(desk: MarketDesk): void {
    const { account, candleMs, parts } = this.opened
    const knownMs = account.knownMs()
    const timeframeMs = timeframesMs[parts.strategy.timeframe]
    const closeMs = candleMs + timeframeMs
    const isMoving = desk.stopMovedMs >= candleMs - timeframeMs && this.opened.held(desk) > 0
    if (knownMs === undefined || !isMoving || desk.askedAheadMs === closeMs) return
    const leftMs = closeMs - knownMs
    if (leftMs > NEAR_MS || leftMs < 0) return
    desk.askedAheadMs = closeMs
    parts.surroundings.after(leftMs - AHEAD_MS, () => account.askAhead(desk.name))
  }

  /** The exchange has refused an order because the market is closed. */
  refused(desk: MarketDesk): void {
    desk.isTrading = false
  }

  /** Looks whether a market trades and sends candles, and lets its owner know once what has changed. */
  async look(desk: MarketDesk): Promise<void> {
    if (desk.isTrading) await this.#quiet.look(desk)
    if (desk.isTrading) return
    const nowMs = this.opened.parts.surroundings.steadyMs()
    const nextMs = nowMs + (this.#isBare(desk) ? BARE_LOOK_MS : LOOK_MS)
    desk.halt ??= { untilMs: nextMs, isTold: false }
    await this.#tell(desk, desk.halt)
    if (nowMs < desk.halt.untilMs) return
    desk.halt.untilMs = nextMs
    if ((await this.opened.account.marketNow(desk.name))?.isOpen) await this.#goOn(desk)
  }

  async #goOn(desk: MarketDesk): Promise<void> {
    const { account } = this.opened
    const isTold = desk.halt?.isTold
    desk.halt = desk.quiet = undefined
    // Its next candle is due from now on.
    desk.heardMs = Math.max(desk.heardMs, account.nowMs())
    await this.opened.renewRules(desk)
    desk.isTrading = true
    if (isTold) await this.opened.keep([standstillWords.tradesAgain(desk)])
  }

  #isBare(desk: MarketDesk): boolean {
    return this.opened.held(desk) > 0 && activeStop(this.opened.orders.of(desk.name)) === undefined
  }

  async #tell(desk: MarketDesk, halt: NonNullable<MarketDesk["halt"]>): Promise<void> {
    if (halt.isTold) return
    halt.isTold = true
    const { account, parts, orders } = this.opened
    const it = { held: this.opened.held(desk), stop: stopAmong(orders.of(desk.name), desk.name) }
    const nextMs = account.nowMs() + halt.untilMs - parts.surroundings.steadyMs()
    await this.opened.keep([standstillWords.halted(desk, it, { exchange: account.exchange.name, nextMs })])
  }
}
