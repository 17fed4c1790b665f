import fc from "fast-check"
import { expect, test } from "vitest"
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#engine/candles"
import { realSurroundings } from "../../../surroundings.ts"
import { obey } from "../control/command.ts"
import { type Exchange, openExchange } from "../exchange-state.ts"
import { answersOf } from "./testing/answers.ts"
import { KeptStory, place, priced, trader } from "./testing/kept-story.ts"

const START_MS = Date.UTC(2026, 10, 29, 10, 0, 30)
const options = { seed: "kept", speed: 1, historyDays: 2 } as const

/** An exchange in real time, the wall clock in our hand; `away` kills it and opens it that much later. */
class Absence {
  readonly story = new KeptStory()
  private wallMs = START_MS
  exchange = trader(this.open())

  open(): Exchange {
    return this.story.open(this.story.folder, options, () => this.wallMs)
  }

  away(ms: number): Exchange {
    this.wallMs += ms
    return (this.exchange = this.open())
  }
}

function during<Result>(act: (absence: Absence) => Result): Result {
  const absence = new Absence()
  try {
    return act(absence)
  } finally {
    absence.story.end()
  }
}

/** An exchange with the same orders that has lived through the time. */
function lived(orders: Record<string, string>[], ms: number): Exchange {
  const twin = trader(openExchange(options, { ...realSurroundings(), nowMs: () => START_MS }))
  for (const params of orders) place(twin, params)
  twin.state.venue.advanceTo(START_MS + ms)
  return twin
}

const ordersOf = ({ state: { venue } }: Exchange) =>
  [...venue.orders.values()].map(({ orderId, status, executed, fills }) => ({
    orderId,
    status,
    executed,
    fills: fills.map(({ price, quantity, timeMs, commission }) => ({ price, quantity, timeMs, commission })),
  }))

const candlesOf = ({ state: { venue } }: Exchange) =>
  [...venue.markets.values()].flatMap(({ candles, rules }) =>
    Array.from({ length: 26 * 60 }, (_, minute) => {
      const candle = candles.candle("1m", START_MS - 30_000 + (minute - 60) * MINUTE_MS, venue.nowMs)
      return (
        candle && [rules.symbol, candle.openTimeMs, candle.open, candle.high, candle.low, candle.close, candle.volume]
      )
    }),
  )

test("stops and limits that the market reached meanwhile are filled as they would have been, and no candle is missing", () =>
  during((absence) => {
    const { exchange } = absence
    const orders: Record<string, string>[] = [
      { type: "LIMIT", timeInForce: "GTC", price: priced(exchange, 0.995) },
      { type: "LIMIT", side: "SELL", timeInForce: "GTC", price: priced(exchange, 1.004) },
      { type: "STOP_LOSS", side: "SELL", stopPrice: priced(exchange, 0.99) },
      { type: "STOP_LOSS", stopPrice: priced(exchange, 1.008) },
      { type: "STOP_LOSS", side: "SELL", trailingDelta: "60" },
    ]
    for (const params of orders) place(exchange, params)
    const again = absence.away(DAY_MS)
    const twin = lived(orders, DAY_MS)
    expect(again.state.venue.nowMs).toBe(START_MS + DAY_MS)
    expect(ordersOf(again)).toEqual(ordersOf(twin))
    expect(ordersOf(again).filter(({ status }) => status === "FILLED").length).toBeGreaterThan(1)
    expect(candlesOf(again)).toEqual(candlesOf(twin))
  }))

test("whatever rests, and however long it was away, orders end as they would have", { timeout: 120_000 }, () => {
  const order = fc.record({
    kind: fc.constantFrom("LIMIT", "STOP_LOSS", "TRAIL"),
    side: fc.constantFrom("BUY", "SELL"),
    away: fc.integer({ min: 1, max: 150 }),
  })
  fc.assert(
    fc.property(fc.array(order, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 150 }), (wanted, minutes) =>
      during((absence) => {
        const orders = wanted.map(({ kind, side, away }): Record<string, string> => {
          const isAbove = (kind === "LIMIT") === (side === "SELL")
          const price = priced(absence.exchange, 1 + (isAbove ? away : -away) / 10_000)
          if (kind === "TRAIL") return { type: "STOP_LOSS", side, trailingDelta: String(10 + away) }
          if (kind === "STOP_LOSS") return { type: kind, side, stopPrice: price }
          return { type: kind, side, timeInForce: "GTC", price }
        })
        for (const params of orders) place(absence.exchange, params)
        const again = absence.away(minutes * MINUTE_MS)
        expect(ordersOf(again)).toEqual(ordersOf(lived(orders, minutes * MINUTE_MS)))
      }),
    ),
    { numRuns: 20 },
  )
})

test("numbers of trades go on after an absence, and none comes twice", () =>
  during((absence) => {
    place(absence.exchange, { type: "MARKET" })
    const idsOf = ({ state: { venue } }: Exchange) => venue.orders.get(1)!.fills.map(({ tradeId }) => tradeId)
    const before = idsOf(absence.exchange)
    const again = absence.away(5 * HOUR_MS)
    place(again, { type: "MARKET" })
    expect(again.state.venue.orders.get(2)!.fills[0].tradeId).toBeGreaterThan(Math.max(...before))
    expect(idsOf(again)).toEqual(before)
  }))

test("a crash that played goes on counting: prices stay where it took them", () =>
  during((absence) => {
    const { exchange } = absence
    const before = Number(priced(exchange, 1))
    obey(exchange, { do: "scenario", kind: "crash", lastsMs: 60_000, size: 0.3 })
    const again = absence.away(6 * HOUR_MS)
    const after = Number(priced(again, 1))
    expect(after / before).toBeGreaterThan(0.6)
    expect(after / before).toBeLessThan(0.8)
  }))

test("a month away with orders resting, then a minute: the second start knows the same as the first", () =>
  during((absence) => {
    place(absence.exchange, { type: "LIMIT", timeInForce: "GTC", price: priced(absence.exchange, 0.5) })
    const first = answersOf(absence.away(30 * DAY_MS))
    expect(answersOf(absence.away(0))).toEqual(first)
  }))

test("an exchange that followed prices from outside goes by the candles of its absence, however short, not by the last price", () =>
  during(({ story }) => {
    let wallMs = START_MS
    const usual = { open: 6_000_000, high: 6_000_000, low: 6_000_000, close: 6_000_000, volume: 100_000 }
    const dipMs = START_MS - 30_000 + 2 * MINUTE_MS
    const source = {
      firstMs: START_MS - DAY_MS,
      minute: (_rules: unknown, openTimeMs: number) => (openTimeMs === dipMs ? { ...usual, low: 5_800_000 } : usual),
    }
    const open = (live?: string) => story.open(story.folder, { ...options, source, live }, () => wallMs)
    const exchange = trader(open())
    obey(exchange, { do: "follow-price", symbol: "BTCUSDT", price: "60000" })
    place(exchange, { type: "LIMIT", timeInForce: "GTC", price: "59000.00" })
    wallMs += 5 * MINUTE_MS
    const [order] = ordersOf(open("http://127.0.0.1:9"))
    expect(order).toMatchObject({ status: "FILLED" })
    expect(order.fills[0].timeMs - dipMs).toBeLessThan(MINUTE_MS)
  }))
