import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { obey } from "../exchange/simulated/control/command.ts"
import { botInside } from "./testing/bot-inside.ts"
import { minuteStrategy } from "./testing/minute-strategy.ts"
import { ownerByHand } from "./testing/owner-by-hand.ts"
import { parityOf } from "./parity.ts"

const holding = minuteStrategy({
  long: { enter: { all: ["close > open"] }, exit: null },
  protect: { stopLoss: { kind: "percent", percent: 20 } },
})

/** A bot with a position whose stop is gone, and that its exchange keeps from placing another one. */
async function bare(keep: (it: Awaited<ReturnType<typeof botInside>>) => void) {
  const it = await botInside({ strategy: holding, exchange: { balances: { USDT: "10000" } } })
  const { ledger, bot, runner } = await it.begin()
  for (let n = 0; n < 20 && runner.positions().length === 0; n++) await it.time.advance(MINUTE_MS / 2)
  keep(it)
  ownerByHand(it.opened).cancelAll()
  await it.time.advance(30_000)
  const events = async () => (await ledger.events({}, { limit: 200 })).map(({ words }) => words)
  return { ...it, ledger, bot, runner, events }
}

const status = ({ opened }: Pick<Awaited<ReturnType<typeof botInside>>, "opened">, now: "HALT" | "TRADING") =>
  obey(opened.exchange, { do: "set-rules", symbol: "BTCUSDT", rules: { status: now } })

test("what is sold because the exchange took no stop is named so, in events, trade and parity, and never as the stop's", async () => {
  const it = await bare(({ opened }) => {
    opened.exchange.faults.add({ fault: "F12", on: "order.place", times: 15, probability: 1 })
  })
  await it.time.advance(MINUTE_MS)
  const told = await it.events()
  expect(told).toContainEqual(expect.stringMatching(/^Without a stop at the exchange, sold \S+ BTC\/USDT at /))
  expect(told).toContainEqual(
    expect.stringMatching(/ended by a sale at the market, since the exchange took no stop with a (loss|profit)/),
  )
  expect(told.filter((words) => /the stop sold|ended by the stop/i.test(words))).toEqual([])
  expect(await it.ledger.trades(it.bot.id, { skip: 0, limit: 1 })).toMatchObject([{ exitReason: "noStop" }])
  const { bot, ledger, time, engine } = it
  const parity = await it.until(parityOf({ bot, strategy: holding, engine, ledger, surroundings: time }))
  expect(parity).toMatchObject({ isRepeatable: true })
  expect(it.bugs).toEqual([])
})

test("coins whose stop ended in a halt have one a few seconds after it, and are kept", async () => {
  const it = await bare((inside) => status(inside, "HALT"))
  expect(ownerByHand(it.opened).stopped()).toEqual([])
  status(it, "TRADING")
  await it.time.advance(5_000)
  expect(ownerByHand(it.opened).stopped()).toHaveLength(1)
  expect(it.runner.positions()).toHaveLength(1)
  expect(it.bugs).toEqual([])
})

test("what its owner has it sell after a halt is the owner's sale", async () => {
  const it = await bare((inside) => status(inside, "HALT"))
  await it.until(it.runner.wish("close", "Its owner sells all."))
  status(it, "TRADING")
  await it.time.advance(10_000)
  expect(await it.events()).toContainEqual(expect.stringMatching(/^As its owner wanted, sold /))
  expect(await it.ledger.trades(it.bot.id, { skip: 0, limit: 1 })).toMatchObject([{ exitReason: "byHand" }])
  expect(it.bugs).toEqual([])
})
