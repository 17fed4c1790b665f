import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { obey } from "../exchange/simulated/control/command.ts"
import { botInside } from "./testing/bot-inside.ts"
import { minuteStrategy } from "./testing/minute-strategy.ts"

const small = minuteStrategy({
  size: { kind: "quote", amount: 20 },
  long: { enter: { all: ["close > 0"] }, exit: null },
  protect: { stopLoss: { kind: "percent", percent: 30 } },
})

test("a smallest order that was lowered is heard within minutes, told once with both sizes, over a restart too, and then bought by", async () => {
  const it = await botInside({ strategy: small })
  const rules = (minNotional: string) =>
    obey(it.opened.exchange, { do: "set-rules", symbol: "BTCUSDT", rules: { minNotional } })
  rules("100")
  let { runner, ledger } = await it.begin()
  const told = async () =>
    (await ledger.events({}, { limit: 100 }))
      .map(({ words }) => words)
      .filter((words) => words.includes("changed its rules"))
  await it.time.advance(3 * MINUTE_MS)
  expect([runner.positions(), await told()]).toEqual([[], []])
  rules("10")
  await it.time.advance(6 * MINUTE_MS)
  expect(await told()).toEqual([
    expect.stringMatching(/^BTC\/USDT: .*: the smallest order is 10 USDT now \(it was 100 USDT\)\./),
  ])
  expect(runner.positions()).toHaveLength(1)
  await it.until(runner.end())
  rules("5")
  ;({ runner, ledger } = await it.begin())
  await it.time.advance(6 * MINUTE_MS)
  const [newest, ...older] = await told()
  expect([newest, older.length]).toEqual([expect.stringContaining("is 5 USDT now (it was 10 USDT)"), 1])
  await it.until(runner.end())
  expect(it.bugs).toEqual([])
})

test("what an exchange lists is asked for once in five minutes, however many rounds a bot makes, and its silence changes nothing", async () => {
  const it = await botInside({ strategy: small })
  const { runner, account } = await it.begin()
  await it.time.advance(MINUTE_MS)
  let asked = 0
  const markets = it.exchange.markets.bind(it.exchange)
  it.exchange.markets = () => {
    asked++
    return asked > 2 ? Promise.reject(new Error("away")) : markets()
  }
  await it.time.advance(10 * MINUTE_MS)
  expect(asked).toBe(2)
  await it.time.advance(5 * MINUTE_MS)
  expect(asked).toBeGreaterThan(2)
  expect((await it.until(account.listed())).length).toBeGreaterThan(0)
  expect(runner.status).toBe("running")
  await it.until(runner.end())
  expect(it.bugs).toEqual([])
})
