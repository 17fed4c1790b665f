import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { strategySchema } from "#engine/strategy"
import { engineFor } from "../built-engine.ts"
import { parityOf } from "./parity.ts"
import { botInside } from "./testing/bot-inside.ts"
import { judge } from "./testing/judge.ts"

/** What fees in the coin leave of some trades, base units. */
const dust = 1e-3

/** Buys on a rising minute with a stop of its own, and closes on a falling one. */
const source = `import { Atr, Candle, Strategy } from "candlewright"

export class Minutes extends Strategy {
  range: Atr = new Atr(5)
  onCandle(candle: Candle): void {
    const range = this.range.next(candle)
    if (!this.position.isOpen && candle.close > candle.open) {
      this.log("a rising minute")
      this.buy().percent(40).stopDistance(40 * range)
    }
    if (this.position.isOpen && candle.close < candle.open) this.close()
  }
}`

const strategy = strategySchema.parse({
  format: "candlewright.strategy/1",
  name: "Minutes in code",
  timeframe: "1m",
  markets: ["BTC/USDT"],
  code: { language: "assemblyscript", source },
})

test("a strategy in code buys with its own stop at the exchange, outlives its relay, decides the same when it is run again, and sells all", async () => {
  const inside = await botInside({ strategy })
  const { begin, time, exchange, opened, bugs, until } = inside
  const engine = await engineFor(strategy, inside.engine)
  const log = () => opened.exchange.log.entries
  const isHolding = () => judge(log(), { dust }).held.BTCUSDT > dust
  let { runner, ledger, bot } = await begin(engine)
  for (let n = 0; n < 60 && !isHolding(); n++) await time.advance(MINUTE_MS / 2)
  expect(runner.lastReason).not.toContain("mistake")
  expect(isHolding()).toBe(true)
  const [position] = runner.positions()
  expect(position.stop).toBeLessThan(position.entryPrice)
  const [stop] = await until(exchange.openOrders("BTC/USDT"))
  expect(stop).toMatchObject({ side: "sell", status: "open" })
  await until(runner.end())
  ;({ runner, ledger, bot } = await begin(engine))
  await time.advance(5_000)
  expect(runner.positions()).toMatchObject([{ quantity: position.quantity, stop: position.stop }])
  expect(await until(exchange.openOrders("BTC/USDT"))).toEqual([stop])
  await time.advance(20 * MINUTE_MS)
  expect(runner.status).toBe("running")
  const parity = await until(parityOf({ bot, strategy, engine, ledger, surroundings: time }))
  expect(parity!.isRepeatable).toBe(true)
  expect(parity!.trades.live).toBeGreaterThan(3)
  await until(runner.wish("stop", "Its owner ends it."))
  await time.advance(MINUTE_MS)
  expect(runner.status).toBe("stopped")
  await until(runner.end())
  await until(exchange.close())
  expect(judge(log(), { dust })).toMatchObject({ doubles: [], left: [], longestUnprotectedMs: 0 })
  expect(bugs).toEqual([])
}, 240_000)
