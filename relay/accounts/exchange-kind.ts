import type { Account } from "./account.ts"

/**
 * What an exchange is: real, its testnet, our own made-up market, our own book at its real prices, or a program on this
 * computer that stands in for it.
 */
export const exchangeKinds = ["real", "testnet", "practice", "paper", "stand-in"] as const
export type ExchangeKind = (typeof exchangeKinds)[number]

/** Whether made-up money trades there at the prices of a real exchange. */
export function followsRealPrices({ venue, mode }: Pick<Account, "venue" | "mode">): boolean {
  return mode === "paper" && venue !== "practice"
}

export function exchangeKindOf({
  venue,
  mode,
  isStandIn,
}: Pick<Account, "venue" | "mode" | "isStandIn">): ExchangeKind {
  if (isStandIn) return "stand-in"
  if (followsRealPrices({ venue, mode })) return "paper"
  if (venue === "practice") return "practice"
  return mode === "testnet" ? "testnet" : "real"
}

/** Says what the exchange of an account is; it never changes, so each account is read once, and remembered when it is removed. */
export class ExchangeKinds {
  readonly #known = new Map<string, ExchangeKind>()

  constructor(private readonly find: (accountId: string) => Promise<Account | undefined>) {}

  /** Null for an account that was removed before we started. */
  async of(accountId: string): Promise<ExchangeKind | null> {
    const known = this.#known.get(accountId)
    if (known !== undefined) return known
    const account = await this.find(accountId)
    if (account === undefined) return null
    const kind = exchangeKindOf(account)
    this.#known.set(accountId, kind)
    return kind
  }
}
