import { cpSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { realSurroundings } from "../../../surroundings.ts"
import { addKey, createHmacKey } from "../account/api-key.ts"
import { obey } from "../control/command.ts"
import type { Exchange } from "../exchange-state.ts"
import { openKept } from "./open-kept.ts"
import { answersOf } from "./testing/answers.ts"

let home: string
const told: string[] = []
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "candlewright-kept-"))
  told.length = 0
})
afterEach(() => rmSync(home, { recursive: true }))

const START_MS = Date.UTC(2026, 10, 29, 10, 0, 30)

/** Opens the exchange of the folder, in stepped time. */
function open(folder = join(home, "practice")): Exchange {
  return openKept(
    { folder, seed: "kept", speed: "stepped", historyDays: 2, startMs: START_MS },
    realSurroundings(),
    (sentence) => told.push(sentence),
  )
}

/** What opens after a kill -9 at this moment: an exchange on a copy of what is on the disk. */
let copies = 0
function openAfterKill(): Exchange {
  const image = join(home, `image-${copies++}`)
  cpSync(join(home, "practice"), image, { recursive: true })
  return open(image)
}

function trader(exchange: Exchange): Exchange {
  obey(exchange, { do: "open-account", name: "first" })
  for (const asset of ["USDT", "BTC", "ETH"]) obey(exchange, { do: "deposit", accountId: 1, asset, delta: "100000" })
  addKey(exchange, createHmacKey("kept", 1))
  return exchange
}

function pass(exchange: Exchange, ms: number): void {
  exchange.clock.advance(ms)
  exchange.catchUp()
}

const operation = (exchange: Exchange, name: string, params: Record<string, string>) =>
  obey(exchange, { do: "operation", name, accountId: 1, params: { symbol: "BTCUSDT", ...params } })
const place = (exchange: Exchange, params: Record<string, string>) =>
  operation(exchange, "order.place", { side: "BUY", quantity: "0.01", ...params }) as { orderId: number }
const lastPrice = (exchange: Exchange) => Number(exchange.state.venue.market("BTCUSDT").lastPrice) / 1e8

test("an exchange that was killed goes on with every account, key, order, list, fill, balance, candle and trade", () => {
  const first = trader(open())
  const price = lastPrice(first)
  place(first, { type: "LIMIT", timeInForce: "GTC", price: (price * 0.9).toFixed(2), newClientOrderId: "resting" })
  place(first, { type: "STOP_LOSS", side: "SELL", stopPrice: (price * 0.95).toFixed(2) })
  place(first, { type: "MARKET" })
  operation(first, "orderList.place.oco", {
    side: "SELL",
    quantity: "0.02",
    aboveType: "LIMIT_MAKER",
    abovePrice: (price * 1.05).toFixed(2),
    belowType: "STOP_LOSS",
    belowStopPrice: (price * 0.96).toFixed(2),
  })
  pass(first, 90 * MINUTE_MS)
  operation(first, "order.cancel", { origClientOrderId: "resting", newClientOrderId: "cancelled" })
  place(first, { type: "MARKET", side: "SELL" })
  pass(first, 3 * MINUTE_MS)
  const before = answersOf(first)
  expect(answersOf(openAfterKill())).toEqual(before)
  expect(told).toEqual([])
})

test("what happens afterwards is the same as if it had never been away, numbers of orders and trades included", () => {
  const first = trader(open())
  place(first, { type: "MARKET" })
  place(first, { type: "LIMIT", timeInForce: "GTC", price: (lastPrice(first) * 0.999).toFixed(2) })
  const again = openAfterKill()
  for (const one of [first, again]) {
    pass(one, 20 * MINUTE_MS)
    place(one, { type: "MARKET" })
  }
  expect(answersOf(again)).toEqual(answersOf(first))
})

test("restarts upon restarts lose nothing", () => {
  let exchange = trader(open())
  for (let round = 0; round < 5; round++) {
    place(exchange, { type: "MARKET" })
    place(exchange, { type: "LIMIT", timeInForce: "GTC", price: (lastPrice(exchange) * 0.98).toFixed(2) })
    pass(exchange, (round + 1) * 7 * MINUTE_MS)
    const before = answersOf(exchange)
    exchange = open()
    expect(answersOf(exchange)).toEqual(before)
  }
})
