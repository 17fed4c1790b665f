import { expect, test } from "vitest"
import { DAY_MS } from "../../candles/timeframe.ts"
import { builtEngine } from "../../../testing/built-engine.ts"
import { buying, LiveStory } from "../../../testing/live-story.ts"

const engine = await builtEngine()
const stopAt = (percent: number) => ({ stopLoss: { kind: "percent" as const, percent } })
const up: [number, number, number, number] = [100, 101, 99, 100.5]
const flat: [number, number, number, number] = [100.5, 100.5, 100.5, 100.5]

test("a decision asks for quantity, stop and first target at the close it was made at", async () => {
  const protect = { ...stopAt(5), takeProfit: [{ percent: 10, share: 1 }] }
  const story = await LiveStory.open(engine, buying({ protect }), { quantityStep: 0.001, priceTick: 0.01 })
  expect(story.hour(up)).toEqual([
    expect.objectContaining({
      id: 1,
      action: "enter",
      side: "buy",
      quantity: 0.995,
      stopPrice: 95.48,
      targetPrice: 110.55,
      timeMs: story.nowMs,
    }),
  ])
})

test("the stop covers what has been bought so far, less the fee taken from the coins, and follows the real price", async () => {
  const story = await LiveStory.open(engine, buying({ protect: stopAt(5) }), { quantityStep: 0.001, priceTick: 0.01 })
  story.hour(up)
  const first = story.fill(1, "buy", 0.4, 100.6, 0.0004)
  expect(first.asked).toMatchObject([{ id: 2, action: "moveStop", side: "sell", quantity: 0.399, stopPrice: 95.57 }])
  const second = story.fill(1, "buy", 0.595, 100.8, 0.0005)
  expect(second.asked).toMatchObject([{ id: 3, action: "moveStop", replaces: 2, quantity: 0.994, stopPrice: 95.69 }])
  expect(story.end(1, "filled")).toEqual([])
  expect(story.run.position(0)).toMatchObject({ side: 1, quantity: 0.9941 })
})

test("a stop that fills in parts ends the position, and what else waits is cancelled", async () => {
  const protect = { ...stopAt(5), takeProfit: [{ percent: 10, share: 1 }] }
  const story = await LiveStory.open(engine, buying({ protect }), { quantityStep: 0.001 })
  story.hour(up)
  const asked = story.fill(1, "buy", 0.995, 100.5).asked
  const [stop, target] = asked
  story.end(1, "filled")
  expect(story.fill(stop.id, "sell", 0.5, 95).asked).toMatchObject([{ action: "placeTarget", replaces: target.id }])
  expect(story.fill(stop.id, "sell", 0.495, 95).asked).toMatchObject([{ action: "cancel" }])
  const { trades } = story.run.takeRecords()
  expect([trades.count, ...trades.exitReason]).toEqual([2, 1, 1])
  expect(story.run.position(0).side).toBe(0)
})

test("a limit entry that expires is cancelled once, and fills that come before the exchange says so still count", async () => {
  const entry = { kind: "limit" as const, offsetPercent: 1, expireCandles: 2 }
  const story = await LiveStory.open(engine, buying({ orders: { entry }, protect: stopAt(5) }))
  expect(story.hour(up)).toMatchObject([{ action: "enter", limitPrice: 99.495 }])
  expect(story.hour(flat)).toEqual([])
  expect(story.hour(flat)).toMatchObject([{ action: "cancel", replaces: 1 }])
  expect(story.hour(flat)).toEqual([])
  expect(story.fill(1, "buy", 0.3, 99.495).asked).toMatchObject([{ action: "moveStop", quantity: 0.3 }])
  expect(story.end(1, "cancelled")).toEqual([])
  expect(story.run.position(0)).toMatchObject({ side: 1, quantity: 0.3 })
})

test("an entry that the exchange refuses frees its cash and its place, and the next signal asks again", async () => {
  const story = await LiveStory.open(engine, buying({ size: { kind: "equity", percent: 100 } }))
  const [first] = story.hour(up)
  expect(story.hour(up)).toEqual([])
  story.end(first.id, "refused")
  expect(story.hour(up)).toMatchObject([{ action: "enter", quantity: first.quantity }])
})

test("an exit that the exchange refuses is asked for again at the next decision; meanwhile the stop is placed again", async () => {
  const story = await LiveStory.open(engine, buying({ protect: stopAt(70) }))
  story.hour(up)
  const [stop] = story.fill(1, "buy", 1, 100.5).asked
  story.end(1, "filled")
  const [exit] = story.hour([100, 100, 40, 45])
  expect(exit).toMatchObject({ action: "exit", side: "sell", quantity: 1, reason: "signal" })
  story.end(stop.id, "cancelled")
  expect(story.end(exit.id, "refused")).toMatchObject([{ action: "moveStop", quantity: 1 }])
  expect(story.hour([45, 46, 44, 45])).toMatchObject([{ action: "exit" }])
})

test("a target takes its share, and the next one follows for what is left", async () => {
  const takeProfit = [
    { percent: 1, share: 0.5 },
    { percent: 2, share: 1 },
  ]
  const story = await LiveStory.open(engine, buying({ protect: { ...stopAt(5), takeProfit } }))
  story.hour(up)
  const [, target] = story.fill(1, "buy", 1, 100).asked
  story.end(1, "filled")
  expect(target).toMatchObject({ action: "placeTarget", quantity: 0.5, limitPrice: 101 })
  expect(story.fill(target.id, "sell", 0.5, 101).asked).toMatchObject([{ action: "moveStop", quantity: 0.5 }])
  expect(story.end(target.id, "filled")).toMatchObject([{ action: "placeTarget", quantity: 0.5, limitPrice: 102 }])
})

test("safety orders rest below, one at a time; stop and targets follow the average", async () => {
  const add = { everyDropPercent: 2, sizeMultiple: 2, maxTimes: 2 }
  const protect = { ...stopAt(10), takeProfit: [{ percent: 3, share: 1 }] }
  const story = await LiveStory.open(engine, buying({ add, protect, size: { kind: "quote", amount: 100 } }))
  story.hour([99, 100, 99, 100])
  story.fill(1, "buy", 1, 100)
  const [safety] = story.end(1, "filled")
  expect(safety).toMatchObject({ action: "add", side: "buy", quantity: 2, limitPrice: 98 })
  const { asked } = story.fill(safety.id, "buy", 2, 98)
  expect(asked).toMatchObject([
    { action: "moveStop", quantity: 3 },
    { action: "placeTarget", quantity: 3 },
  ])
  expect(story.end(safety.id, "filled")).toMatchObject([{ action: "add", quantity: 4, limitPrice: 96.04 }])
})

test("returns by time end a position at the close where they are reached", async () => {
  const roi = [{ afterMinutes: 0, percent: 4 }]
  const story = await LiveStory.open(engine, buying({ protect: { stopLoss: { kind: "none" }, roi } }))
  story.hour(up)
  story.fill(1, "buy", 1, 100)
  story.end(1, "filled")
  expect(story.hour([100, 105, 100, 103])).toEqual([])
  expect(story.hour([103, 105, 103, 104.5])).toMatchObject([{ action: "exit", reason: "roi" }])
})

test("the host's account decides: a halt and a lost day refuse entries, whatever the run earned itself", async () => {
  const story = await LiveStory.open(engine, buying({ limits: { dailyLossPercent: 5 } }))
  story.run.setAccount({ cash: 940, dayStartEquity: 1_000, isHalted: false })
  story.hour(up)
  expect(story.hour(up)).toEqual([])
  story.run.setAccount({ cash: 1_000, dayStartEquity: 1_000, isHalted: true })
  expect(story.hour(up)).toEqual([])
  expect(story.run.takeRecords().rejected.map(({ reason }) => reason)).toContain("maxDrawdown")
  story.run.setAccount({ cash: 1_000, dayStartEquity: 1_000, isHalted: false })
  story.hour(flat)
  expect(story.hour(up)).toMatchObject([{ action: "enter" }])
})

test("a day that has reached its loss stays lost, whatever is won back, and ends with the day", async () => {
  const size = { kind: "quote" as const, amount: 900 }
  const story = await LiveStory.open(engine, buying({ size, limits: { dailyLossPercent: 5 } }))
  story.hour(up)
  story.fill(1, "buy", 9, 100)
  story.end(1, "filled")
  story.hour([100, 100, 94, 94])
  story.fill(undefined, "sell", 9, 101)
  expect(story.run.account().cash).toBe(1_009)
  expect(story.hour(up)).toEqual([])
  expect(story.run.takeRecords().rejected.map(({ reason }) => reason)).toEqual(["dailyLoss"])
  while (story.nowMs < DAY_MS) story.hour(flat)
  expect(story.hour(up)).toMatchObject([{ action: "enter" }])
})

test("new rules of the exchange count from the next intent on, and a snapshot from before them goes on under them", async () => {
  const strategy = buying({ protect: { stopLoss: { kind: "none" }, trailing: { percent: 3, armAtPercent: 0 } } })
  const before = await LiveStory.open(engine, strategy, { priceTick: 0.01, quantityStep: 0.1 })
  before.hour(up)
  before.fill(1, "buy", 1, 100)
  before.end(1, "filled")
  const after = await LiveStory.open(engine, strategy, { priceTick: 0.5, quantityStep: 0.1 })
  expect(after.run.restore(before.run.snapshot())).toEqual({ ok: true })
  after.run.setRules(0, { minNotional: 0, quantityStep: 0.1, priceTick: 0.5 })
  after.hour(flat)
  expect(after.hour([104, 111.3, 104, 111])).toMatchObject([{ action: "moveStop", stopPrice: 108 }])
})

test("what the owner sells elsewhere the position follows: the stop gets smaller, and with nothing left all is cancelled", async () => {
  const story = await LiveStory.open(engine, buying({ protect: stopAt(5) }), { quantityStep: 0.001 })
  story.hour(up)
  story.fill(1, "buy", 1, 100)
  story.end(1, "filled")
  expect(story.fill(undefined, "sell", 0.4, 101).asked).toMatchObject([{ action: "moveStop", quantity: 0.6 }])
  const last = story.fill(undefined, "sell", 5, 101)
  expect(last.taken).toBeCloseTo(0.6, 12)
  expect(last.asked).toMatchObject([{ action: "cancel" }])
  expect(story.fill(undefined, "buy", 1, 101)).toEqual({ taken: 0, asked: [] })
})

test("what the owner buys elsewhere is covered by the stop where it is, and is no safety order", async () => {
  const add = { everyDropPercent: 2, sizeMultiple: 1, maxTimes: 2 }
  const protect = { ...stopAt(5), trailing: { percent: 1, armAtPercent: 0 } }
  const story = await LiveStory.open(engine, buying({ add, protect }))
  story.hour([99, 100, 99, 100])
  story.fill(1, "buy", 1, 100)
  story.end(1, "filled")
  story.hour([100, 110, 100, 109])
  expect(story.fill(undefined, "buy", 1, 109).asked).toMatchObject([
    { action: "moveStop", quantity: 2, stopPrice: 108.9 },
  ])
  expect(story.run.position(0)).toMatchObject({ quantity: 2, stop: 108.9 })
})

test("a position that is stopped out while its entry still fills buys no more", async () => {
  const story = await LiveStory.open(engine, buying({ protect: stopAt(5) }))
  story.hour(up)
  const [stop] = story.fill(1, "buy", 0.4, 100.5).asked
  expect(story.fill(stop.id, "sell", 0.4, 95).asked).toMatchObject([{ action: "cancel", replaces: 1 }])
  expect(story.hour(up)).toEqual([])
  expect(story.end(1, "cancelled")).toEqual([])
  expect(story.hour(up)).toMatchObject([{ action: "enter" }])
})

test("a fill of nobody's order, or of one long over, begins no position", async () => {
  const story = await LiveStory.open(engine)
  expect(story.fill(7, "buy", 1, 100)).toEqual({ taken: 0, asked: [] })
  expect(story.run.position(0).side).toBe(0)
})

test("ten thousand candles go through the room of a thousand", async () => {
  const story = await LiveStory.open(engine, buying({ long: { enter: { all: ["sma(close, 50) > 100.2"] } } }))
  for (let n = 0; n < 10_000; n++) story.hour(flat)
  expect(story.run.takeIntents()).toEqual([])
  expect(story.run.account()).toEqual({ cash: 1_000, equity: 1_000 })
})
