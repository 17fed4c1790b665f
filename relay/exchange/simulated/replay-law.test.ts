import fc from "fast-check"
import { expect, test } from "vitest"
import { realSurroundings } from "../../surroundings.ts"
import { obey, replayCommands } from "./control/command.ts"
import { type Exchange, openExchange } from "./exchange-state.ts"
import { Refusal } from "./refusal.ts"

const step = fc.record({
  kind: fc.constantFrom(
    "LIMIT",
    "MARKET",
    "STOP_LOSS",
    "LIMIT_MAKER",
    "opo",
    "cancel",
    "deposit",
    "story",
    "fill",
    "quiet",
    "wait",
  ),
  side: fc.constantFrom("BUY", "SELL"),
  symbol: fc.constantFrom("BTCUSDT", "ETHUSDT"),
  lots: fc.integer({ min: 1, max: 3_000 }),
  away: fc.integer({ min: -200, max: 200 }),
})
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

test("whatever the requests, in whatever order, the log rebuilds the same exchange", { timeout: 120_000 }, () => {
  const options = { seed: "replay", historyDays: 2, speed: "stepped" as const, startMs: Date.UTC(2026, 0, 5) }
  const open = () => openExchange(options, realSurroundings())
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
      const first = open()
      obey(first, { do: "open-account", name: "first" })
      for (const asset of ["USDT", "BTC", "ETH"]) obey(first, { do: "deposit", accountId: 1, asset, delta: "100000" })
      for (const one of steps) act(first, one)
      const again = open()
      replayCommands(again.state, first.log.commands())
      again.state.venue.advanceTo(first.state.venue.nowMs)
      const summary = ({ state: { venue } }: typeof first) => [
        ...venue.orders.values(),
        ...venue.accounts.values(),
        ...[...venue.markets.values()].flatMap(({ trades, lastPrice }) => [lastPrice, ...trades]),
      ]
      expect(summary(again)).toEqual(summary(first))
    }),
    { numRuns: 100 },
  )
})

const working = (workingPrice: string, workingQuantity: string) => ({
  workingType: "LIMIT",
  workingSide: "BUY",
  workingTimeInForce: "GTC",
  workingPrice,
  workingQuantity,
})

function act(exchange: Exchange, { kind, side, symbol, lots, away }: Step): void {
  const { venue } = exchange.state
  const price = ((Number(venue.market(symbol).lastPrice) / 1e8) * (1 + away / 10_000)).toFixed(2)
  const base = { symbol, side, type: kind, quantity: (lots * 0.001).toFixed(3) }
  const place = (params: Record<string, string>) =>
    obey(exchange, { do: "operation", name: "order.place", accountId: 1, params: { ...base, ...params } })
  const does: Record<string, () => unknown> = {
    LIMIT: () => place({ price, timeInForce: "GTC" }),
    MARKET: () => place({}),
    STOP_LOSS: () => place({ stopPrice: price }),
    LIMIT_MAKER: () => place({ price }),
    opo: () =>
      obey(exchange, {
        do: "operation",
        name: "orderList.place.opo",
        accountId: 1,
        params: {
          symbol,
          ...working(price, base.quantity),
          pendingType: "STOP_LOSS",
          pendingSide: "SELL",
          pendingStopPrice: "50",
        },
      }),
    cancel: () => obey(exchange, { do: "operation", name: "openOrders.cancelAll", accountId: 1, params: { symbol } }),
    deposit: () => obey(exchange, { do: "deposit", accountId: 1, asset: "USDT", delta: String(away) }),
    story: () => obey(exchange, { do: "scenario", kind: "crash", symbol, lastsMs: 5_000, size: 0.02 }),
    fill: () => obey(exchange, { do: "fill-order", orderId: lots % 10, pieces: 3 }),
    quiet: () => obey(exchange, { do: "quiet", symbol, isQuiet: away > 0 }),
    wait: () => venue.advanceTo(venue.nowMs + lots),
  }
  try {
    does[kind]()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}
