import { actWords } from "./bot-words.ts"
import type { MarketDesk } from "./market-desk.ts"
import { activeStop } from "./next-act.ts"
import type { OpenedBot } from "./opened-bot.ts"

/** A market that does not trade is looked at this often; more often where coins there have no stop. */
const LOOK_MS = 15_000
const BARE_LOOK_MS = 3_000

/** Knows of markets whether they take orders: into one that does not, nothing is sent that would cost a stop. */
export class MarketHalt {
  constructor(private readonly opened: OpenedBot) {}

  /**
   * Whether a stop may be taken away for what comes in its place. An exchange that does not say counts as before; where
   * its smallest order has changed, the rules are read anew and what to do is to be thought over.
   */
  async mayReplace(desk: MarketDesk): Promise<boolean> {
    const now = await this.opened.account.marketNow(desk.name)
    if (now === undefined) return desk.isTrading
    desk.isTrading = now.isOpen
    if (!desk.heardLeast(now)) return desk.isTrading
    await this.opened.renewRules(desk)
    return false
  }

  /** The exchange has refused an order because the market is closed. */
  refused(desk: MarketDesk): void {
    desk.isTrading = false
  }

  /** Looks from time to time whether a market that did not trade does so again. */
  async look(desk: MarketDesk): Promise<void> {
    const { account, parts } = this.opened
    if (desk.isTrading) return
    const nowMs = parts.surroundings.steadyMs()
    const nextMs = nowMs + (this.#isBare(desk) ? BARE_LOOK_MS : LOOK_MS)
    if (desk.halt === undefined) desk.halt = { untilMs: nextMs, isTold: false }
    if (nowMs < desk.halt.untilMs) return
    desk.halt.untilMs = nextMs
    if (!(await account.marketNow(desk.name))?.isOpen) return
    const { isTold } = desk.halt
    desk.halt = undefined
    await this.opened.renewRules(desk)
    desk.isTrading = true
    if (isTold) await this.opened.keep([actWords.tradesAgain(desk.name)])
  }

  #isBare(desk: MarketDesk): boolean {
    return this.opened.held(desk) > 0 && activeStop(this.opened.orders.of(desk.name)) === undefined
  }

  /** Something waits for it: its owner hears so, once. */
  async tell(desk: MarketDesk): Promise<void> {
    const { account, parts } = this.opened
    if (desk.halt === undefined || desk.halt.isTold) return
    desk.halt.isTold = true
    const nextMs = account.nowMs() + desk.halt.untilMs - parts.surroundings.steadyMs()
    await this.opened.keep([actWords.halted(desk.name, account.exchange.name, nextMs)])
  }
}
