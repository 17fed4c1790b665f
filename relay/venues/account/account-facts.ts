import type { RealVenueId } from "../venue.ts"
import type { AccountAbilities } from "./account-abilities.ts"
import { binanceFacts } from "./binance-facts.ts"
import { bybitFacts } from "./bybit-facts.ts"
import { coinbaseFacts } from "./coinbase-facts.ts"

/** One of the two texts a key is made of, as its exchange calls and shows it. */
export type KeyPart = { noun: string; shape: string; hasLines: boolean }

/** Why an exchange says no to a person who connects it: the relay's words for the first three. */
export type ExchangeNo = "exchange-away" | "clock-differs" | "key-not-accepted" | "minimum"

/** What a person should know to connect an exchange: once, for the wizard, refusals and docs/exchanges.md. */
export type AccountFacts = {
  key: Record<"apiKey" | "secret", KeyPart>
  /** Where keys are made and changed, as the exchange names its pages. */
  where: string
  /** How a key is made, up to its rights. */
  making: readonly string[]
  /** Rights as the exchange names them: those a bot needs, and those by which money leaves. */
  rights: { needed: readonly string[]; never: readonly string[] }
  /** How a key is bound to an internet address, as a thing to do. */
  address: string
  /** Once it is made. */
  copying: string
  /** When a key ends by itself. */
  expiry: string
  testNetwork: { isThere: boolean; words: string }
  /** Who may open an account. */
  region: string
  /** What it says no with, where a person may meet it in those words. */
  noes: Partial<Record<ExchangeNo, string>>
  can: AccountAbilities
  traps: readonly string[]
}

export const accountFacts: Record<RealVenueId, AccountFacts> = {
  binance: binanceFacts,
  bybit: bybitFacts,
  coinbase: coinbaseFacts,
}

/** What an account is never used for, at any exchange. */
export const neverUsed =
  "Margin, futures, options, lending, transfers and withdrawals: no request for any of them is in the program."

/** How a key with the least rights is made, step by step. */
export function keySteps(venue: RealVenueId, { isTestnet }: { isTestnet: boolean }): string[] {
  const { making, rights, address, copying, testNetwork } = accountFacts[venue]
  return [
    ...(isTestnet ? [testNetwork.words] : []),
    ...making,
    `Tick ${named(rights.needed)}.`,
    `Leave ${named(rights.never)} unticked: a key that can take money out is not taken.`,
    `${capital(address)}, so that a stolen key is worthless.`,
    copying,
  ]
}

/** Names in quotation marks, the last after "and". */
export function named(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`)
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1)}`
}

/** What stands above a field. */
export function labelOf({ noun }: KeyPart): string {
  return capital(noun)
}

/** What stands below that, so that a person sees whether the right thing was copied. */
export function hintOf({ shape }: KeyPart): string {
  return capital(shape)
}

function capital(text: string): string {
  return text[0].toUpperCase() + text.slice(1)
}
