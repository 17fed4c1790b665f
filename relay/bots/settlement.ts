import { timeframesMs } from "#engine/candles"
import type { LiveIntent } from "#engine/run"
import type { RiskSettings } from "../accounts/risk.ts"
import { checkEntry, type Exposure } from "../guard/entry-check.ts"
import type { NewEvent } from "../ledger/bot-event.ts"
import type { OwnOrder } from "../ledger/own-order.ts"
import { Acts } from "./acts.ts"
import { actWords, PAUSED } from "./bot-words.ts"
import type { CoinWatch } from "./coin-watch.ts"
import type { Fence } from "./fence.ts"
import type { MarketDesk } from "./market-desk.ts"
import { LookSinceBackup } from "./look-since-backup.ts"
import { MarketHalt } from "./market-halt.ts"
import { type Act, isNaked, nextAct, outOfReach, sellsNothing, type Standing } from "./next-act.ts"
import type { OpenedBot } from "./opened-bot.ts"
import { OrderQuestions } from "./order-questions.ts"
import type { Failed } from "./order-sending.ts"
import type { StopClock } from "./stop-clock.ts"
import { TooSmall } from "./too-small.ts"

const MOST_FAILED_STOPS = 3
/** More acts than this in one go is a circle: a bug. */
const MOST_ACTS = 200
/** What is held without a stop waits no longer than this between two tries. */
const LONGEST_NAKED_WAIT_MS = 1_000

/** Brings the exchange to what a bot wants, act by act. */
export class Settlement {
  readonly #acts: Acts
  readonly #fence: Fence
  readonly #watch: CoinWatch
  readonly #stopClock: StopClock
  readonly #questions: OrderQuestions
  readonly #halt: MarketHalt
  readonly #small: TooSmall
  readonly #sinceBackup: LookSinceBackup

  constructor(
    private readonly opened: OpenedBot,
    { fence, watch, stopClock }: { fence: Fence; watch: CoinWatch; stopClock: StopClock },
  ) {
    this.#fence = fence
    this.#watch = watch
    this.#stopClock = stopClock
    this.#acts = new Acts(opened)
    this.#questions = new OrderQuestions(opened, fence)
    this.#halt = new MarketHalt(opened)
    this.#small = new TooSmall(opened)
    this.#sinceBackup = new LookSinceBackup(opened)
  }

  /** Acts for one market until nothing is left to do, or something must be waited for: then how long, milliseconds. */
  async settle(desk: MarketDesk): Promise<number> {
    const { surroundings } = this.opened.parts
    if (desk.isGone) return this.#settleGone(desk)
    this.#halt.askAhead(desk)
    for (let count = 0; count < MOST_ACTS; count++) {
      const waitMs = desk.waitLeftMs(surroundings.steadyMs())
      if (waitMs > 0) return waitMs
      await this.#halt.look(desk)
      const at = this.#standing(desk)
      const act = nextAct(at)
      if (desk.isBeforeLook && !sellsNothing(act)) {
        if (!(await this.#sinceBackup.look(desk))) this.#wait(desk)
        continue
      }
      if (act === undefined && (await this.#small.look(desk, at))) continue
      if (act === undefined) {
        await this.#tellTooFar(desk, at)
        desk.goOn()
        return 0
      }
      await this.#perform(desk, act)
    }
    throw new Error(`${desk.name} does not come to rest after ${MOST_ACTS} acts`)
  }

  /** In a market that is gone nothing is done: the engine hears that what it wants to buy there never leaves. */
  async #settleGone(desk: MarketDesk): Promise<number> {
    const because = `${this.opened.account.exchange.name} no longer trades it`
    const isOrdered = (id: number) => this.opened.orders.of(desk.name).some(({ intent }) => intent === id)
    for (const wanted of [desk.wants.entry, desk.wants.add])
      if (wanted && !isOrdered(wanted.intent.id)) await this.#drop(desk, wanted.intent, because)
    return 0
  }

  /** Buys that wait until the exchange takes them: their owner hears of each once. */
  async #tellTooFar(desk: MarketDesk, at: Standing): Promise<void> {
    for (const { id, limitPrice } of outOfReach(at))
      if (desk.reach.isNews(id)) await this.opened.keep([actWords.tooFar(desk, limitPrice!)])
  }

  #standing(desk: MarketDesk): Standing {
    const { orders, parts, seat } = this.opened
    const { bot, surroundings } = parts
    const at = desk.standing(orders.of(desk.name), seat.run.position(desk.index), {
      booked: orders.booked,
      isClosing: bot.wish === "close" || bot.wish === "stop",
      mayEnter: this.#mayEnter(desk),
      leastTaken: orders.leastTaken(desk.name),
      steadyMs: surroundings.steadyMs(),
    })
    // While nothing can be sold there, no time is up.
    this.#stopClock.hear(desk.name, desk.isTrading && isNaked(at))
    return { ...at, isEmergency: at.isEmergency || this.#stopClock.isOver(desk.name) }
  }

  #mayEnter({ difference }: MarketDesk): boolean {
    const { account, bot, killSwitch } = this.opened.parts
    const isOpen = !killSwitch.isOn && account.barred === undefined
    return bot.status === "running" && isOpen && difference === undefined
  }

  async #perform(desk: MarketDesk, act: Act): Promise<void> {
    if ("replaces" in act && act.replaces && !(await this.#halt.mayReplace(desk, act.do))) return
    switch (act.do) {
      case "ask":
        return this.#ask(desk, act.order)
      case "tell":
        return this.#tell(desk, act)
      case "drop":
        return this.#drop(desk, act.intent, this.#whyNot(desk))
      case "adopt":
        this.opened.orders.change(act.order, { intent: act.intent.id })
        return this.opened.keep()
      case "enter":
        return this.#enter(desk, act)
      case "cancel":
        return this.#after(desk, act, await this.#acts.cancel(act.order))
      case "protect":
        return this.#after(desk, act, await this.#acts.protect(desk, act))
      case "sell":
        // Where the stop has to go first, the sale itself comes next.
        if (desk.facts.market.can.replace || act.replaces === undefined) desk.isTargetReached = false
        if (act.replaces && desk.isFallenThrough([act.replaces], this.#steadyMs())) {
          desk.isEmergency = true
          await this.opened.keep([actWords.fallenThrough(desk.name)])
        }
        if (this.#stopClock.isToBeTold(desk.name)) await this.opened.keep([actWords.withoutStop(desk.name)])
        return this.#after(desk, act, await this.#acts.sell(desk, act))
      case "writeOff":
        return this.#writeOff(desk, act.quantity)
    }
  }

  /** Why nothing may be bought. */
  #whyNot({ difference, isTrading }: MarketDesk): string {
    if (this.opened.parts.killSwitch.isOn) return "the kill switch is on"
    if (!isTrading) return "the exchange does not trade it now"
    if (difference) return "the exchange has less than the bot holds; see the reconcile inbox"
    return this.opened.parts.account.barred ?? PAUSED
  }

  /** Asks the exchange about an order, and books what it has filled. */
  async #ask(desk: MarketDesk, order: OwnOrder): Promise<void> {
    const answer = await this.#questions.find(order)
    if (answer === "never") return this.#neverArrived(order)
    if (answer === "not-yet") return this.#wait(desk, 0, this.#fence.leftMs(order.clientOrderId))
    if (this.opened.isSoldTooEarly(order)) await this.#askBuys(desk)
    await this.opened.keep()
    if (order.status === "waiting" || !(await this.#questions.isBooked(order))) this.#wait(desk)
  }

  /** More was sold than we know to be held: what was bought is read first. */
  async #askBuys(desk: MarketDesk): Promise<void> {
    const buys = this.opened.orders.of(desk.name).filter(({ side }) => side === "buy")
    for (const buy of buys) await this.#ask(desk, buy)
  }

  async #neverArrived(order: OwnOrder): Promise<void> {
    const desk = this.opened.deskOf(order)
    desk.goOn()
    // A refusal whose answer was lost looks the same: perhaps coins are missing.
    if (order.side === "sell") await this.#watch.notice(desk)
    this.opened.orders.change(order, { status: "refused", reason: "the exchange never received it" })
    return this.opened.keep([actWords.neverArrived(order)])
  }

  async #tell(desk: MarketDesk, { order, end }: Extract<Act, { do: "tell" }>): Promise<void> {
    this.opened.orders.close(order)
    if (end === undefined) return this.opened.keep(this.#quietEnd(desk, order))
    desk.hearEnd(order.intent)
    const input = { end, intent: order.intent, market: desk.index, timeMs: this.opened.timeMs() }
    await this.opened.step([input], { events: end === "filled" ? [] : [actWords.ended(order, end)] })
  }

  /** What the owner hears of an order whose end the engine does not wait for. */
  #quietEnd(desk: MarketDesk, order: OwnOrder): NewEvent[] {
    const { status, role, kind } = order
    if (role === "buyBack" && status !== "filled")
      return [actWords.ended(order, status === "expired" ? "expired" : "refused")]
    const isGone = role === "stop" && (status === "cancelled" || status === "expired")
    const isMissed = isGone && this.opened.held(desk) > 0 && this.opened.orders.endedByItself(order)
    return isMissed && kind.startsWith("stop") ? [actWords.stopGone(order)] : []
  }

  /** An intent that never leaves; the engine hears that it was refused. */
  async #drop(desk: MarketDesk, { id, action, timeMs: decidedMs }: LiveIntent, because: string): Promise<void> {
    desk.hearEnd(id)
    const events = action === "enter" || action === "add" ? [actWords.dropped(desk.name, because, decidedMs)] : []
    const timeMs = this.opened.timeMs()
    await this.opened.step([{ end: "refused", intent: id, market: desk.index, timeMs }], { events })
  }

  /** By rules that are known to hold, it is less than can be sold: the engine goes on without it. */
  async #writeOff(desk: MarketDesk, quantity: number): Promise<void> {
    await this.opened.renewRules(desk)
    const { facts, price, index } = desk
    if (facts.floored(quantity) >= facts.leastSale(price)) return
    const timeMs = this.opened.timeMs()
    const fill = { side: "sell" as const, quantity: 0, price, fee: 0, coinFee: 0, timeMs }
    desk.missing = 0
    await this.opened.step([{ fill, market: index }], { events: [actWords.tooSmall(desk, quantity)] })
  }

  async #enter(desk: MarketDesk, { intent, role }: Extract<Act, { do: "enter" }>): Promise<void> {
    const { account } = this.opened.parts
    const risk = await account.risk()
    // What is planned at once is counted before anybody else decides.
    const entered = await account.decide(desk.name, risk, (at) => {
      const entry = this.#allowed(desk, intent, risk, at)
      if ("because" in entry) return entry
      const { quantity } = entry
      return { ...entry, sent: this.#acts.enter(desk, intent, { role, quantity, price: desk.price }) }
    })
    if ("because" in entered) return this.#drop(desk, intent, entered.because)
    const failed = await entered.sent
    await this.opened.keep(entered.decidedBy === undefined ? [] : [actWords.smaller(desk.name, entered.decidedBy)])
    if (failed?.reason === "rule" || failed?.reason === "unknown-market") await this.opened.renewRules(desk)
    if (failed?.reason === "market-closed") this.#halt.refused(desk)
    if (failed?.reason === "too-far") this.#askLater(desk, intent)
    if (failed?.reason === "busy" || failed?.reason === "banned") this.#wait(desk, failed.retryAfterMs)
  }

  /** The exchange takes it at another moment: what was refused is not its end. */
  #askLater(desk: MarketDesk, { id, limitPrice = 0 }: LiveIntent): void {
    const { orders, parts } = this.opened
    for (const order of orders.of(desk.name)) if (order.intent === id) orders.change(order, { intent: 0 })
    desk.reach.refused(limitPrice, parts.surroundings.steadyMs())
  }

  /** How much the account lets it buy, or why nothing. */
  #allowed(
    desk: MarketDesk,
    intent: LiveIntent,
    risk: RiskSettings,
    at: Exposure,
  ): { quantity: number; decidedBy?: string } | { because: string } {
    // Its owner may have paused it while the account was read.
    if (!this.#mayEnter(desk)) return { because: this.#whyNot(desk) }
    const { account, killSwitch, strategy } = this.opened.parts
    const { limitPrice, stopPrice, action } = intent
    // A buy that waits for its price is wanted as of the newest candle, whenever it was decided.
    const timeMs = limitPrice === undefined ? intent.timeMs : Math.max(intent.timeMs, this.opened.candleMs)
    const price = limitPrice ?? desk.price
    const entry = { market: desk.name, quantity: intent.quantity ?? 0, price, stopPrice, isMore: action === "add" }
    const verdict = checkEntry(entry, risk, at, {
      isKilled: killSwitch.isOn,
      candleAge: candlesBetween(timeMs, account.knownMs(), timeframesMs[strategy.timeframe]),
      clockErrorMs: account.exchange.clockErrorMs(),
      price: desk.price,
    })
    if (!verdict.ok) return verdict
    const quantity = desk.facts.floored(verdict.quantity)
    if (quantity >= desk.facts.leastSale(price)) return { quantity, decidedBy: verdict.decidedBy }
    return { because: `${verdict.decidedBy ?? "its size"} leaves less than the exchange's smallest order` }
  }

  /** What was sent is kept; one that failed waits before the next try, and a stop that cannot be placed sells. */
  async #after(desk: MarketDesk, act: Act, failed: Failed): Promise<void> {
    if (failed?.reason === "market-closed") {
      this.#halt.refused(desk)
      return this.opened.keep()
    }
    if (failed?.reason === "unknown-market") {
      await this.opened.keep()
      // Where the exchange lists it no longer, the bot halts here.
      await this.opened.renewRules(desk)
      return this.#wait(desk)
    }
    const isTooLate = failed?.reason === "would-trigger-at-once"
    const isShort = failed?.reason === "insufficient-balance" && (await this.#watch.notice(desk))
    if (failed && act.do === "protect" && !isShort) {
      desk.failedStops++
      desk.isEmergency ||= isTooLate || desk.failedStops >= MOST_FAILED_STOPS
    }
    const next = desk.isEmergency && act.do === "protect" ? "sold" : "again"
    await this.opened.keep(failed ? [actWords.failed(desk.name, act, failed, next)] : [])
    if (failed?.reason === "rule" || failed?.reason === "too-far") await this.opened.renewRules(desk)
    if (failed && !isTooLate && !isShort && failed.reason !== "not-tried") this.#wait(desk, failed.retryAfterMs)
  }

  #steadyMs(): number {
    return this.opened.parts.surroundings.steadyMs()
  }

  #wait(desk: MarketDesk, atLeastMs = 0, untilFenceMs = Infinity): void {
    const mostMs = this.#stopClock.isRunning(desk.name) ? LONGEST_NAKED_WAIT_MS : Infinity
    const atMostMs = Math.min(mostMs, untilFenceMs || Infinity)
    desk.wait(this.opened.parts.surroundings.steadyMs(), { atLeastMs, atMostMs })
  }
}

/** Candles from a decision until now; undefined while nobody knows how late it is. */
function candlesBetween(decidedMs: number, nowMs: number | undefined, timeframeMs: number): number | undefined {
  return nowMs === undefined ? undefined : (nowMs - decidedMs) / timeframeMs
}
