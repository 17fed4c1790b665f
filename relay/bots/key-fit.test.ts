import { expect, test } from "vitest"
import type { Account } from "../accounts/account.ts"
import type { Refusal } from "../door/refusal.ts"
import type { Exchange } from "../exchange/exchange.ts"
import { ExchangeUnreachable } from "../guard/exchange.ts"
import type { OwnOrder } from "../ledger/own-order.ts"
import type { Position } from "../ledger/position.ts"
import { KeyFit } from "./key-fit.ts"

const position = { market: "BTC/USDT", quantity: "0.4" } as Position
const stop = { clientOrderId: "cw-stop", exchangeOrderId: "2", market: "BTC/USDT", status: "open", filledQuantity: "0" }
const entry = { ...stop, clientOrderId: "cw-entry", exchangeOrderId: "1", status: "filled", filledQuantity: "0.4" }

type Kept = { held?: Position[]; resting?: object[]; past?: object[] }
/** What the new key sees: orders by our ids, and coins. */
type Seen = { orders?: string[]; coins?: string; isAway?: boolean }

async function change({ held = [], resting = [], past = [] }: Kept, { orders = [], coins = "0", isAway }: Seen) {
  let open = 0
  const exchange = {
    name: "Binance",
    // Numbers of orders are the same in many accounts.
    order: async ({ exchangeOrderId, clientOrderId }: OwnOrder) => {
      if (isAway) throw new ExchangeUnreachable("It does not answer.", "no-answer")
      return { exchangeOrderId, clientOrderId: orders.includes(clientOrderId) ? clientOrderId : "somebody-s" }
    },
    balances: async () => [{ asset: "BTC", free: coins, locked: "0" }],
    close: async () => void open--,
  } as unknown as Exchange
  const fit = new KeyFit({
    accounts: { find: async () => ({ id: "account1" }) as Account },
    exchanges: { openWith: async () => (open++, exchange) },
    ledger: { openOrdersOf: async () => resting as OwnOrder[] },
    history: { positions: async () => held, orders: async () => ({ items: past as OwnOrder[], next: null }) },
  })
  const said = await fit.refuseOther("account1", { apiKey: "new", secret: "new" }).then(
    (isSeen) => (isSeen ? "seen" : "taken unseen"),
    ({ status, message }: Refusal) => `${status} ${message}`,
  )
  expect(open).toBe(0)
  return said
}

test("a key of another account is refused while something is held or open, with what it is and what to do", async () => {
  const said = await change({ held: [position], resting: [stop], past: [stop, entry] }, { coins: "5" })
  expect(said).toMatch(/^409 .*0\.4 BTC, 1 open order.*Nothing was changed.*same account at Binance; or stop the bots/)
  expect(await change({ resting: [stop], past: [stop] }, {})).toMatch(/^409 .*1 open order/)
  expect(await change({ held: [position], past: [entry] }, { coins: "0.1" })).toMatch(/^409 .*0\.4 BTC/)
})

test("a key of the same account is taken: it sees an order of ours, or where none is open the coins", async () => {
  expect(await change({ held: [position], resting: [stop] }, { orders: ["cw-stop"] })).toBe("seen")
  // The stop was filled long ago, and the exchange has forgotten it.
  expect(await change({ held: [position], resting: [stop], past: [entry] }, { orders: ["cw-entry"] })).toBe("seen")
  expect(await change({ held: [position], past: [entry] }, { coins: "0.3996" })).toBe("seen")
})

test("an account that holds nothing takes any key; whether it is of the same one shows only by an order of ours there", async () => {
  expect(await change({ past: [entry] }, { orders: ["cw-entry"] })).toBe("seen")
  expect(await change({ past: [entry] }, {})).toBe("taken unseen")
  expect(await change({}, { isAway: true })).toBe("taken unseen")
})

test("an exchange that does not answer changes nothing", async () => {
  expect(await change({ held: [position], resting: [stop] }, { isAway: true })).toMatch(/^503 .*Nothing was changed/)
})
