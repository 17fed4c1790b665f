import type { Account } from "../account/account.ts"
import type { ApiKey } from "../account/api-key.ts"
import type { Exchange } from "../exchange-state.ts"
import type { Strike } from "../faults/faults.ts"
import { perform } from "../protocol/dispatch.ts"
import { operationNamed } from "../protocol/operations.ts"
import { Params } from "../protocol/params.ts"
import type { RestRequest } from "../protocol/speech.ts"
import type { Venue } from "../venue.ts"
import { refuseArgument } from "./refused.ts"
import { fieldsFrom, type SentFields } from "./sent-fields.ts"

/** One request that is under way. */
export class CoinbaseCall {
  readonly venue: Venue
  readonly query: URLSearchParams

  constructor(
    readonly exchange: Exchange,
    readonly request: RestRequest,
    /** What stands in the place of `{id}` in its path. */
    readonly id: string,
    private readonly sender: ApiKey | undefined,
    /** The fault that strikes it; of several things it does, the first. */
    public strike: Strike | undefined,
  ) {
    this.venue = exchange.state.venue
    this.query = new URLSearchParams(request.url.split("?", 2)[1] ?? "")
  }

  /** Its sender's; only where a key is demanded. */
  get key(): ApiKey {
    return this.sender!
  }

  get account(): Account {
    return this.venue.account(this.key.accountId)
  }

  get fields(): SentFields {
    return fieldsFrom(this.request.body)
  }

  /** Does what every language can ask for, by its name in the event log. */
  perform(name: string, params: Record<string, string>): unknown {
    const { strike } = this
    this.strike = undefined
    return perform(this.exchange, operationNamed(name)!, { params: new Params(params), key: this.sender }, strike)
  }

  /** A whole number of the query, cut to `most`. */
  count(name: string, usual: number, most: number): number {
    const text = this.query.get(name) ?? String(usual)
    return /^\d{1,9}$/.test(text) ? Math.min(Number(text) || usual, most) : refuseArgument(`${name} must be a number`)
  }
}
