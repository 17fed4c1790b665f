import { MINUTE_MS } from "#engine/candles"
import { everythingIn } from "./browser-database.ts"
import { type RelayWithExchange, startRelayWithExchange } from "./exchange-process.ts"
import { expect, test as base } from "./support.ts"

const test = base.extend<object, { exchange: RelayWithExchange }>({
  exchange: [
    async ({}, use) => {
      const started = await startRelayWithExchange()
      await use(started)
      await started.stop()
    },
    { scope: "worker" },
  ],
  // The relay that uses our exchange as Binance.
  baseURL: async ({ exchange }, use) => use(exchange.relayUrl),
})

test("with each candle that closes at an exchange all is said anew and kept, and a day of candles later its outcome comes", async ({
  page,
  exchange,
}) => {
  test.setTimeout(240_000)
  await page.goto("/watch")
  await page.getByRole("button", { name: "Add a market" }).click()
  await page.getByRole("combobox", { name: "Market" }).fill("btcusdt")
  await page.getByRole("option", { name: "BTC/USDT" }).click()
  await expect(page).toHaveURL(/market=binance/)
  await page.goto("/signals?market=binance:BTC/USDT&timeframe=1m")
  const stand = page.getByTestId("stand")
  await expect(stand).toContainText("live")
  const closedMs = async () => Number(await stand.getAttribute("data-closed-ms"))
  const firstMs = await closedMs()
  await exchange.control("/clock", { speed: 60 }) // a candle every second
  await expect.poll(closedMs, { timeout: 60_000 }).toBeGreaterThanOrEqual(firstMs + 3 * MINUTE_MS)
  await expect(page.locator("[data-call=votes]").filter({ hasText: /known at/ })).not.toHaveCount(0)
  const known = page.locator("[data-call=votes]").filter({ hasText: /came true|did not come true/ })
  await expect(known).not.toHaveCount(0, { timeout: 120_000 })
  await expect(page.getByTestId("live-record-votes")).toContainText(/Of \d+ such calls whose outcome is known/)
  const calls = await everythingIn<{ id: string; source: string; candleClosedMs: number }>(page, "signalCalls")
  // Once for each candle and source.
  const said = calls.map(({ source, candleClosedMs }) => `${source} ${candleClosedMs}`)
  expect(new Set(said).size).toBe(said.length)
})
