import type { Account } from "../accounts/account.ts"
import type { Accounts } from "../accounts/accounts.ts"
import { Refusal } from "../door/refusal.ts"
import { type Balance, type Exchange, ExchangeUnreachable } from "../exchange/exchange.ts"
import type { AccountExchanges } from "./account-exchanges.ts"
import { exchangeAway } from "./exchange-away.ts"
import { questionsOnly } from "./key-approval.ts"

type QuestionDeps = { accounts: Accounts; exchanges: AccountExchanges }
type Line = { key: number | undefined; exchange: Promise<Exchange> }

/** Connections are kept for the next question; each weighs some megabytes. */
const MOST_LINES = 10

/** What people and programs ask of accounts, over connections that let out nothing but questions. */
export class AccountQuestions {
  readonly #lines = new Map<string, Line>()

  constructor(private readonly deps: QuestionDeps) {}

  /** What it has, as its exchange says now. Throws a `Refusal` for an account that is not there or cannot be asked. */
  async balances(accountId: string): Promise<Balance[]> {
    const balances = await this.#ask(accountId, (exchange) => exchange.balances())
    return balances.filter(({ free, locked }) => /[1-9]/.test(free + locked))
  }

  async #ask<Answer>(accountId: string, question: (exchange: Exchange) => Promise<Answer>): Promise<Answer> {
    const account = await this.deps.accounts.find(accountId)
    if (account === undefined) {
      this.#drop(accountId)
      throw new Refusal(404, "unknown-id", "There is no such account.")
    }
    let name: string | undefined
    try {
      const exchange = await this.#line(account)
      name = exchange.name
      return await question(exchange)
    } catch (error) {
      // Whatever it was, the next question opens the connection anew: with another key, or at an exchange that began anew.
      this.#drop(accountId)
      throw error instanceof ExchangeUnreachable ? exchangeAway(error, name) : error
    }
  }

  #line({ id, key }: Account): Promise<Exchange> {
    const known = this.#lines.get(id)
    if (known && known.key === key?.version) return known.exchange
    this.#drop(id)
    const exchange = this.deps.exchanges.open(id, questionsOnly)
    this.#lines.set(id, { key: key?.version, exchange })
    const [oldest] = this.#lines.keys()
    if (this.#lines.size > MOST_LINES) this.#drop(oldest)
    return exchange
  }

  #drop(id: string): void {
    const line = this.#lines.get(id)
    this.#lines.delete(id)
    // Who waits for its opening hears of a failure.
    line?.exchange.then((exchange) => exchange.close()).catch(() => {})
  }
}
