import type { Page } from "@playwright/test"
import { candleCsv, syntheticCandles } from "#engine/candles"
import { dayAndNightObjections } from "./axe.ts"
import { everythingIn } from "./browser-database.ts"
import { type RelayWithExchange, testWithExchange } from "./exchange-process.ts"
import { expect } from "./support.ts"

// The relay that uses our exchange as Binance.
const test = testWithExchange.extend({ baseURL: async ({ exchange }, use) => use(exchange.relayUrl) })

const PHONE = { width: 360, height: 800 }
const DESK = { width: 1280, height: 800 }
const past = syntheticCandles({
  seed: 8,
  candles: 2_500,
  timeframe: "1m",
  startMs: Date.UTC(2025, 0, 1),
  startPrice: 60_000,
  kind: "mixed",
})

test("a model is trained, reads its card, is asked by a rule that is tested, and forecasts a live market, where a later candle brings the outcome", async ({
  page,
  exchange,
}) => {
  test.setTimeout(240_000)
  await page.setViewportSize(PHONE)
  await importPast(page)
  await page.goto("/signals/models")
  await page.getByLabel("Market", { exact: true }).selectOption({ label: "BTC/USDT · 1m" })
  await page.getByLabel("Over how many candles").fill("2")
  await page.getByRole("button", { name: "Train it" }).click()
  const card = page.getByRole("region", { name: /^Card of Rise over 2 candles of 1m/ })
  await expect(card.locator("[data-skill]")).toContainText(/unseen forecasts/, { timeout: 90_000 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
  expect(await dayAndNightObjections(page)).toEqual([])
  const hash = new URL(page.url()).searchParams.get("model")
  await card.getByRole("button", { name: "Use in a strategy" }).click()
  await expect(page).toHaveURL(/\/backtest\?/)
  await expect(page.getByTestId("verdict")).toBeVisible({ timeout: 60_000 })
  await page.getByRole("button", { name: "Change what is tested" }).click()
  await page.getByRole("button", { name: "Change the rules" }).click()
  await expect(page.getByText("forecast of “rise2x1m” (probability) is above 0.55").first()).toBeVisible()
  await itsModelCanBePicked(page)

  await page.setViewportSize(DESK)
  await pair(page, exchange)
  await watchLive(page)
  await page.goto("/signals?market=binance:BTC/USDT&timeframe=1m")
  await expect(page.getByTestId("stand")).toContainText("live")
  const forecast = page.locator(`[data-model="${hash}"]`)
  await expect(forecast).toContainText(/Rise over 2 candles of 1m.*% higher then/s)
  await letTheRelayWatch(page)
  const known = page.locator(`[data-call="forecast:${hash}"]`).filter({ hasText: /came true|did not come true/ })
  await expect(known).toHaveCount(0)
  await exchange.control("/clock", { speed: 60 }) // a candle every second
  await expect(known).not.toHaveCount(0, { timeout: 60_000 })
  await expect(forecast.getByTestId("live-record-forecast")).toContainText(/Of \d+ such calls? whose outcome is known/)
  for (const source of ["votes", `forecast:${hash}`])
    await expect(page.locator(`[data-kept-by=relay][data-call="${source}"]`).first()).toContainText("kept by the relay")
  await itsNextVersionIsTold(page, hash!)
  // Kept once for each candle and source.
  const calls = await everythingIn<{ source: string; candleClosedMs: number }>(page, "signalCalls")
  const said = calls.map(({ source, candleClosedMs }) => `${source} ${candleClosedMs}`)
  expect(new Set(said).size).toBe(said.length)
})

async function importPast(page: Page) {
  await page.goto("/data")
  const buffer = Buffer.from([...candleCsv(past)].join(""))
  await page.getByLabel("Candle files").setInputFiles({ name: "BTCUSDT-1m.csv", mimeType: "text/csv", buffer })
  await expect(page.getByRole("listitem").filter({ hasText: "BTC/USDT" })).toContainText("2,500 candles")
}

/** Where a rule is written, the strategy's own model is among what it can look at. */
async function itsModelCanBePicked(page: Page) {
  await page
    .getByRole("button", { name: /^Add a condition: .*/ })
    .last()
    .click()
  await page.getByPlaceholder(/^Search/).fill("rise2")
  await expect(page.getByRole("option", { name: /forecast\("rise2x1m"\)/ })).toBeVisible()
  await page.keyboard.press("Escape")
}

async function pair(page: Page, exchange: RelayWithExchange) {
  await expect.poll(() => exchange.pairingLink()).toBeDefined()
  await page.goto(exchange.pairingLink()!)
  await expect(page.getByText("THIS BROWSER", { exact: true })).toBeVisible()
}

/** A paired relay looks at the market by itself, and keeps what the votes and the model say. */
async function letTheRelayWatch(page: Page) {
  const relayed = page.getByRole("region", { name: "While no tab is open" })
  for (const name of ["Let the indicators vote", /^Ask Rise over 2 candles of 1m/]) {
    await relayed.getByRole("switch", { name }).click()
    await expect(relayed.getByRole("switch", { name })).toBeChecked()
  }
  await page.setViewportSize(PHONE)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
  expect(await dayAndNightObjections(page)).toEqual([])
  await page.setViewportSize(DESK)
}

/** As a relay answers that trained a model again: its schedule counts in days. */
async function itsNextVersionIsTold(page: Page, hash: string) {
  await page.route("**/api/signals/models", async (route) => {
    const answer = await route.fetch()
    const { items, next } = (await answer.json()) as { items: { hash: string }[]; next: null }
    const own = items.find((one) => one.hash === hash)
    const words = "No better than a coin."
    const warnings = [{ kind: "hits", words: "It was right less often than its card says." }]
    const card = { venue: "binance", market: "BTC/USDT", card: null, words }
    const newer = { ...own, hash: "0".repeat(64), version: 2, replaces: hash, cards: [{ ...card, warnings: [] }] }
    const warned = { ...own, cards: [{ ...card, warnings }] }
    await route.fulfill({ response: answer, json: { items: [newer, warned], next } })
  })
  await page.reload()
  const relayed = page.getByRole("region", { name: "While no tab is open" })
  await expect(relayed).toContainText("It was right less often than its card says.")
  await expect(relayed).toContainText(/Version 2 was trained since\. No better than a coin\. Nothing uses it before/)
  await page.unroute("**/api/signals/models")
}

async function watchLive(page: Page) {
  await page.goto("/watch")
  await page.getByRole("button", { name: "Add a market" }).click()
  await page.getByRole("combobox", { name: "Market" }).fill("btcusdt")
  await page.getByRole("option", { name: "BTC/USDT" }).click()
  await expect(page).toHaveURL(/market=binance/)
}
