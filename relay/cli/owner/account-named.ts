import { quoted } from "#engine/candles"
import type { Account } from "../../accounts/account.ts"
import { HonestNo } from "../command.ts"
import type { AskRelay } from "./owner-relay.ts"

export function allAccounts(ask: AskRelay): Promise<{ items: Account[]; next: string | null }> {
  return ask({ method: "GET", path: "/accounts" })
}

/** The account of this name or id; throws `HonestNo` when there is none. */
export async function accountNamed(ask: AskRelay, name: string): Promise<Account> {
  const { items } = await allAccounts(ask)
  const account = items.find((each) => each.name === name) ?? items.find(({ id }) => id === name)
  if (account === undefined) throw new HonestNo(`There is no account ${quoted(name)}.`)
  return account
}
