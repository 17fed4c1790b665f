import type { Accounts } from "../accounts/accounts.ts"
import { exchangeAway } from "../desk/exchange-away.ts"
import type { AccountExchanges } from "../desk/account-exchanges.ts"
import { questionsOnly } from "../desk/key-approval.ts"
import { Refusal } from "../door/refusal.ts"
import type { Exchange } from "../exchange/exchange.ts"
import { ExchangeUnreachable } from "../guard/exchange.ts"
import type { CopiedKey } from "../keys/key-shape.ts"
import type { History } from "../ledger/history.ts"
import type { Ledger } from "../ledger/ledger.ts"
import type { OwnOrder } from "../ledger/own-order.ts"
import type { Position } from "../ledger/position.ts"

type KeyFitDeps = {
  accounts: Pick<Accounts, "find">
  exchanges: Pick<AccountExchanges, "openWith">
  ledger: Pick<Ledger, "openOrdersOf">
  history: Pick<History, "positions" | "orders">
}

/** Of so many orders it is asked whether the key sees them. */
const MOST_ASKED = 5
/** So many markets are named. */
const MOST_NAMED = 5
/** What a fee in the coin, or a rest below the step, may take of it. */
const MOST_LOST = 0.005

/** Whether a new key of an account is of the same account at the exchange: what is held there would be left alone. */
export class KeyFit {
  constructor(private readonly deps: KeyFitDeps) {}

  /**
   * Throws a `Refusal` while something is held, or is open, that the key does not see. Answers whether the exchange has
   * shown that it is the same account: by an order of ours, or by the coins that are held.
   */
  async refuseOther(accountId: string, key: CopiedKey): Promise<boolean> {
    const { accounts, exchanges, ledger, history } = this.deps
    const account = await accounts.find(accountId)
    const held = await history.positions(accountId)
    const resting = (await ledger.openOrdersOf(accountId)).filter(({ status }) => status === "open")
    const { items: past } = await history.orders({ accountId }, { limit: 4 * MOST_ASKED })
    const isFlat = held.length === 0 && resting.length === 0
    if (account === undefined || (isFlat && !past.some(hasFilled))) return false
    const exchange = await exchanges.openWith(account, key, questionsOnly)
    try {
      if (await seesAny(exchange, resting)) return true
      if (await seesAny(exchange, past.filter(hasFilled))) return true
      if (isFlat) return false
      if (resting.length === 0 && (await covers(exchange, held))) return true
    } catch (error) {
      throw error instanceof ExchangeUnreachable ? exchangeAway(error, exchange.name) : error
    } finally {
      await exchange.close()
    }
    throw otherAccount(exchange.name, held, resting)
  }
}

function hasFilled({ filledQuantity }: OwnOrder): boolean {
  return Number(filledQuantity) > 0
}

/** Whether one of our orders is there: no other account at the exchange has it. */
async function seesAny(exchange: Exchange, orders: readonly OwnOrder[]): Promise<boolean> {
  const numbered = orders.filter(({ exchangeOrderId }) => exchangeOrderId !== undefined).slice(0, MOST_ASKED)
  for (const { market, exchangeOrderId, clientOrderId } of numbered) {
    const found = await exchange.order({ market, exchangeOrderId, clientOrderId })
    if (found && (found.isAttached || found.clientOrderId === clientOrderId)) return true
  }
  return false
}

async function covers(exchange: Exchange, held: readonly Position[]): Promise<boolean> {
  const balances = await exchange.balances()
  const coins = new Map<string, number>()
  for (const { market, quantity } of held) {
    const [coin] = market.split("/")
    coins.set(coin, (coins.get(coin) ?? 0) + Number(quantity))
  }
  return [...coins].every(([coin, quantity]) => {
    const { free = "0", locked = "0" } = balances.find(({ asset }) => asset === coin) ?? {}
    return Number(free) + Number(locked) >= quantity * (1 - MOST_LOST)
  })
}

function otherAccount(exchange: string, held: readonly Position[], resting: readonly OwnOrder[]): Refusal {
  const coins = held.slice(0, MOST_NAMED).map(({ market, quantity }) => `${quantity} ${market.split("/")[0]}`)
  const more = held.length > MOST_NAMED ? [`${held.length - MOST_NAMED} more`] : []
  const orders = resting.length === 0 ? [] : [resting.length === 1 ? "1 open order" : `${resting.length} open orders`]
  const what = [...coins, ...more, ...orders].join(", ")
  return new Refusal(
    409,
    "other-account",
    `This key does not see what the account has at ${exchange} (${what}), so it is of another account there: coins and stops would be left alone. Nothing was changed. Put in a key of the same account at ${exchange}; or stop the bots, sell what was bought by hand and cancel open orders first. For the other account, add an account here.`,
    { field: "key" },
  )
}
