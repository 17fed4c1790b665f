import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { hmacSignature } from "../account/signature.ts"
import { replayCommands } from "../control/command.ts"
import { type Exchange, openExchange } from "../exchange-state.ts"
import { openInProcess } from "../in-process.ts"
import { type OpenedExchange, openWithWaysIn } from "../opened-exchange.ts"
import { VirtualTime } from "../virtual-time.ts"

// Requests in Bybit's language, without a port and in virtual time; the log and the disk make the same exchange of them.
const startMs = Date.UTC(2026, 0, 5)
const options = { seed: "bybit", historyDays: 2, tickMs: 15_000, heartbeatMs: 15_000, speak: "bybit" } as const

const step = fc.record({
  kind: fc.constantFrom(
    "limit",
    "market",
    "maker",
    "stop",
    "conditional",
    "attached",
    "amend",
    "cancel",
    "all",
    "wait",
  ),
  side: fc.constantFrom("Buy", "Sell"),
  lots: fc.integer({ min: 1, max: 400 }),
  away: fc.integer({ min: -200, max: 200 }),
})
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

test(
  "whatever is asked in Bybit's language, the log and the disk rebuild the same exchange",
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        const folder = mkdtempSync(join(tmpdir(), "bybit-story-"))
        const bugs: unknown[] = []
        const time = new VirtualTime({ startMs, seed: "t", onBug: (error) => bugs.push(error) })
        const opened = await openWithWaysIn({ ...options, folder }, time)
        try {
          for (const one of steps) await act(opened, time, one)
          expect(bugs).toEqual([])
          expect(summary(repeated(opened.exchange))).toEqual(summary(opened.exchange))
          const kept = summary(opened.exchange)
          opened.stop()
          const again = await openWithWaysIn({ ...options, folder }, time)
          expect(summary(again.exchange)).toEqual(kept)
          again.stop()
        } finally {
          rmSync(folder, { recursive: true })
        }
      }),
      { numRuns: 25 },
    )
  },
)

function repeated({ log, state }: Exchange): Exchange {
  const { symbols, tickMs, seed } = state.venue.options
  const time = new VirtualTime({ startMs, seed: "t", onBug: () => {} })
  const again = openExchange({ seed, historyDays: 2, startMs, tickMs, symbols, speed: "stepped" }, time)
  replayCommands(again.state, log.commands())
  again.state.venue.advanceTo(state.venue.nowMs)
  return again
}

function summary({ state: { venue } }: Exchange) {
  const prices = [...venue.markets.values()].map(({ lastPrice }) => lastPrice)
  return [...venue.orders.values(), ...venue.accounts.values(), ...prices]
}

async function act(opened: OpenedExchange, time: VirtualTime, { kind, side, lots, away }: Step): Promise<void> {
  const { venue } = opened.exchange.state
  const price = ((Number(venue.market("BTCUSDT").lastPrice) / 1e8) * (1 + away / 10_000)).toFixed(2)
  const order = { side, orderType: "Limit", qty: (lots * 0.001).toFixed(3), price, triggerPrice: price }
  const { triggerPrice: _, ...limit } = order
  const exits = {
    side: "Buy",
    stopLoss: (Number(price) * 0.99).toFixed(2),
    takeProfit: (Number(price) * 1.01).toFixed(2),
  }
  const named = { orderId: String(lots % 20) }
  const post = (path: string, params: object) => time.until(send(opened, time, `/v5/order/${path}`, params))
  const does: Record<Step["kind"], () => Promise<unknown>> = {
    limit: () => post("create", { ...limit, ...(lots % 3 === 0 ? { orderLinkId: `id-${lots % 9}` } : {}) }),
    market: () => post("create", { ...limit, orderType: "Market", marketUnit: "baseCoin" }),
    maker: () => post("create", { ...limit, timeInForce: "PostOnly" }),
    stop: () => post("create", { ...order, orderType: "Market", orderFilter: "tpslOrder" }),
    conditional: () => post("create", { ...order, orderFilter: "StopOrder" }),
    attached: () => post("create", { ...limit, ...exits }),
    amend: () => post("amend", { ...named, qty: order.qty, price, triggerPrice: price }),
    cancel: () => post("cancel", { ...named, orderFilter: lots % 2 === 0 ? "Order" : "tpslOrder" }),
    all: () => post("cancel-all", {}),
    wait: () => time.advance(lots * 200 + MINUTE_MS),
  }
  await does[kind]()
}

async function send(opened: OpenedExchange, time: VirtualTime, path: string, params: object): Promise<unknown> {
  const body = JSON.stringify({ category: "spot", symbol: "BTCUSDT", ...params })
  const { apiKey } = opened.key
  const atMs = String(time.nowMs())
  const headers = {
    "x-bapi-api-key": apiKey,
    "x-bapi-timestamp": atMs,
    "x-bapi-recv-window": "5000",
    "x-bapi-sign": hmacSignature(opened.secret, `${atMs}${apiKey}5000${body}`),
  }
  const answer = await openInProcess(opened).fetch(`http://exchange${path}`, { method: "POST", headers, body })
  const { retCode } = (await answer.json()) as { retCode: number }
  expect([10002, 10003, 10004, 10016]).not.toContain(retCode)
  return retCode
}
