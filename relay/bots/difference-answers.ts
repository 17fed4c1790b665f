import { checkEntry } from "../guard/entry-check.ts"
import { Refusal } from "../door/refusal.ts"
import { decimalText } from "../ledger/decimal-text.ts"
import type { Difference } from "../ledger/difference.ts"
import type { OwnFill } from "../ledger/step.ts"
import { Acts } from "./acts.ts"
import { isAlmost } from "./coin-claims.ts"
import type { CoinWatch } from "./coin-watch.ts"
import { coinWords } from "./coin-words.ts"
import { type HandSale, handSaleOf } from "./hand-sale.ts"
import { differenceIn, type MarketDesk } from "./market-desk.ts"
import type { OpenedBot } from "./opened-bot.ts"
import { MOST_FEE } from "./order-terms.ts"

/** What an owner says of coins that are missing: I sold them, I know, or buy them again. */
export const differenceActions = ["adopt", "ignore", "buyBack"] as const
export type DifferenceAction = (typeof differenceActions)[number]

/** Carries out what the owner of a bot says of coins that are missing; throws a `Refusal` where it cannot be. */
export class DifferenceAnswers {
  readonly #acts: Acts

  constructor(
    private readonly opened: OpenedBot,
    private readonly watch: CoinWatch,
  ) {
    this.#acts = new Acts(opened)
  }

  /** `note` writes the log of changes: it is called once nothing speaks against it any more. Returns the event's words. */
  async give(id: string, action: DifferenceAction, note: () => Promise<void>): Promise<string> {
    const desk = this.opened.desks.find(({ difference }) => difference?.id === id)
    if (desk?.difference === undefined) throw new Refusal(409, "settled", "This has settled itself in the meantime.")
    switch (action) {
      case "adopt":
        return this.#adoptOne(desk, desk.difference, note)
      case "ignore":
        return this.#ignore(desk, desk.difference, note)
      case "buyBack":
        return this.#buyBack(desk, note)
    }
  }

  /** A bot that sells all has sold what is there: the rest was sold by hand. */
  async adopt(desk: MarketDesk): Promise<void> {
    await this.#book(desk, await handSaleOf(this.opened, desk, desk.missing))
  }

  async #adoptOne(desk: MarketDesk, { botQuantity }: Difference, note: () => Promise<void>): Promise<string> {
    const missing = await this.watch.missingNow(desk)
    if (missing === undefined)
      throw new Refusal(
        409,
        "under-way",
        "An order is on its way, or the exchange does not answer. Nothing was changed; try again in some seconds.",
        { retryAfterS: 10 },
      )
    if (!isAlmost(missing, desk.missing) || !isAlmost(botQuantity, this.opened.held(desk)))
      throw new Refusal(
        409,
        "has-changed",
        "The exchange says something else by now. Nothing was changed; look again in half a minute.",
        { retryAfterS: 30 },
      )
    const sale = await handSaleOf(this.opened, desk, missing)
    await note()
    return this.#book(desk, sale)
  }

  /** The engine hears of it as of a sale that it did not want. */
  async #book(desk: MarketDesk, { price, fee, isFound }: HandSale): Promise<string> {
    const { opened } = this
    const { index, name, facts, missing, difference } = desk
    const timeMs = opened.timeMs()
    const fill = { side: "sell" as const, quantity: missing, price, fee, coinFee: 0, timeMs }
    const own: OwnFill = {
      fillId: `by-hand-${difference?.id}`,
      exchangeOrderId: "",
      clientOrderId: "by-hand",
      market: name,
      side: "sell",
      price: decimalText(price),
      quantity: decimalText(missing),
      fee: decimalText(fee),
      feeAsset: facts.market.quote,
      timeMs,
    }
    const event = coinWords.adopted(desk, missing, { price, fee, isFound })
    desk.missing = 0
    const kept = differenceIn(desk, undefined)
    await opened.step([{ fill, market: index, isByHand: true }], {
      fills: [own],
      events: [event],
      equityAtMs: timeMs,
      ...kept,
    })
    if (opened.held(desk) === 0) desk.isEmergency = false
    return event.words
  }

  async #ignore(desk: MarketDesk, difference: Difference, note: () => Promise<void>): Promise<string> {
    await note()
    const event = coinWords.ignored(desk, desk.missing)
    await this.opened.keep([event], differenceIn(desk, { ...difference, isIgnored: true }))
    return event.words
  }

  /** As an entry that the guard lets out, for no intent. */
  async #buyBack(desk: MarketDesk, note: () => Promise<void>): Promise<string> {
    const { bot, killSwitch } = this.opened.parts
    if (killSwitch.isOn) throw cannotBuy("the kill switch is on")
    if (bot.status !== "running") throw cannotBuy(`the bot is ${bot.status}; resume it first`)
    const under = this.opened.orders.of(desk.name).some(({ side }) => side === "buy")
    if (under) throw cannotBuy("an order to buy is on its way already")
    // Fees in the coin come off what is bought.
    const quantity = desk.facts.raised(desk.missing * (1 + MOST_FEE))
    const release = await this.#reserved(desk, quantity)
    // It is planned, and so counted, before it is released.
    const sending = note().then(() => ({ sent: this.#acts.buyBack(desk, quantity) }))
    const failed = await (await sending.finally(release)).sent
    const event = coinWords.buyingBack(desk, quantity)
    await this.opened.keep([event])
    if (failed) throw cannotBuy(`the exchange refused it: ${failed.message.slice(0, MOST_WORDS)}`)
    return event.words
  }

  /** Reserved until what is returned is called. Throws a `Refusal` where the guard does not let it out. */
  async #reserved(desk: MarketDesk, quantity: number): Promise<() => void> {
    const { account } = this.opened.parts
    const { price, name, facts } = desk
    if (quantity < facts.leastSale(price))
      throw cannotBuy("it is less than the exchange's smallest order; count it as sold instead")
    const risk = await account.risk()
    return account.decide(name, risk, (exposure) => {
      const positions = new Map(exposure.positions)
      // What is missing is no risk yet.
      positions.set(name, Math.max(0, (positions.get(name) ?? 0) - desk.missing * price))
      const equity = exposure.equity === undefined ? undefined : exposure.equity - desk.missing * price
      const entry = { market: name, quantity, price, stopPrice: desk.wants.stop?.stopPrice, isMore: true }
      const verdict = checkEntry(
        entry,
        risk,
        { ...exposure, positions, equity },
        {
          isKilled: this.opened.parts.killSwitch.isOn,
          candleAge: account.knownMs() === undefined ? undefined : 0,
          clockErrorMs: account.exchange.clockErrorMs(),
          price,
        },
      )
      if (!verdict.ok) throw cannotBuy(verdict.because)
      if (verdict.decidedBy !== undefined)
        throw cannotBuy(`${verdict.decidedBy} allows only ${decimalText(verdict.quantity)} ${facts.market.base}`)
      return account.atRisk.reserve({ market: name, value: quantity * price })
    })
  }
}

const MOST_WORDS = 200

function cannotBuy(because: string): Refusal {
  return new Refusal(409, "not-bought", `Nothing is bought: ${because}.`)
}
