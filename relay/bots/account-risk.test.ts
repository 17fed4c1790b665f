import { assert, asyncProperty, array, constantFrom, integer, record, scheduler, boolean } from "fast-check"
import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { HOUR_MS } from "#engine/candles"
import { usualRisk } from "../accounts/risk.ts"
import type { Exchange } from "../exchange/exchange.ts"
import { checkEntry } from "../guard/entry-check.ts"
import { LastLook } from "../guard/last-look.ts"
import { Ledger } from "../ledger/ledger.ts"
import type { OwnOrder } from "../ledger/own-order.ts"
import { openRelayStore } from "../store/relay-store.ts"
import { realSurroundings } from "../surroundings.ts"
import { AccountDesk } from "./account-desk.ts"
import type { BotRunner } from "./bot-runner.ts"
import { riskOf } from "./kept-standing.ts"
import { OrderSending } from "./order-sending.ts"
import { OwnOrders } from "./own-orders.ts"

const CASH = 10_000
const PRICE = 100
const markets = ["BTC/USDT", "ETH/USDT", "SOL/USDT", "XRP/USDT"]
const moment = { isKilled: false, candleAge: 0, clockErrorMs: 0, price: PRICE }

/** All markets move alike. */
const hours = Array.from({ length: 48 }, (_, n) => ({ openTimeMs: n * HOUR_MS, close: String(PRICE + ((n * n) % 7)) }))

const wish = record({ market: constantFrom(...markets), quote: integer({ min: 500, max: 6_000 }), isByHand: boolean() })
const limits = record({
  maxPositions: integer({ min: 1, max: 4 }),
  maxOrdersPerMinute: integer({ min: 1, max: 6 }),
  maxSharePercent: integer({ min: 10, max: 60 }),
  maxCorrelation: constantFrom(0.9, 1),
})

test("no limit of an account is exceeded, in whatever order its bots and hands decide, order and fill at the same time", async () => {
  const dataDirectory = join(await mkdtemp(join(tmpdir(), "candlewright-at-risk-")), "data")
  const store = await openRelayStore({ dataDirectory, surroundings: realSurroundings() })
  const { database, instanceId } = store
  const ledger = await Ledger.open({ database, instanceId, nowMs: Date.now })
  let [count, bought, refused] = [0, 0, 0]
  const law = asyncProperty(
    scheduler(),
    array(wish, { minLength: 2, maxLength: 7 }),
    limits,
    async (turns, all, changes) => {
      const risk = { ...usualRisk, requireStop: false, riskPercent: 100, ...changes }
      const account = { cash: CASH }
      /** What the disk or the exchange takes time for, in any order. */
      const later = (name: string) => turns.schedule(Promise.resolve(), name)
      const sent: { market: string; value: number }[] = []
      const exchange = {
        clockErrorMs: () => 0,
        balances: async () => {
          await later("balances")
          return [{ asset: "USDT", free: String(account.cash), locked: "0" }]
        },
        closedCandles: async () => hours,
        place: async (order: OwnOrder) => {
          await later("place")
          const value = Number(order.quantity) * PRICE
          account.cash -= value
          sent.push({ market: order.market, value })
          const filled = { status: "filled", exchangeOrderId: order.clientOrderId, filledQuantity: order.quantity }
          return { ok: true, orders: [{ ...order, ...filled }] }
        },
      } as unknown as Exchange
      const deps = { accountId: `account-${++count}`, exchange, look: new LastLook({ isOn: false }), ledger }
      const desk = new AccountDesk({ ...deps, risk: async () => risk, surroundings: realSurroundings() })
      const done = Promise.all(
        all.map(async ({ market, quote, isByHand }, n) => {
          const orders = new OwnOrders([], [])
          const held = { quantity: 0 }
          const positions = () => (held.quantity > 0 ? [{ market, quantity: held.quantity, price: PRICE }] : [])
          const runner = {
            bot: { id: `${count}-${n}`, cash: String(CASH), status: "running", markets: [market] },
            isOpen: true,
            equity: () => CASH,
            invested: () => held.quantity * PRICE,
            atRisk: () => riskOf(positions(), orders.all, orders.booked),
          } as unknown as BotRunner
          desk.runners.add(runner)
          const sending = new OrderSending({ orders, account: desk, keep: () => later("keep") })
          const order = (quantity: number) =>
            ({
              clientOrderId: `cw-${count}-${n}`,
              botId: runner.bot.id,
              market,
              side: "buy",
              quantity: String(quantity),
              price: String(PRICE),
              filledQuantity: "0",
              status: "planned",
            }) as OwnOrder
          await later("decides")
          const allowed = await desk.decide(market, risk, (at) => {
            const wanted = { market, quantity: quote / PRICE, price: PRICE, stopPrice: undefined, isMore: false }
            const verdict = checkEntry(wanted, risk, at, moment)
            if (!verdict.ok) return undefined
            const own = order(verdict.quantity)
            // A hand keeps its order together with its request first.
            const value = verdict.quantity * PRICE
            return isByHand
              ? { own, release: desk.atRisk.reserve({ market, value }) }
              : { own, planned: sending.plan([own]) }
          })
          if (allowed === undefined) return void refused++
          if (allowed.release) {
            await later("request")
            orders.add([allowed.own])
            allowed.release()
          } else await allowed.planned
          bought++
          await sending.send(allowed.own)
          await later("book")
          held.quantity += Number(allowed.own.quantity)
          orders.close(allowed.own)
          desk.moved()
        }),
      )
      await turns.waitFor(done)
      const held = new Map<string, number>()
      for (const { market, value } of sent) held.set(market, (held.get(market) ?? 0) + value)
      expect(sent.length).toBeLessThanOrEqual(risk.maxOrdersPerMinute)
      expect(held.size).toBeLessThanOrEqual(risk.maxCorrelation < 1 ? 1 : risk.maxPositions)
      for (const value of held.values()) expect(value).toBeLessThanOrEqual((CASH * risk.maxSharePercent) / 100 + 1e-6)
      expect(sent.length).toBeGreaterThan(0)
    },
  )
  await assert(law, { numRuns: 60, seed: 11 })
  expect([bought, refused].every((times) => times > 60)).toBe(true)
  await store.close()
})
