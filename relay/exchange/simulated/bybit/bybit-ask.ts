import type { Account } from "../account/account.ts"
import type { ApiKey } from "../account/api-key.ts"
import type { Exchange } from "../exchange-state.ts"
import type { Strike } from "../faults/faults.ts"
import { perform } from "../protocol/dispatch.ts"
import { operationNamed } from "../protocol/operations.ts"
import { Params } from "../protocol/params.ts"
import type { Venue } from "../venue.ts"
import type { BybitInput } from "./bybit-input.ts"

/** One request to answer. `key` and `account` exist only where the route demands a key. */
export type BybitAsk = {
  exchange: Exchange
  venue: Venue
  input: BybitInput
  key: ApiKey
  account: Account
  strike: Strike | undefined
}

/** Carries out what a request comes to, by the engine's name for it; what is undefined is left out. */
export function carryOut(
  { exchange, key, strike }: BybitAsk,
  name: string,
  given: Record<string, string | undefined>,
): unknown {
  const sent = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const params = new Params(Object.fromEntries(sent))
  return perform(exchange, operationNamed(name)!, { params, key }, strike)
}
