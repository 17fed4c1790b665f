import { afterEach, beforeEach, expect, test } from "vitest"
import { keptBot } from "../ledger/testing/kept-bot.ts"
import { openedApp, type OpenedApp } from "../testing/opened-app.ts"

let relay: OpenedApp
beforeEach(async () => void (relay = await openedApp()))
afterEach(() => relay.close())

const is = {
  id: "missing",
  market: "BTC/USDT",
  botQuantity: 0.5,
  exchangeQuantity: 0.4,
  soldQuantity: 0,
  sinceMs: 7,
  isIgnored: false,
}

test("the inbox tells what is missing, in words, and refuses what cannot be, in words", async () => {
  const bot = await keptBot(relay)
  await relay.ledger.keep(bot, { difference: { market: is.market, is } })
  const [read, trade] = [await relay.bearer("read"), await relay.bearer("trade")]
  const list = await relay.ask("GET /api/reconcile", { headers: read })
  expect(await list.json()).toEqual({
    items: [
      {
        id: "missing",
        accountId: "account-1",
        botId: "bot-1",
        market: "BTC/USDT",
        botQuantity: "0.5",
        exchangeQuantity: "0.4",
        differenceQuantity: "0.1",
        words: "The exchange has 0.4 BTC for this bot, the bot says 0.5 BTC. Did you sell or move 0.1 BTC by hand?",
        sinceMs: 7,
        isIgnored: false,
        actions: ["adopt", "ignore", "buyBack"],
        exchange: null,
      },
    ],
    next: null,
  })
  const say = async (id: string, body: object, headers = trade) => {
    const answer = await relay.ask(`POST /api/reconcile/${id}`, { headers, body })
    return [answer.status, ((await answer.json()) as { error: string }).error]
  }
  expect(await say("missing", { action: "adopt" }, read)).toEqual([403, expect.any(String)])
  expect(await say("other", { action: "adopt" })).toEqual([404, "There is no such difference."])
  expect(await say("missing", { action: "sell" })).toEqual([
    422,
    expect.stringContaining('"adopt", "ignore" or "buyBack"'),
  ])
  expect(await say("missing", { action: "adopt" })).toEqual([409, expect.stringContaining("Nothing was changed")])
  await relay.ledger.keep(bot, { difference: { market: is.market, is: { ...is, isIgnored: true } } })
  expect(await say("missing", { action: "ignore" })).toEqual([409, expect.stringContaining("ignored already")])
  await relay.ledger.keep(bot, { difference: { market: is.market, is: undefined } })
  expect(await (await relay.ask("GET /api/reconcile", { headers: read })).json()).toEqual({ items: [], next: null })
})
