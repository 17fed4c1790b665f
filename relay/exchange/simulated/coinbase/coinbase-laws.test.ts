import fc from "fast-check"
import { expect, test } from "vitest"
import { realSurroundings } from "../../../surroundings.ts"
import { obey, replayCommands } from "../control/command.ts"
import { type Exchange, openExchange } from "../exchange-state.ts"
import { KeptStory, storyOptions } from "../journal/testing/kept-story.ts"
import { Refusal } from "../refusal.ts"
import { checkLocks, checkStep, totals } from "../testing/venue-laws.ts"
import { coinbaseFees, coinbaseMarkets } from "./markets.ts"

const kinds = [
  "limit",
  "timed",
  "market",
  "spend",
  "stop",
  "bracket",
  "attached",
  "failing",
  "again",
  "edit",
  "cancel",
  "fill",
  "fees",
  "crash",
  "rally",
  "wait",
] as const
const step = fc.record({
  kind: fc.constantFrom(...kinds),
  side: fc.constantFrom("BUY", "SELL"),
  lots: fc.integer({ min: 1, max: 3_000 }),
  away: fc.integer({ min: -200, max: 200 }),
})
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never
const home = { symbols: coinbaseMarkets(), fees: coinbaseFees, speed: "stepped" as const, historyDays: 2 }

test(
  "whatever is asked: money is conserved, locks are what orders need, and the log rebuilds the exchange",
  {
    timeout: 120_000,
  },
  () => {
    const lived = new Set<string>()
    const open = () => openExchange({ ...home, seed: "laws", startMs: Date.UTC(2026, 0, 5) }, realSurroundings())
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        const first = trader(open())
        const { venue } = first.state
        const before = totals(venue)
        const last = new Map()
        venue.listen((event) => {
          if (event.kind !== "execution") return
          const { type, status, bracket, expiryReason } = event.order
          checkStep(last, event.order)
          lived.add([type, status, bracket?.isTriggered && "triggered", expiryReason].filter(Boolean).join(" "))
        })
        for (const one of steps) {
          act(first, one)
          checkLocks(venue, 1)
          expect(totals(venue)).toEqual(before)
        }
        const again = open()
        replayCommands(again.state, first.log.commands())
        again.state.venue.advanceTo(venue.nowMs)
        expect(summary(again)).toEqual(summary(first))
      }),
      { numRuns: 60 },
    )
    expect([...lived]).toEqual(
      expect.arrayContaining([
        "LIMIT_STOP_BRACKET FILLED",
        "LIMIT_STOP_BRACKET FILLED triggered",
        "LIMIT_STOP_BRACKET PENDING_NEW",
        "LIMIT EXPIRED GOOD_TILL_DATE",
        "LIMIT EXPIRED REJECTED",
      ]),
    )
  },
)

test("after kill -9 brackets, ends and fees are what they were, and go on as they would have", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 30 }), (steps) => {
      const story = new KeptStory()
      const options = { ...storyOptions, ...home }
      try {
        const exchange = trader(story.open(story.folder, options))
        for (const one of steps) act(exchange, one)
        const again = story.open(story.afterKill(), options)
        for (const { state } of [again, exchange]) state.venue.advanceTo(exchange.state.venue.nowMs + 60_000)
        expect(summary(again)).toEqual(summary(exchange))
      } finally {
        story.end()
      }
    }),
    { numRuns: 15 },
  )
})

function trader(exchange: Exchange): Exchange {
  obey(exchange, { do: "open-account", name: "first" })
  for (const asset of ["USD", "BTC"]) obey(exchange, { do: "deposit", accountId: 1, asset, delta: "100000" })
  return exchange
}

function summary({ state: { venue } }: Exchange): unknown[] {
  return [...venue.orders.values(), ...venue.accounts.values(), venue.market("BTC-USD").lastPrice]
}

function act(exchange: Exchange, { kind, side, lots, away }: Step): void {
  const { venue } = exchange.state
  const symbol = "BTC-USD"
  const priced = (share: number) => ((Number(venue.market(symbol).lastPrice) / 1e8) * share).toFixed(2)
  const price = priced(1 + away / 10_000)
  const quantity = (lots * 0.001).toFixed(3)
  const clientOrderId = `${venue.orders.size}`
  const operation = (name: string, params: Record<string, string>) =>
    obey(exchange, { do: "operation", name, accountId: 1, params: { symbol, ...params } })
  const create = (params: Record<string, string>) =>
    operation("-coinbase.createOrder", { side, clientOrderId, ...params })
  const limit = { type: "LIMIT", timeInForce: "GTC", price, quantity }
  const around = side === "BUY" ? { up: "stopPrice", down: "price" } : { up: "price", down: "stopPrice" }
  const does: Record<Step["kind"], () => unknown> = {
    limit: () => create(limit),
    timed: () => create({ ...limit, goodTillMs: String(venue.nowMs + lots * 2) }),
    market: () => create({ type: "MARKET", quantity }),
    spend: () => create({ type: "MARKET", quoteOrderQty: String(lots) }),
    stop: () => create({ ...limit, type: "STOP_LOSS_LIMIT", stopPrice: price }),
    bracket: () =>
      create({ type: "LIMIT_STOP_BRACKET", quantity, [around.up]: priced(1.002), [around.down]: priced(0.998) }),
    attached: () => create({ ...limit, side: "BUY", attachedPrice: priced(1.03), attachedStopPrice: priced(0.97) }),
    failing: () => create({ ...limit, fails: "true" }),
    again: () => create({ ...limit, clientOrderId: "0" }),
    edit: () => operation("-order.amend", { orderId: String(lots % 10), price, quantity }),
    cancel: () => operation("order.cancel", { orderId: String(lots % 10) }),
    fill: () => obey(exchange, { do: "fill-order", orderId: lots % 10, pieces: 3 }),
    fees: () => obey(exchange, { do: "set-fees", accountId: 1, taker: (lots / 100_000).toFixed(5) }),
    crash: () => obey(exchange, { do: "scenario", kind: "crash", symbol, lastsMs: 5_000, size: 0.02 }),
    rally: () => obey(exchange, { do: "scenario", kind: "rally", symbol, lastsMs: 5_000, size: 0.02 }),
    wait: () => venue.advanceTo(venue.nowMs + lots * 5),
  }
  try {
    does[kind]()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}
