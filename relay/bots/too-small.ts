import { MINUTE_MS } from "#engine/candles"
import { actWords } from "./bot-words.ts"
import type { MarketDesk } from "./market-desk.ts"
import { activeStop, isTooSmallNow, type Standing } from "./next-act.ts"
import type { OpenedBot } from "./opened-bot.ts"

/** The exchange's smallest order is read anew so often while something waits for it. */
const LOOK_MS = MINUTE_MS

/** What was large enough to be sold and is no more: it stays the bot's, its owner hears so once, and it is looked at again. */
export class TooSmall {
  constructor(private readonly opened: OpenedBot) {}

  /** Returns whether the rules were read anew: then what to do is to be thought over. */
  async look(desk: MarketDesk, at: Standing): Promise<boolean> {
    if (!isTooSmallNow(at)) {
      desk.small = undefined
      return false
    }
    const nowMs = this.opened.parts.surroundings.steadyMs()
    const isNew = desk.small === undefined
    if (!isNew && nowMs < desk.small!.untilMs) return false
    desk.small = { untilMs: nowMs + LOOK_MS }
    if (isNew) await this.opened.keep([actWords.tooSmallNow(desk, at.owned, activeStop(at.orders) !== undefined)])
    else await this.opened.renewRules(desk)
    return !isNew
  }
}
