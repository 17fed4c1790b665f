import { answered, relay } from "../relay-client/relay.ts"
import { tellNews } from "../relay-client/relay-news.ts"
import type { ChipLook } from "../ui/chip.tsx"

/** An account as the relay shows it. */
export type Account = Awaited<ReturnType<typeof askAccounts>>[number]
export type RiskSettings = Account["risk"]
export type Cost = Awaited<ReturnType<typeof askCosts>>[number]

export async function askAccounts() {
  const answer = await answered(relay.accounts.$get())
  return (await answer.json()).items
}

export async function askAccount(id: string): Promise<Account> {
  const answer = await answered(relay.accounts[":id"].$get({ param: { id } }))
  return answer.json()
}

export async function askBalances(id: string) {
  const answer = await answered(relay.accounts[":id"].balances.$get({ param: { id } }))
  const { items, total } = await answer.json()
  return { items, total }
}

/** What an account's bots paid in fees, by bot and market. */
export async function askCosts(id: string) {
  const answer = await answered(relay.accounts[":id"].costs.$get({ param: { id } }))
  return (await answer.json()).items
}

/** The newest uses of its key that mattered. */
export async function askKeyUses(id: string) {
  const answer = await answered(relay.accounts[":id"]["key-log"].$get({ param: { id }, query: {} }))
  return (await answer.json()).items
}

/** Puts another key in; the old one counts until the exchange has approved it. Throws as `addAccount`. */
export async function changeKey(id: string, json: { apiKey: string; secret: string }): Promise<void> {
  await answered(relay.accounts[":id"].key.$put({ param: { id }, json }))
  tellNews()
}

export type NewAccount = Parameters<typeof relay.accounts.$post>[0]["json"]

/** Adds an account. Throws `RelayRefusal` with the place of what is wrong. */
export async function addAccount(json: NewAccount): Promise<Account> {
  const answer = await answered(relay.accounts.$post({ json }))
  tellNews()
  return answer.json()
}

/** A first account with made-up money, for who has none. */
export function addPracticeAccount(name = "Practice"): Promise<Account> {
  return addAccount({ name, venue: "practice", mode: "paper" })
}

export async function changeRisk(id: string, risk: Partial<RiskSettings>): Promise<Account> {
  const answer = await answered(relay.accounts[":id"].$patch({ param: { id }, json: { risk } }))
  tellNews()
  return answer.json()
}

export async function removeAccount(id: string): Promise<void> {
  await answered(relay.accounts[":id"].$delete({ param: { id } }))
  tellNews()
}

type Mode = Account["mode"]

export const modeChips: Record<Mode, { look: ChipLook; word: string }> = {
  paper: { look: "blue", word: "PAPER" },
  testnet: { look: "violet", word: "TESTNET" },
  live: { look: "red", word: "LIVE" },
}

/** The newest account with made-up money; a new one where there is none. */
export async function practiceAccount(): Promise<Account> {
  const known = (await askAccounts()).find(({ venue }) => venue === "practice")
  return known ?? addPracticeAccount()
}
