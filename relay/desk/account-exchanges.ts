import type { Account } from "../accounts/account.ts"
import type { Accounts } from "../accounts/accounts.ts"
import { followsRealPrices } from "../accounts/exchange-kind.ts"
import { Refusal } from "../door/refusal.ts"
import { openExchange } from "../exchange/ccxt/ccxt-exchange.ts"
import { type Exchange, ExchangeUnreachable } from "../exchange/exchange.ts"
import type { Gate } from "../exchange/gate.ts"
import type { CopiedKey } from "../keys/key-shape.ts"
import type { OpenKey } from "../keys/vault.ts"
import type { Surroundings } from "../surroundings.ts"
import { type OwnExchange, PracticeAccounts, relayItself } from "./practice-accounts.ts"
import { paperOf, practiceOf, type Reachable, type VenueWays } from "./venue-ways.ts"

export type AccountExchangesDeps = Pick<Reachable, "practice" | "paper"> & {
  accounts: Accounts
  ways: VenueWays
  surroundings: Surroundings
  /** Receives sentences for the person. */
  print: (line: string) => void
}

/** The exchanges of accounts, each opened with its account's key. */
export class AccountExchanges {
  readonly #practice: PracticeAccounts
  readonly #open = new Set<Exchange>()
  #isClosed = false

  constructor(private readonly deps: AccountExchangesDeps) {
    this.#practice = new PracticeAccounts(deps)
  }

  /**
   * The account's exchange, with a connection of its own; close it after use. Nothing leaves it that `gate` does not
   * let out. Throws a `Refusal` for an account that is not there or has no way to its exchange, `VaultLocked`, and
   * `ExchangeUnreachable` when the practice exchange does not answer.
   */
  async open(accountId: string, gate: Gate): Promise<Exchange> {
    const account = await this.deps.accounts.find(accountId)
    if (account === undefined) throw new Refusal(404, "unknown-id", "There is no such account.")
    const own = this.#ownOf(account)
    return own === undefined ? this.#openReal(account, gate) : this.#openOwn(account, own, gate)
  }

  /** Closes all that are still open; none opens afterwards. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all([...this.#open].map((exchange) => exchange.close()))
  }

  async #openReal(account: Account, gate: Gate): Promise<Exchange> {
    this.deps.ways.to(account)
    const key = await this.deps.accounts.keys.open(account.id, relayItself)
    if (key === undefined) throw noKey(account)
    return this.#openWith(account, key, gate)
  }

  /** The same with a key that the account does not have yet. */
  async openWith(account: Account, key: CopiedKey, gate: Gate): Promise<Exchange> {
    const way = this.deps.ways.to(account)
    const exchange = await openExchange({ ...way, ...key, clock: this.deps.surroundings, gate })
    if (this.#isClosed) throw new Refusal(503, "stopping", "Candlewright is stopping.")
    return this.#counted(exchange)
  }

  /** Our own exchange for its made-up money; undefined where it is at a real one. */
  #ownOf(account: Account): OwnExchange | undefined {
    if (followsRealPrices(account))
      return { control: paperOf(this.deps, account.venue).control, name: "Paper trading at Binance's prices" }
    if (account.venue !== "practice") return undefined
    return { control: practiceOf(this.deps).control, name: "The practice exchange" }
  }

  async #openOwn(account: Account, own: OwnExchange, gate: Gate): Promise<Exchange> {
    const key = await this.#practice.key(account, own)
    const exchange = await this.#openWith(account, key, gate)
    if (await isKnownAt(exchange)) return exchange
    return this.#openWith(account, await this.#practice.anew(account, key, own), gate)
  }

  #openWith(account: Account, key: OpenKey, gate: Gate): Promise<Exchange> {
    return this.openWith(account, { apiKey: key.apiKey.reveal(), secret: key.secret.reveal() }, gate)
  }

  /** It is forgotten once somebody closes it. */
  #counted(exchange: Exchange): Exchange {
    const close = exchange.close.bind(exchange)
    exchange.close = () => {
      this.#open.delete(exchange)
      return close()
    }
    this.#open.add(exchange)
    return exchange
  }
}

/** Whether the exchange knows the key; one that does not is closed. */
async function isKnownAt(exchange: Exchange): Promise<boolean> {
  try {
    await exchange.balances()
    return true
  } catch (error) {
    await exchange.close()
    if (error instanceof ExchangeUnreachable && error.because === "key") return false
    throw error
  }
}

function noKey({ name }: Account): Refusal {
  return new Refusal(422, "no-key", `The account "${name}" has no key. Put one in, and try again.`, { field: "key" })
}
