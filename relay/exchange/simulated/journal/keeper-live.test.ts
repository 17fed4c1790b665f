import fc from "fast-check"
import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { obey } from "../control/command.ts"
import type { Exchange } from "../exchange-state.ts"
import type { CandleSource } from "../market/candle-source.ts"
import { defaultSymbols } from "../market/symbol-rules.ts"
import { syntheticSource } from "../market/synthetic-source.ts"
import { KeptStory, place, priced, trader } from "./testing/kept-story.ts"

const START_MS = Date.UTC(2026, 10, 29, 10, 0, 30)
const SECOND_MS = 1_000
const world = syntheticSource({ seed: "the real world", startMs: START_MS, historyDays: 2 })
const bitcoin = defaultSymbols().find(({ symbol }) => symbol === "BTCUSDT")!

/** The closed minutes of the world at a time, as a feed gives them at a start. */
function knownAt(nowMs: number): CandleSource {
  const knownUntilMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS
  return {
    firstMs: world.firstMs,
    knownUntilMs,
    minute: (rules, openTimeMs) => (openTimeMs < knownUntilMs ? world.minute(rules, openTimeMs) : undefined),
  }
}

/** A paper exchange that follows Bitcoin in the world, the wall clock in our hand. */
class Followed {
  readonly story = new KeptStory()
  private wallMs = START_MS
  exchange: Exchange
  private ticks = world.minute(bitcoin, START_MS - MINUTE_MS)!.close

  constructor() {
    this.exchange = trader(this.open())
  }

  killed(awayMs: number): Exchange {
    this.wallMs += awayMs
    return (this.exchange = this.open())
  }

  /** A second passes, in which the price moves by so many ticks. */
  second(byTicks: number): void {
    this.ticks += byTicks
    this.moment()
    const price = String(this.ticks / 100)
    obey(this.exchange, { do: "follow-price", symbol: "BTCUSDT", price })
  }

  /** A second passes without a new price. */
  moment(): void {
    this.wallMs += SECOND_MS
    this.exchange.catchUp()
  }

  /** What trades saw: each fill of each order, and every amount there is. */
  get told() {
    const { orders, accounts } = this.exchange.state.venue
    return {
      fills: [...orders.values()].flatMap(({ orderId, fills }) =>
        fills.map(({ price, quantity, commission }) => ({ orderId, price, quantity, commission })),
      ),
      balances: [...accounts.values()].map(({ balances }) => [...balances]),
    }
  }

  private open(): Exchange {
    const options = { seed: "paper", speed: 1, live: "the world", source: knownAt(this.wallMs) } as const
    return this.story.open(this.story.folder, options, () => this.wallMs)
  }
}

const step = fc.oneof(
  fc.record({
    is: fc.constant("seconds" as const),
    moves: fc.array(fc.integer({ min: -900, max: 900 }), { minLength: 1, maxLength: 150 }),
  }),
  fc.record({ is: fc.constant("buy" as const) }),
  fc.record({ is: fc.constant("rest" as const), factor: fc.double({ min: 0.99, max: 1.01, noNaN: true }) }),
)

test("what was bought at a followed price, in any second of its minute, is the same after a kill -9, with minutes known since", () => {
  const reached = { orders: 0, minutes: 0 }
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 0, max: 59_000 }),
      (steps, awayMs) => {
        const it = new Followed()
        try {
          for (const one of steps) {
            if (one.is === "seconds") for (const byTicks of one.moves) it.second(byTicks)
            else if (one.is === "buy") place(it.exchange, { type: "MARKET" })
            else place(it.exchange, { type: "LIMIT", timeInForce: "IOC", price: priced(it.exchange, one.factor) })
          }
          reached.orders += steps.filter(({ is }) => is !== "seconds").length
          reached.minutes += steps.reduce((sum, one) => sum + (one.is === "seconds" ? one.moves.length / 60 : 0), 0)
          const before = it.told
          it.killed(awayMs)
          expect(it.told).toEqual(before)
          expect(it.story.told).toEqual([])
        } finally {
          it.story.end()
        }
      },
    ),
    { numRuns: 80 },
  )
  expect(reached.orders).toBeGreaterThan(50)
  expect(reached.minutes).toBeGreaterThan(10)
})

test("an order that rested and was filled at the last price before a kill -9 is filled after it", () => {
  const it = new Followed()
  place(it.exchange, { type: "LIMIT", timeInForce: "GTC", price: priced(it.exchange, 0.99) })
  it.second(-1_000_000)
  expect(it.told.fills).toEqual([])
  it.moment()
  const before = it.told
  expect(before.fills).toHaveLength(1)
  it.killed(0)
  expect(it.told).toEqual(before)
  it.story.end()
})
