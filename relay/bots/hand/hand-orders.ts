import { quoted } from "#engine/candles"
import type { Accounts } from "../../accounts/accounts.ts"
import type { Actor } from "../../audit/audit-entry.ts"
import type { AuditLog } from "../../audit/audit-log.ts"
import { changeOf } from "../../audit/audited-state.ts"
import { Refusal } from "../../door/refusal.ts"
import type { KillSwitch } from "../../guard/kill-switch.ts"
import type { HandAnswer, HandRequest, HandRequests } from "../../ledger/hand-requests.ts"
import type { History } from "../../ledger/history.ts"
import type { Ledger } from "../../ledger/ledger.ts"
import { handOf, hasEnded, isByHand, type OwnOrder } from "../../ledger/own-order.ts"
import type { Surroundings } from "../../surroundings.ts"
import type { AccountDesks } from "../account-desks.ts"
import { MarketFacts } from "../market-facts.ts"
import { plannedOrder } from "../order-terms.ts"
import { sha256 } from "../sha256.ts"
import { handAnswer } from "./hand-answer.ts"
import { HandDesk } from "./hand-desk.ts"
import { refuseForbiddenBuy, refuseOthersCoins, refuseSlip, seenPrice } from "./hand-guard.ts"
import { handWords } from "./hand-words.ts"
import { type HandTerms, handTerms, inOneWriting, refuseNonsense, type WantedByHand, wrong } from "./hand-order.ts"

export type HandDeps = {
  accounts: Pick<Accounts, "find">
  audit: AuditLog
  ledger: Ledger
  history: History
  requests: HandRequests
  desks: Pick<AccountDesks, "of">
  killSwitch: Pick<KillSwitch, "isOn">
  surroundings: Surroundings
  onBug: (error: unknown) => void
}

/** An order that somebody asks for, under a key of theirs. */
type Asked = { accountId: string; key: string; wanted: WantedByHand; by: Actor }

const RETRY_MS = 5_000
/** Orders by hand that may be open at once on an account. */
const MOST_OPEN = 100

/** Orders by hand of all accounts: the same guard as bots, each key one order. */
export class HandOrders {
  readonly #desks = new Map<string, Promise<HandDesk>>()
  readonly #running = new Map<string, { hash: string; answer: Promise<HandAnswer> }>()
  #isTrading = false
  #isEnded = false

  constructor(private readonly deps: HandDeps) {}

  /** Goes on with what was open when the relay ended. */
  async begin(): Promise<void> {
    this.#isTrading = true
    for (const accountId of await this.deps.requests.accounts()) void this.#goOn(accountId)
  }

  async end(): Promise<void> {
    this.#isEnded = true
    for (const desk of this.#desks.values()) await (await desk.catch(() => undefined))?.end()
  }

  /** Its exchange is opened anew, with the key it has now. */
  async reopen(accountId: string): Promise<void> {
    if (await this.forget(accountId)) void this.#goOn(accountId)
  }

  /** Its account is not there any more. Returns whether anything was open. */
  async forget(accountId: string): Promise<boolean> {
    const desk = await this.#desks.get(accountId)?.catch(() => undefined)
    this.#desks.delete(accountId)
    await desk?.end()
    return desk !== undefined
  }

  /** Throws a `Refusal` while orders by hand are open on an account. */
  async refuseInUse(accountId: string): Promise<void> {
    if ((await this.deps.ledger.openOrders(handOf(accountId))).length > 0)
      throw new Refusal(
        409,
        "in-use",
        "Orders by hand are open on this account. Cancel them first; nothing was changed.",
      )
  }

  /** Makes an order, once for each key. Throws a `Refusal` where nothing may leave, or the exchange does not take it. */
  async place(sent: Asked): Promise<HandAnswer> {
    const asked = { ...sent, wanted: inOneWriting(sent.wanted) }
    const [name, hash] = [`${asked.accountId} ${asked.key}`, sha256(JSON.stringify(asked.wanted))]
    const running = this.#running.get(name)
    if (running) {
      refuseOtherOrder(running.hash, hash)
      return running.answer
    }
    const answer = this.#placeOnce(asked, hash).finally(() => this.#running.delete(name))
    this.#running.set(name, { hash, answer })
    return answer
  }

  /** Cancels an order by hand. Throws a `Refusal` for one that is not there, is a bot's, or has ended. */
  async cancel(accountId: string, clientOrderId: string, by: Actor): Promise<HandAnswer> {
    const found = await this.deps.ledger.order(accountId, clientOrderId)
    if (found === undefined) throw new Refusal(404, "unknown-id", "There is no such order.")
    if (!isByHand(found)) throw ofBot(found)
    if (hasEnded(found))
      throw new Refusal(409, "has-ended", `This order is ${found.status}: there is nothing to cancel.`)
    const desk = await this.#desk(accountId)
    return desk.inTurn(async () => {
      const order = desk.orders.all.find((one) => one.clientOrderId === clientOrderId)
      if (order !== undefined && !hasEnded(order)) {
        await this.#note("order.cancelled", order, by)
        const failed = await desk.cancel(order)
        if (failed) throw notCancelled(failed.message)
      }
      return this.#answerFor(accountId, clientOrderId, [])
    })
  }

  async #placeOnce(asked: Asked, hash: string): Promise<HandAnswer> {
    const { accountId, key, wanted } = asked
    const kept = await this.deps.requests.find(accountId, key)
    if (kept) return this.#again(kept, hash)
    refuseNonsense(wanted)
    const desk = await this.#desk(accountId)
    const placing = () => this.#placeNow(desk, asked, hash)
    return desk.inTurn(() => (wanted.side === "buy" ? desk.account.cash.inTurn(placing) : placing()))
  }

  /** The answer that was given, or what is known by now of an order whose answer nobody could give. */
  async #again(kept: HandRequest, hash: string): Promise<HandAnswer> {
    refuseOtherOrder(kept.wanted, hash)
    if (kept.answer) return answered(kept.answer)
    if (!this.#desks.has(kept.accountId)) await this.#desk(kept.accountId)
    return this.#finished(kept)
  }

  async #placeNow(desk: HandDesk, asked: Asked, wanted: string): Promise<HandAnswer> {
    const { accountId, key, by } = asked
    if (desk.orders.all.length >= MOST_OPEN)
      throw new Refusal(
        409,
        "too-many",
        `${MOST_OPEN} orders by hand are open already. Cancel one first; nothing was sent.`,
      )
    const { terms, release } = await this.#approved(desk, asked).catch((error: unknown) => told(error, desk, asked))
    const orders = this.#planned(terms, { accountId, market: asked.wanted.market })
    const request: HandRequest = {
      accountId,
      key,
      wanted,
      clientOrderId: orders[0].clientOrderId,
      changed: terms.changed,
      createdMs: orders[0].createdMs,
    }
    await this.deps.audit
      .change(by, async (transaction) => {
        await this.deps.requests.add(request, transaction)
        await this.deps.ledger.addOrders(orders, transaction)
        const changes = orders.map((order) => changeOf("order.placed", { after: orderState(order) }))
        return { result: undefined, changes }
      })
      .then(() => desk.orders.add(orders))
      .finally(release)
    await desk.send(orders)
    return this.#finished(request)
  }

  /** Its terms, once the account and the moment allow them; a buy is reserved until its release. */
  async #approved(desk: HandDesk, { accountId, wanted }: Asked): Promise<{ terms: HandTerms; release?: () => void }> {
    const { ledger, history, killSwitch } = this.deps
    const { account } = desk
    const name = wanted.market
    const market = await account.market(name)
    if (market === undefined || !market.isOpen)
      throw wrong("market", `${account.exchange.name} does not trade ${name.slice(0, 40)} now.`)
    const facts = new MarketFacts(market)
    const seen = await seenPrice(account, { ...wanted, market: name })
    refuseSlip(wanted, seen)
    const terms = handTerms(wanted, facts, seen.price)
    if (wanted.side === "buy")
      return { terms, release: await refuseForbiddenBuy(account, terms, { facts, seen, killSwitch }) }
    await refuseOthersCoins(account, terms.order.quantity, { facts, accountId, ledger, history })
    return { terms }
  }

  #planned({ order, stop }: HandTerms, { accountId, market }: Pick<OwnOrder, "accountId" | "market">): OwnOrder[] {
    const { ledger, surroundings } = this.deps
    const listId = stop && ledger.orderIds.next()
    const owner = { accountId, botId: handOf(accountId), market, listId }
    const createdMs = surroundings.nowMs()
    return [order, ...(stop ? [stop] : [])].map((terms) =>
      plannedOrder(terms, owner, { clientOrderId: ledger.orderIds.next(), createdMs }),
    )
  }

  /** What is known of a request's order; kept as its answer once the exchange has said what became of it. */
  async #finished({ accountId, key, clientOrderId, changed }: HandRequest): Promise<HandAnswer> {
    const answer = await this.#answerFor(accountId, clientOrderId, changed)
    if (answer.status !== 202) await this.deps.requests.answered({ accountId, key }, answer)
    return answered(answer)
  }

  async #answerFor(accountId: string, clientOrderId: string, changed: string[]): Promise<HandAnswer> {
    const order = (await this.deps.ledger.order(accountId, clientOrderId))!
    const others = await this.deps.ledger.placedWith(order)
    return handAnswer(
      order,
      others.find(({ role }) => role === "stop" && order.role !== "stop"),
      changed,
    )
  }

  async #desk(accountId: string): Promise<HandDesk> {
    if (!this.#isTrading)
      throw new Refusal(
        409,
        "not-running",
        "Only a running relay orders: start it (candlewright serve). Nothing was sent.",
      )
    const known = this.#desks.get(accountId)
    if (known) return known
    const { desks, ...parts } = this.deps
    const opening = desks.of(accountId).then((account) => HandDesk.open({ ...parts, accountId, account }))
    this.#desks.set(accountId, opening)
    opening.catch(() => this.#desks.delete(accountId))
    return opening
  }

  /** Tries until its exchange is there. */
  async #goOn(accountId: string): Promise<void> {
    if (this.#isEnded) return
    try {
      await this.#desk(accountId)
    } catch {
      this.deps.surroundings.after(RETRY_MS, () => void this.#goOn(accountId))
    }
  }

  #note(what: string, order: OwnOrder, by: Actor): Promise<void> {
    const change = changeOf(what, { before: orderState(order), after: orderState(order) })
    return this.deps.audit.change(by, async () => ({ result: undefined, changes: [change] }))
  }
}

/** What an order was placed as; how it stands changes by itself. */
function orderState({ clientOrderId, accountId, market, side, kind, quantity, price, stopPrice }: OwnOrder) {
  return {
    subject: `order ${clientOrderId}`,
    state: { accountId, market, side, kind, quantity, price: price ?? null, stopPrice: stopPrice ?? null },
  }
}

function refuseOtherOrder(known: string, hash: string): void {
  if (known !== hash)
    throw new Refusal(
      409,
      "key-used",
      "This Idempotency-Key stands for another order already. Send the same order again, or take a new key. Nothing was sent.",
    )
}

function ofBot({ botId }: OwnOrder): Refusal {
  const words = `This order belongs to the bot ${botId}, which would place it again. Pause or close the bot instead; nothing was changed.`
  return new Refusal(409, "of-a-bot", words)
}

function notCancelled(message: string): Refusal {
  const words = `The exchange did not cancel the order: ${quoted(message, 200)}. It is as it was; try again.`
  return new Refusal(409, "not-cancelled", words)
}

/** An answer as it is given; one that says no is thrown. */
function answered(answer: HandAnswer): HandAnswer {
  if (answer.status !== 422) return answer
  const { error } = answer.body as { error: string }
  throw new Refusal(422, "refused-by-exchange", error)
}

/** A refusal by the risk settings or the moment is an event too. */
async function told(error: unknown, desk: HandDesk, { wanted }: Asked): Promise<never> {
  if (error instanceof Refusal && error.code === "not-allowed")
    await desk.keep([handWords.refused(wanted, error.message)])
  throw error
}
