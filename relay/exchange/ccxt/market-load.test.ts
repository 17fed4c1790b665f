import { expect, test } from "vitest"
import { venueInside } from "./testing/venue-inside.ts"

test("markets that could not be read once are read at the next question, and known ones stay known", async () => {
  const { exchange, opened, time, until, heard } = await venueInside()
  for (const fault of ["F08", "F09"] as const) {
    opened.exchange.faults.add({ fault, on: "exchangeInfo" })
    await expect(until(exchange.openOrders("BTC/USDT"))).rejects.toThrow(/could not be asked/)
  }
  expect(await until(exchange.openOrders("BTC/USDT"))).toEqual([])

  for (const fault of ["F09", "F08"] as const) {
    opened.exchange.faults.add({ fault, on: "exchangeInfo" })
    await expect(until(exchange.markets())).rejects.toThrow(/could not be asked/)
    const asked = heard("exchangeInfo").length
    expect(await until(exchange.openOrders("BTC/USDT"))).toEqual([])
    expect(heard("exchangeInfo").length).toBe(asked)
  }
  await time.advance(1)
  await until(exchange.close())
})
