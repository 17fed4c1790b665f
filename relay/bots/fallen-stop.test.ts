import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { obey } from "../exchange/simulated/control/command.ts"
import { botInside } from "./testing/bot-inside.ts"
import { minuteStrategy } from "./testing/minute-strategy.ts"

const holding = minuteStrategy({
  markets: ["BTC/USD"],
  long: { enter: { all: ["close > 0"] }, exit: null },
  protect: { stopLoss: { kind: "percent", percent: 2 } },
})

test("where a stop sells at a limit, a price that falls past it at once is sold at the market", async () => {
  const it = await botInside({ strategy: holding, exchange: { speak: "coinbase" } })
  const { runner, ledger } = await it.begin()
  for (let n = 0; n < 20 && runner.positions().length === 0; n++) await it.time.advance(MINUTE_MS / 2)
  expect(runner.positions()).toHaveLength(1)
  const stops = await it.until(it.exchange.openOrders("BTC/USD"))
  expect(stops).toHaveLength(1)
  obey(it.opened.exchange, { do: "scenario", kind: "crash", symbol: "BTC-USD", size: 0.2, lastsMs: 1_000 })
  await it.time.advance(MINUTE_MS)
  const sold = await it.until(it.exchange.fills({ market: "BTC/USD", sinceMs: it.time.nowMs() - 2 * MINUTE_MS }))
  expect(sold.some(({ side }) => side === "sell")).toBe(true)
  const events = (await ledger.events({ botId: "bot1" }, { limit: 50 })).map(({ words }) => words)
  expect(events.filter((words) => words.includes("fell past the lowest price that its stop sells at"))).toHaveLength(1)
  expect(await it.until(it.exchange.openOrders("BTC/USD"))).toEqual([])
  await it.until(runner.end())
  expect(it.bugs).toEqual([])
})
