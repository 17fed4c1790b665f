import { HOUR_MS, MINUTE_MS } from "#engine/candles"
import { describe, expect, test } from "vitest"
import type { AccountNews, OrderName, PlaceAnswer, PlacedOrder, WantedOrder } from "../exchange.ts"
import { formatDecimal } from "../simulated/decimal.ts"
import { scenarioOf } from "../simulated/market/scenario.ts"
import { type LanguageName, languages } from "../simulated/language.ts"
import { venueInside } from "./testing/venue-inside.ts"

// What bots need of an exchange, through our one interface, over an unmodified ccxt, on every exchange's own protocol.

const venues = Object.keys(languages) as LanguageName[]
const movesStops = (venue: string) => venue === "bybit"

async function inside(speak: LanguageName) {
  const parts = await venueInside({ speak, limits: { ordersPer10Seconds: 1_000 } })
  const { exchange, venue, until, time, opened } = parts
  const markets = await until(exchange.markets())
  const market = markets.find(({ base, quote }) => base === "BTC" && quote.startsWith("USD"))!
  const symbol = languages[speak].symbolOf(market.base, market.quote)
  const price = (share: number) =>
    (Math.round((Number(formatDecimal(venue.market(symbol).lastPrice)) * share) / 10) * 10).toString()
  let count = 0
  const wanted = (order: Partial<WantedOrder> & { kind: WantedOrder["kind"] }) =>
    ({
      clientOrderId: `cw1-all-${count++}`,
      market: market.name,
      side: "buy",
      quantity: "0.02",
      ...order,
    }) as WantedOrder
  const place = (order: WantedOrder) => until(exchange.place(order))
  /** An entry with a stop at half the price. */
  const enter = async (kind: "limit" | "fill-or-kill", at: string) => {
    const entry = wanted({ kind, price: at } as never) as never as { clientOrderId: string } & WantedOrder
    const stop = { clientOrderId: `${entry.clientOrderId}-stop`, stopPrice: price(0.5), ...stopLimit() }
    const answer = await until(
      exchange.placeProtected({
        clientListId: `${entry.clientOrderId}-list`,
        entry: entry as never,
        exitQuantity: entry.quantity,
        stop,
      }),
    )
    const stopName: OrderName = {
      market: market.name,
      clientOrderId: stop.clientOrderId,
      attachedTo: { clientOrderId: entry.clientOrderId, exitPrice: stop.stopPrice },
    }
    return { answer, entry, entryName: { market: market.name, clientOrderId: entry.clientOrderId }, stopName }
  }
  const stopLimit = () => (market.can.orderKinds.includes("stop") ? {} : { price: price(0.495) })
  const stopOf = (quantity: string, share = 0.5): WantedOrder => {
    const kind = market.can.orderKinds.includes("stop") ? "stop" : "stop-limit"
    const at = { stopPrice: price(share), ...(kind === "stop" ? {} : { price: price(share * 0.99) }) }
    return wanted({ kind, side: "sell", quantity, ...at } as never)
  }
  const fault = (name: string, on: string) => opened.exchange.faults.add({ fault: name as never, on })
  const order = (name: OrderName) => until(exchange.order(name))
  const coins = async () => (await until(exchange.balances())).find(({ asset }) => asset === market.base)!
  return {
    ...parts,
    market,
    price,
    wanted,
    place,
    enter,
    stopOf,
    fault,
    order,
    coins,
    step: (ms = 2_000) => time.advance(ms),
  }
}

function first(answer: PlaceAnswer): PlacedOrder {
  if (!answer.ok) throw new Error(answer.message)
  return answer.orders[0]
}

describe.each(venues)("at %s", (speak) => {
  test("an order lives: placed, found by our id, listed, cancelled, and cancelling it again says it is not open", async () => {
    const { exchange, until, market, place, wanted, price, order, step } = await inside(speak)
    const sent = wanted({ kind: "limit", price: price(0.9) })
    expect(first(await place(sent))).toMatchObject({
      clientOrderId: sent.clientOrderId,
      status: "open",
      quantity: "0.02",
    })
    const name = { market: market.name, clientOrderId: sent.clientOrderId }
    expect(await order(name)).toMatchObject({ status: "open", filledQuantity: "0", side: "buy" })
    const ids = async () => (await until(exchange.openOrders(market.name))).map(({ clientOrderId }) => clientOrderId)
    expect(await ids()).toEqual([sent.clientOrderId])
    expect(await until(exchange.cancel(name))).toEqual({ ok: true })
    await step()
    expect((await order(name))!.status).toBe("cancelled")
    expect(await until(exchange.cancel(name))).toEqual({ ok: false, because: "not-open" })
    expect(await order({ market: market.name, clientOrderId: "cw1-never-sent" })).toBeUndefined()
    expect(await ids()).toEqual([])
  })

  test("a buy at once is filled, its fills and fee are read, and what it bought can be sold", async () => {
    const { exchange, until, market, place, wanted, price, order, coins, step, time } = await inside(speak)
    const before = Number((await coins()).free)
    const buy = first(await place(wanted({ kind: "fill-or-kill", price: price(1.01) })))
    await step()
    expect(await order(buy)).toMatchObject({ status: "filled", filledQuantity: "0.02", quantity: "0.02" })
    const fills = await until(exchange.fills({ market: market.name, exchangeOrderId: buy.exchangeOrderId }))
    expect(fills.reduce((sum, { quantity }) => sum + Number(quantity), 0)).toBeCloseTo(0.02, 10)
    const inCoin = fills
      .filter(({ feeAsset }) => feeAsset === market.base)
      .reduce((sum, { fee }) => sum + Number(fee), 0)
    expect(Number((await coins()).free) - before).toBeCloseTo(0.02 - inCoin, 8)
    expect(fills.every(({ fee, feeAsset }) => Number(fee) > 0 && [market.base, market.quote].includes(feeAsset))).toBe(
      true,
    )
    const sale = first(await place(wanted({ kind: "market", side: "sell", quantity: "0.019" })))
    await step()
    expect(await order(sale)).toMatchObject({ status: "filled", filledQuantity: "0.019", side: "sell" })
    expect(
      (await until(exchange.fills({ market: market.name, sinceMs: time.nowMs() - HOUR_MS }))).length,
    ).toBeGreaterThanOrEqual(2)
  })

  test("an entry that fills at once leaves its stop at work at the exchange, for all that it bought", async () => {
    const { enter, order, price, coins, market, exchange, until, step } = await inside(speak)
    const free = Number((await coins()).free)
    const { answer, entryName, stopName } = await enter("fill-or-kill", price(1.01))
    expect(answer).toMatchObject({ ok: true })
    await step()
    expect(await order(entryName)).toMatchObject({ status: "filled", filledQuantity: "0.02" })
    const stop = (await order(stopName))!
    expect(stop).toMatchObject({ status: "open", side: "sell", filledQuantity: "0" })
    expect(Number(stop.quantity)).toBeGreaterThan(0.019)
    const { free: left, locked } = await coins()
    expect(Number(left)).toBeLessThan(free + 0.0002)
    expect(Number(locked)).toBeCloseTo(Number(stop.quantity), 8)
    const open = await until(exchange.openOrders(market.name))
    expect(open.map(({ exchangeOrderId }) => exchangeOrderId)).toEqual([stop.exchangeOrderId])
    const { exchangeOrderId } = stop
    expect(await until(exchange.cancel({ market: market.name, exchangeOrderId, kind: "stop" }))).toEqual({ ok: true })
    await step()
    expect((await order({ market: market.name, exchangeOrderId }))!.status).toMatch(/cancelled|expired/)
    expect(Number((await coins()).locked)).toBe(0)
  })

  test("an entry that cannot fill at once buys nothing, and its stop never comes", async () => {
    const { enter, order, price, coins, step, exchange, until } = await inside(speak)
    const before = await coins()
    const { entryName, stopName } = await enter("fill-or-kill", price(0.9))
    // Where it rests instead, who sent it cancels it.
    await until(exchange.cancel(entryName))
    await step()
    expect((await order(entryName))!.status).toMatch(/cancelled|expired|rejected/)
    expect((await order(stopName))!.status).toMatch(/cancelled|expired|rejected/)
    expect(await coins()).toEqual(before)
  })

  test("a stop of an entry that rests waits with it, and ends with it", async () => {
    const { exchange, until, enter, order, price, step } = await inside(speak)
    const { entryName, stopName } = await enter("limit", price(0.9))
    expect((await order(entryName))!.status).toBe("open")
    expect((await order(stopName))!.status).toBe("waiting")
    expect(await until(exchange.cancel(entryName))).toEqual({ ok: true })
    await step()
    expect((await order(stopName))!.status).toMatch(/cancelled|expired/)
  })

  test("a stop sells when its price comes", async () => {
    const { place, wanted, price, stopOf, order, opened, market, step, exchange, until } = await inside(speak)
    await place(wanted({ kind: "fill-or-kill", price: price(1.01) }))
    await step()
    const stop = first(await place(stopOf("0.019", 0.98)))
    expect((await order(stop))!.status).toBe("open")
    opened.exchange.state.venue
      .market(languages[speak].symbolOf(market.base, market.quote))
      .play(scenarioOf("crash", opened.exchange.state.venue.nowMs, { lastsMs: 30_000, size: 0.1 }))
    await step(2 * MINUTE_MS)
    expect(await order(stop)).toMatchObject({ status: "filled", filledQuantity: "0.019" })
    const { exchangeOrderId } = stop
    expect((await until(exchange.fills({ market: market.name, exchangeOrderId }))).length).toBeGreaterThan(0)
  })

  test("an answer that is lost leaves the order unknown, and our id settles it", async () => {
    const { place, wanted, price, fault, order, market, enter } = await inside(speak)
    const sent = wanted({ kind: "limit", price: price(0.9) })
    for (const name of ["F06", "F02", "F08"]) {
      const lost = { ...sent, clientOrderId: `${sent.clientOrderId}-${name}` }
      fault(name, "order.place")
      expect(await place(lost)).toMatchObject({ ok: false, because: "unknown" })
      expect(await order({ market: market.name, clientOrderId: lost.clientOrderId })).toMatchObject({ status: "open" })
    }
    fault("F06", "orderList.place.*")
    const { answer, entryName, stopName } = await enter("fill-or-kill", price(1.01))
    expect(answer).toMatchObject({ ok: false, because: "unknown" })
    expect((await order(entryName))!.status).toBe("filled")
    expect((await order(stopName))!.status).toBe("open")
  })

  test("a request that never arrived is found to be nowhere", async () => {
    const { place, wanted, price, fault, order, market } = await inside(speak)
    const sent = wanted({ kind: "limit", price: price(0.9) })
    fault("F04", "order.place")
    expect(await place(sent)).toMatchObject({ ok: false, because: "unknown" })
    expect(await order({ market: market.name, clientOrderId: sent.clientOrderId })).toBeUndefined()
  })

  test("what the exchange refuses is refused with its reason, and nothing is left open", async () => {
    const { place, wanted, price, stopOf, exchange, until, market } = await inside(speak)
    const reason = async (order: WantedOrder) => {
      const answer = await place(order)
      return answer.ok ? "taken" : answer.because === "refused" ? answer.reason : answer.because
    }
    expect(await reason(wanted({ kind: "limit", price: price(0.9), quantity: "0.00001" }))).toBe("rule")
    expect(await reason(wanted({ kind: "limit", price: price(0.9), quantity: "5" }))).toBe("insufficient-balance")
    expect(await reason(wanted({ kind: "market", side: "sell", quantity: "20" }))).toBe("insufficient-balance")
    expect(await reason(stopOf("0.01", 1.1))).toBe("would-trigger-at-once")
    expect(await reason(wanted({ kind: "limit", price: `${price(0.9)}.00001` }))).toBe("rule")
    expect(await reason(wanted({ kind: "limit", price: price(0.9), market: "NO/SUCH" }))).toBe("unsupported")
    expect(await until(exchange.openOrders(market.name))).toEqual([])
  })

  test("a second order of the same id is not a second order", async () => {
    const { place, wanted, price, exchange, until, market } = await inside(speak)
    const sent = wanted({ kind: "limit", price: price(0.9) })
    await place(sent)
    await place(sent)
    expect(await until(exchange.openOrders(market.name))).toHaveLength(1)
  })

  test("what happens to an account is pushed: orders and fills, once each", async () => {
    const { exchange, market, place, wanted, price, step, until } = await inside(speak)
    const news: AccountNews[] = []
    const stop = exchange.watchAccount([market.name], (one) => news.push(one))
    await step(5_000)
    const buy = first(await place(wanted({ kind: "fill-or-kill", price: price(1.01) })))
    await step(10_000)
    const fills = news.flatMap((one) => (one.kind === "fill" ? [one.fill] : []))
    expect(fills.reduce((sum, { quantity }) => sum + Number(quantity), 0)).toBeCloseTo(0.02, 10)
    expect(new Set(fills.map(({ fillId }) => fillId)).size).toBe(fills.length)
    const last = news.findLast((one) => one.kind === "order")
    expect(last).toMatchObject({ order: { exchangeOrderId: buy.exchangeOrderId, status: "filled", quantity: "0.02" } })
    await until(stop())
  })

  test("closed candles come in pages, oldest first, without the forming one", async () => {
    const { exchange, until, market, time } = await inside(speak)
    const fromMs = time.nowMs() - 1_200 * MINUTE_MS
    const candles = await until(exchange.closedCandles({ market: market.name, timeframe: "1m", fromMs, limit: 5_000 }))
    expect(candles.length).toBeGreaterThanOrEqual(1_199)
    expect(candles.slice(1).every(({ openTimeMs }, n) => openTimeMs - candles[n].openTimeMs === MINUTE_MS)).toBe(true)
    expect(candles.at(-1)!.openTimeMs + MINUTE_MS).toBeLessThanOrEqual(time.nowMs())
  })

  test("maintenance is silence with its reason, a web page in the place of an answer too", async () => {
    const { exchange, until, fault, market } = await inside(speak)
    fault("F85", "account.status")
    await expect(until(exchange.balances())).rejects.toMatchObject({ because: "maintenance" })
    fault("F09", "openOrders.status")
    await expect(until(exchange.openOrders(market.name))).rejects.toMatchObject({ because: "no-answer" })
  })

  test("the key says what it may do, and whose account it opens", async () => {
    const { exchange, until } = await inside(speak)
    expect(await until(exchange.keyPermissions())).toMatchObject({
      reading: true,
      trading: true,
      withdrawing: false,
      ofAccount: expect.stringMatching(/.+/),
    })
  })

  test("too many requests are refused as busy, and nothing more leaves until the exchange takes some again", async () => {
    const { place, wanted, price, fault, heard } = await inside(speak)
    fault("F10", "order.place")
    expect(await place(wanted({ kind: "limit", price: price(0.9) }))).toMatchObject({
      because: "refused",
      reason: "busy",
    })
    const sent = heard("order.place").length
    expect(await place(wanted({ kind: "limit", price: price(0.9) }))).toMatchObject({
      because: "refused",
      reason: "busy",
    })
    expect(heard("order.place")).toHaveLength(sent)
  })

  test("a market that is halted says so now, and takes no orders", async () => {
    const { exchange, until, market, opened } = await inside(speak)
    expect((await until(exchange.marketNow(market.name))).isOpen).toBe(true)
    opened.exchange.state.venue.market(languages[speak].symbolOf(market.base, market.quote)).rules.status = "HALT"
    expect((await until(exchange.marketNow(market.name))).isOpen).toBe(false)
  })
})

describe.each(venues.filter(movesStops))("at %s", (speak) => {
  test("where a stop can be moved, the same order sells elsewhere, and no coin is free meanwhile", async () => {
    const { exchange, until, enter, order, price, coins, market, step } = await inside(speak)
    const { stopName } = await enter("fill-or-kill", price(1.01))
    await step()
    const stop = (await order(stopName))!
    const to = { quantity: stop.quantity, stopPrice: price(0.8) }
    const answer = await until(exchange.amend({ ...stopName, exchangeOrderId: stop.exchangeOrderId }, to))
    expect(market.can.amend).toBe(true)
    expect(answer).toEqual({ ok: true })
    const { exchangeOrderId } = stop
    expect(await order({ market: market.name, exchangeOrderId })).toMatchObject({
      status: "open",
      stopPrice: price(0.8),
    })
    expect(Number((await coins()).locked)).toBeCloseTo(Number(stop.quantity), 8)
    const tooHigh = await until(
      exchange.amend({ market: market.name, exchangeOrderId }, { ...to, stopPrice: price(1.2) }),
    )
    expect(tooHigh).toMatchObject({ ok: false, because: "refused", reason: "would-trigger-at-once" })
    expect(await until(exchange.amend({ market: market.name, exchangeOrderId: "1" }, to))).toMatchObject({
      because: "not-open",
    })
  })
})

describe.each(venues.filter((venue) => !movesStops(venue)))("at %s", (speak) => {
  test("what cannot move a stop says so, and nothing is sent", async () => {
    const { exchange, until, market, price } = await inside(speak)
    expect(market.can.amend).toBe(false)
    const to = { quantity: "0.01", stopPrice: price(0.8) }
    expect(await until(exchange.amend({ market: market.name, exchangeOrderId: "1" }, to))).toMatchObject({
      because: "refused",
      reason: "unsupported",
    })
  })
})

test("at Bybit each of two entries finds its own stop, though both stops have one price and neither has a name", async () => {
  const { enter, order, price, step, market } = await inside("bybit")
  const first = await enter("fill-or-kill", price(1.01))
  await step(5_000)
  const second = await enter("fill-or-kill", price(1.01))
  await step()
  const [one, other] = [(await order(first.stopName))!, (await order(second.stopName))!]
  expect([one.status, other.status]).toEqual(["open", "open"])
  expect(one.exchangeOrderId).not.toBe(other.exchangeOrderId)
  expect(await order({ market: market.name, exchangeOrderId: one.exchangeOrderId })).toMatchObject({ isAttached: true })
})
