import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { obey } from "../exchange/simulated/control/command.ts"
import type { LanguageName } from "../exchange/simulated/language.ts"
import { botInside } from "./testing/bot-inside.ts"
import { minuteStrategy } from "./testing/minute-strategy.ts"

// Where an exchange has fewer kinds of orders than Binance.

/** A bot that holds as long as it may. */
async function botAt(speak: LanguageName, parts: Parameters<typeof minuteStrategy>[0] = {}) {
  const quote = speak === "coinbase" ? "USD" : "USDT"
  const long = { enter: { all: ["close > 0"] }, exit: null }
  const strategy = minuteStrategy({ markets: [`BTC/${quote}`], long, ...parts })
  const it = await botInside({ strategy, exchange: { speak, balances: { [quote]: "10000" } } })
  const { log } = it.opened.exchange
  const events = (event: string, side: string) =>
    log.entries.filter((one) => one.kind === "event" && one.event === event && one.about.side === side)
  return { ...it, ...(await it.begin()), events }
}

test("a target that is reached makes the stop go, and is sold then: the stop goes once", async () => {
  const stopLoss = { kind: "percent", percent: 5 } as const
  const protect = { stopLoss, takeProfit: [{ percent: 1, share: 1 }] }
  const it = await botAt("coinbase", { protect })
  for (let n = 0; n < 20 && it.runner.positions().length === 0; n++) await it.time.advance(MINUTE_MS / 4)
  obey(it.opened.exchange, { do: "scenario", kind: "rally", symbol: "BTC-USD", size: 0.03, lastsMs: 20_000 })
  await it.time.advance(20_000)
  expect(it.events("CANCELED", "SELL")).toHaveLength(1)
  expect(it.events("TRADE", "SELL").length).toBeGreaterThanOrEqual(1)
  await it.until(it.runner.end())
  expect(it.bugs).toEqual([])
})

test("at Bybit a stop that the price has passed is never sent, where it would wait for the price to come back: what is held is sold", async () => {
  const protect = { stopLoss: { kind: "percent", percent: 5 }, trailing: { percent: 0.01 } } as const
  const it = await botAt("bybit", { protect })
  for (let n = 0; n < 20 && it.events("TRADE", "SELL").length === 0; n++) await it.time.advance(MINUTE_MS / 2)
  expect(it.events("NEW", "SELL").filter((one) => one.kind === "event" && one.about.type === "TAKE_PROFIT")).toEqual([])
  expect(it.events("TRADE", "SELL").length).toBeGreaterThanOrEqual(1)
  await it.until(it.runner.end())
  expect(it.bugs).toEqual([])
})
