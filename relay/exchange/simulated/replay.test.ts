import { afterEach, expect, test } from "vitest"
import { realSurroundings } from "../../surroundings.ts"
import { replayCommands } from "./control/command.ts"
import { openExchange } from "./exchange-state.ts"
import { ask, command } from "./testing/raw-client.ts"
import { type SimulatedExchange, startSimulatedExchange } from "./simulated-exchange.ts"

let exchange: SimulatedExchange
afterEach(() => exchange.stop())

test("replaying the event log builds the same exchange again: orders, fills, balances, candles, refusals", async () => {
  const options = {
    seed: 11,
    speed: "stepped" as const,
    historyDays: 2,
    limits: { ordersPer10Seconds: 10_000, weightPerMinute: 100_000 },
  }
  exchange = await startSimulatedExchange(options, realSurroundings())
  const { venue } = exchange.exchange.state
  await busyHour()
  const again = openExchange({ ...options, startMs: venue.options.startMs }, realSurroundings())
  replayCommands(again.state, exchange.exchange.log.commands())
  again.state.venue.advanceTo(venue.nowMs)
  expect(venue.orders.size).toBeGreaterThan(60)
  expect([...again.state.venue.orders.values()]).toEqual([...venue.orders.values()])
  expect([...again.state.venue.accounts.values()]).toEqual([...venue.accounts.values()])
  expect([...again.state.venue.lists.values()]).toEqual([...venue.lists.values()])
  expect(again.state.venue.market("BTCUSDT").trades).toEqual(venue.market("BTCUSDT").trades)
  const events = (log: typeof exchange.exchange.log) =>
    log.entries.filter((entry) => entry.kind === "event").map((entry) => ({ ...entry, sequence: 0 }))
  expect(events(again.log)).toEqual(events(exchange.exchange.log))
})

test("the log holds no secret", async () => {
  exchange = await startSimulatedExchange({ seed: 11, speed: "stepped", historyDays: 2 }, realSurroundings())
  await ask(exchange, "POST", "/api/v3/order", { symbol: "BTCUSDT", side: "BUY", type: "MARKET", quantity: "0.01" })
  const text = JSON.stringify(exchange.exchange.log.entries)
  expect(text).toContain("order.place")
  for (const secret of [exchange.secret, exchange.apiKey, "signature", "timestamp"]) expect(text).not.toContain(secret)
})

async function busyHour() {
  for (let minute = 0; minute < 40; minute++) {
    const last = Number(exchange.exchange.state.venue.market("BTCUSDT").lastPrice) / 1e8
    const price = (share: number) => (last * share).toFixed(2)
    const base = { symbol: "BTCUSDT", side: minute % 3 === 0 ? "SELL" : "BUY", quantity: "0.0123" }
    await ask(exchange, "POST", "/api/v3/order", {
      ...base,
      type: "LIMIT",
      timeInForce: "GTC",
      price: price(minute % 3 === 0 ? 1.0005 : 0.9995),
    })
    await ask(exchange, "POST", "/api/v3/order", { ...base, type: "MARKET" })
    // Reading the book in between must not change anything.
    if (minute % 4 === 0) await ask(exchange, "GET", "/api/v3/depth", { symbol: "BTCUSDT" }, { unsigned: true })
    if (minute % 5 === 0)
      await ask(exchange, "POST", "/api/v3/orderList/oco", {
        symbol: "BTCUSDT",
        side: "SELL",
        quantity: "0.01",
        aboveType: "LIMIT_MAKER",
        abovePrice: price(1.001),
        belowType: "STOP_LOSS",
        belowStopPrice: price(0.999),
      })
    if (minute % 7 === 0) await ask(exchange, "DELETE", "/api/v3/openOrders", { symbol: "BTCUSDT" })
    if (minute === 20) await command(exchange.control, "/scenario", { kind: "flash-wick" })
    if (minute === 25) await command(exchange.control, "/accounts/1/fees", { inBnb: true })
    exchange.advance(60_000)
  }
}
