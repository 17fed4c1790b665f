import { expect, test } from "vitest"
import type { Account } from "./account.ts"
import { type ExchangeKind, exchangeKindOf, ExchangeKinds } from "./exchange-kind.ts"

const kinds: [Pick<Account, "venue" | "mode" | "isStandIn">, ExchangeKind][] = [
  [{ venue: "binance", mode: "live", isStandIn: false }, "real"],
  [{ venue: "binance", mode: "testnet", isStandIn: false }, "testnet"],
  [{ venue: "practice", mode: "paper", isStandIn: false }, "practice"],
  [{ venue: "binance", mode: "paper", isStandIn: false }, "paper"],
  [{ venue: "binance", mode: "paper", isStandIn: true }, "stand-in"],
  [{ venue: "binance", mode: "live", isStandIn: true }, "stand-in"],
  [{ venue: "binance", mode: "testnet", isStandIn: true }, "stand-in"],
]

test.each(kinds)("%j is called %s", (account, kind) => expect(exchangeKindOf(account)).toBe(kind))

test("what happened on an account that is removed is still said of its exchange, and of one nobody knows nothing is said", async () => {
  let account: Account | undefined = { venue: "binance", mode: "live", isStandIn: true } as Account
  const of = new ExchangeKinds(async (id) => (id === "a" ? account : undefined))
  expect(await of.of("a")).toBe("stand-in")
  account = undefined
  expect(await of.of("a")).toBe("stand-in")
  expect(await of.of("b")).toBeNull()
})
