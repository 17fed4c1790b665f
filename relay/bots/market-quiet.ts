import { MINUTE_MS, timeframesMs } from "#engine/candles"
import { stopAmong } from "./kept-standing.ts"
import type { MarketDesk } from "./market-desk.ts"
import type { OpenedBot } from "./opened-bot.ts"
import { standstillWords } from "./standstill-words.ts"

/** So many candles that did not come are news. */
const MOST_MISSED = 2
/** A market whose candles are late is given so long: after a sleep or a lost connection they come with the next answer. */
const GRACE_MS = 20_000
const ASK_MS = 15_000
const ASK_TOLD_MS = MINUTE_MS

/** Notices a market that sends no candles: its owner hears so once, and again when they come. */
export class MarketQuiet {
  constructor(private readonly opened: OpenedBot) {}

  /** To be looked at while the market trades, as far as is known. */
  async look(desk: MarketDesk): Promise<void> {
    if (!this.#isQuiet(desk)) return this.#heard(desk)
    const { account, parts } = this.opened
    const nowMs = parts.surroundings.steadyMs()
    desk.quiet ??= { askAtMs: nowMs + GRACE_MS, isTold: false }
    if (nowMs < desk.quiet.askAtMs) return
    desk.quiet.askAtMs = nowMs + (desk.quiet.isTold ? ASK_TOLD_MS : ASK_MS)
    const now = await account.marketNow(desk.name)
    // It may be gone; an exchange that does not answer has words of its own.
    if (now === undefined) return account.silence.away === undefined ? account.forgetMarkets() : undefined
    desk.isTrading = now.isOpen
    if (now.isOpen && !desk.quiet.isTold) await this.#tell(desk, desk.quiet)
  }

  async #tell(desk: MarketDesk, quiet: NonNullable<MarketDesk["quiet"]>): Promise<void> {
    quiet.isTold = true
    desk.timesQuiet++
    const it = { held: this.opened.held(desk), stop: stopAmong(this.opened.orders.of(desk.name), desk.name) }
    await this.opened.keep([standstillWords.quiet(desk, it, this.opened.account.exchange.name)])
  }

  async #heard(desk: MarketDesk): Promise<void> {
    const isTold = desk.quiet?.isTold
    desk.quiet = undefined
    if (isTold) await this.opened.keep([standstillWords.candlesAgain(desk)])
  }

  /** Of a market that is often without candles it is said ever later: few trade there. */
  #isQuiet({ heardMs, timesQuiet, quiet }: MarketDesk): boolean {
    const { account, parts } = this.opened
    const missed = quiet?.isTold ? MOST_MISSED : MOST_MISSED * 2 ** timesQuiet
    const nowMs = account.knownMs()
    return nowMs !== undefined && nowMs - heardMs > missed * timeframesMs[parts.strategy.timeframe]
  }
}
