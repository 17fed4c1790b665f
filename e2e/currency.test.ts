import type { Page } from "@playwright/test"
import { candleCsv, syntheticCandles } from "#engine/candles"
import { expect, test } from "./support.ts"

test("euros stay euros when their market is renamed, and the plan names what was tested", async ({ page }) => {
  await importMarket(page, "BTCEUR-1h.csv", 30_000)
  await page.getByRole("link", { name: /^BTC\/EUR/ }).click()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/BTC\/EUR/)
  await page.getByRole("button", { name: "Rename" }).click()
  await page.getByLabel("Name, such as").fill("Mine/USD")
  await page.getByRole("button", { name: "Save" }).click()
  await page.getByRole("link", { name: "Test on it" }).click()
  await expect(page.getByTestId("verdict")).toHaveText(/^100\sEUR would have become [\d.,]+\sEUR after [\d.,]+\sEUR/)
  await page.getByRole("tab", { name: "In plain words" }).click()
  const plan = page.getByRole("tabpanel")
  await expect(plan).toContainText("candle on Mine/USD.")
  await expect(plan).toContainText("EUR at the start")
  await expect(plan).not.toContainText(/BTC|USDT|\$/)
})

test("a market priced in bitcoin is tested with about a hundred dollars' worth; other money is not carried over", async ({
  page,
}) => {
  await importMarket(page, "ETHBTC-1h.csv", 0.05)
  await page.getByRole("link", { name: "Test on it" }).click()
  await expect(page.getByTestId("verdict")).toHaveText(/^0\.001\sBTC would have become 0\.\d+\sBTC/)
  await page.getByLabel("Cash", { exact: true }).fill("2")
  await expect(page.getByTestId("verdict")).toHaveText(/^2\sBTC would have become/)
  await page.getByLabel("Market", { exact: true }).selectOption({ label: "DEMO/USD · 1h" })
  await expect(page.getByTestId("verdict")).toHaveText(/^\$100 would have become/)
})

test("with an unknown currency none is made up, and the person can set it", async ({ page }) => {
  await importMarket(page, "my candles.csv", 100)
  await page.getByRole("link", { name: "Test on it" }).click()
  await expect(page.getByTestId("verdict")).toHaveText(/^100 would have become [\d.]+ after/)
  await page.goto("/data")
  await page.getByRole("button", { name: "Rename my candles" }).click()
  await page.getByLabel("Its prices are in").fill("usdc")
  await page.getByRole("button", { name: "Save" }).click()
  await page.getByRole("link", { name: "Test on it" }).click()
  await expect(page.getByTestId("verdict")).toHaveText(/^\$100 would have become \$/)
})

async function importMarket(page: Page, name: string, startPrice: number) {
  const candles = syntheticCandles({
    seed: 4,
    candles: 4000,
    timeframe: "1h",
    startMs: Date.UTC(2024, 0, 1),
    startPrice,
    kind: "mixed",
  })
  await page.goto("/data")
  await page
    .getByLabel("Candle files")
    .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from([...candleCsv(candles)].join("")) })
}
