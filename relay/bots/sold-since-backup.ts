import { DAY_MS, MINUTE_MS } from "#engine/candles"
import type { Exchange, Fill } from "../exchange/exchange.ts"
import type { Ledger } from "../ledger/ledger.ts"

type SinceDeps = { accountId: string; exchange: Exchange; ledger: Ledger }

/** Our clock said when the backup was made, the exchange's says when it traded. */
export const CLOCKS_DIFFER_MS = MINUTE_MS
/** Where nobody knows when the backup was made, so long before it was restored. */
const UNKNOWN_AGE_MS = 7 * DAY_MS
/** Of so many orders at most the exchange is asked whose they were; more count as ours. */
const MOST_ASKED = 300

/**
 * What orders of this Candlewright sold that the restored backup knows nothing of, market by market: those coins are no
 * bot's any more, however many others of the kind the account has.
 */
export class SoldSinceBackup {
  readonly #sold = new Map<string, Promise<{ left: number }>>()

  constructor(private readonly deps: SinceDeps) {}

  /** What of it nobody has taken on yet, base units; lower `left` by what is taken on. Throws `ExchangeUnreachable`. */
  in(market: string): Promise<{ left: number }> {
    const known = this.#sold.get(market)
    if (known) return known
    const asked = this.#ask(market)
    this.#sold.set(market, asked)
    asked.catch(() => this.#sold.delete(market))
    return asked
  }

  async #ask(market: string): Promise<{ left: number }> {
    const { exchange, ledger } = this.deps
    const { restoredMs, madeMs = restoredMs - UNKNOWN_AGE_MS } = ledger.restored!
    const fills = await exchange.fills({ market, sinceMs: madeMs - CLOCKS_DIFFER_MS })
    const soldBy = soldByOrder(fills)
    const known = await ledger.numbersOfBots(this.deps.accountId, [...soldBy.keys()])
    const unknown = [...soldBy.keys()].filter((number) => !known.has(number)).toReversed()
    let left = 0
    for (const [n, number] of unknown.entries())
      if (n >= MOST_ASKED || (await this.#isOurs(market, number))) left += soldBy.get(number)!
    return { left }
  }

  /** Sent from this store, at another start, and not kept. */
  async #isOurs(market: string, exchangeOrderId: string): Promise<boolean> {
    const { exchange, ledger } = this.deps
    const found = await exchange.order({ market, exchangeOrderId })
    // An exit that the exchange made of an entry carries no id: it may be ours, and then its coins are gone.
    if (found?.isAttached) return true
    if (found === undefined || !ledger.orderIds.isFromOtherStart(found.clientOrderId)) return false
    return (await ledger.strangersAmong([found.clientOrderId])).length > 0
  }
}

/** Base units by the exchange's numbers of orders, the oldest first. */
function soldByOrder(fills: readonly Fill[]): Map<string, number> {
  const sold = new Map<string, number>()
  for (const { side, exchangeOrderId, quantity } of fills)
    if (side === "sell") sold.set(exchangeOrderId, (sold.get(exchangeOrderId) ?? 0) + Number(quantity))
  return sold
}
