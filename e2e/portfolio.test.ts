import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Page } from "@playwright/test"
import { candleCsv, syntheticCandles, type Timeframe } from "#engine/candles"
import { donchianTrend } from "../engine-wasm/host/strategy/templates/donchian-trend.ts"
import { backtestByCommand, exportedText } from "./by-command.ts"
import { expect, test } from "./support.ts"

const startMs = Date.UTC(2024, 0, 1)
const markets = [
  { name: "BTC/USDT", file: "BTCUSDT-1h.csv", csv: candles(5, "1h", 6000) },
  { name: "ETH/USDT", file: "ETHUSDT-1h.csv", csv: candles(6, "1h", 6000) },
]

test("markets tested together share one account: the command's trades, a result for each, and either's chart", async ({
  page,
}) => {
  await bring(page, markets)
  await page.goto("/backtest?strategy=donchian-trend")
  await page.getByLabel("Market", { exact: true }).selectOption({ label: "BTC/USDT · 1h" })
  await page.getByLabel("Together with", { exact: true }).selectOption({ label: "ETH/USDT · 1h" })
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Donchian trend on BTC/USDT and ETH/USDT")
  await expect(page.getByTestId("tested-on")).toContainText("BTC/USDT and ETH/USDT 1h")
  await expect(page.getByTestId("tested-on")).toContainText("12,000 candles")

  const inApp = JSON.parse(await exportedText(page, "Everything as JSON"))
  const printed = await byCommand()
  expect(new Set(printed.trades.map(({ market }: { market: string }) => market)).size).toBe(2)
  expect(inApp.trades).toEqual(printed.trades)
  expect(inApp.data).toBe(printed.data)

  await page.getByRole("tab", { name: "Where it came from" }).click()
  for (const { name } of markets)
    await expect(page.getByRole("region", { name: "By market" }).getByRole("row", { name })).toBeVisible()

  const chartOf = page.getByLabel("Chart of", { exact: true })
  const chart = page.getByRole("application").first()
  await expect(chart).toHaveAccessibleName(/on BTC\/USDT\./)
  await chartOf.selectOption("ETH/USDT")
  await expect(chart).toHaveAccessibleName(/on ETH\/USDT\./)
  // A trade of the other market switches to its chart.
  const list = page.getByRole("region", { name: /^Trades/ })
  await list.getByRole("row", { name: "BTC/USDT" }).first().click()
  await expect(chart).toHaveAccessibleName(/on BTC\/USDT\./)
  await expect(list.locator('[aria-selected="true"]')).toHaveCount(1)

  await page.reload()
  await expect(page.getByTestId("tested-on")).toContainText("BTC/USDT and ETH/USDT 1h")
  await page.getByRole("button", { name: "Leave ETH/USDT out" }).click()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Donchian trend on BTC/USDT")
  await expect(page.getByTestId("tested-on")).toContainText("6,000 candles")
})

test("a link to markets of which one is not here says so, and goes on without it", async ({ page }) => {
  await bring(page, markets.slice(0, 1))
  await page.goto("/backtest")
  await page.getByLabel("Market", { exact: true }).selectOption({ label: "BTC/USDT · 1h" })
  await expect(page).toHaveURL(/market=/)
  await page.goto(`${page.url()}&also=gone-usdt-1h`)
  await expect(page.getByText(/Not every market of this link is in this browser/)).toBeVisible()
  await page.getByRole("button", { name: "Test without" }).click()
  await expect(page.getByTestId("verdict")).toHaveText(/would have become|never traded/)
})

test("markets with candles of different lengths are tested together, and the result names the candles of each", async ({
  page,
}) => {
  await bring(page, [markets[0], { name: "ETH/USDT", file: "ETHUSDT-15m.csv", csv: candles(6, "15m", 24_000) }])
  await page.goto("/backtest?strategy=donchian-trend")
  await page.getByLabel("Market", { exact: true }).selectOption({ label: "BTC/USDT · 1h" })
  await page.getByLabel("Together with", { exact: true }).selectOption({ label: "ETH/USDT · 15m" })
  const words = "ETH/USDT in candles of 15m, BTC/USDT in candles of 1h"
  await expect(page.getByTestId("tested-on")).toContainText(words)
  await expect(page.getByText(`Fills are seen in what each market has: ${words}. All decide every`)).toBeVisible()
  await expect(page.getByTestId("verdict")).toHaveText(/would have become/)
})

test("finer candles of a market are offered for its fills, and the strategy decides as before", async ({ page }) => {
  await bring(page, [markets[0], { name: "BTC/USDT", file: "BTCUSDT-15m.csv", csv: candles(5, "15m", 24_000) }])
  await page.goto("/backtest")
  await page.getByLabel("Market", { exact: true }).selectOption({ label: "BTC/USDT · 1h" })
  await expect(page.getByText(/Candles of 15m are here too/)).toBeVisible()
  await page.getByLabel("Fills seen in candles of", { exact: true }).selectOption("15m")
  await expect(page.getByTestId("tested-on")).toContainText("BTC/USDT 15m")
  await expect(page.getByTestId("tested-on")).toContainText("24,000 candles")
  await expect(page.getByLabel("Candles of", { exact: true })).toHaveValue("1h")
  await expect(page.getByText(/are here too/)).toHaveCount(0)
})

function candles(seed: number, timeframe: Timeframe, count: number): string {
  const made = syntheticCandles({ seed, candles: count, timeframe, startMs, startPrice: 100, kind: "mixed" })
  return [...candleCsv(made)].join("")
}

/** Imports candles, and waits until each market is there. */
async function bring(page: Page, files: { name: string; file: string; csv: string }[]) {
  await page.goto("/data")
  for (const [at, { name, file, csv }] of files.entries()) {
    await page.getByLabel("Candle files").setInputFiles({ name: file, mimeType: "text/csv", buffer: Buffer.from(csv) })
    await expect(page.getByRole("link", { name: "Test on it" })).toHaveCount(at + 1)
    await expect(page.getByRole("link", { name: new RegExp(`^${name}`) }).first()).toBeVisible()
  }
}

async function byCommand() {
  const folder = await mkdtemp(join(tmpdir(), "candlewright-markets-"))
  for (const { file, csv } of markets) await writeFile(join(folder, file), csv)
  const given = markets.map(({ name, file }) => `${name}=${join(folder, file)}`)
  const { answer } = await backtestByCommand(donchianTrend.document, ...given)
  await rm(folder, { recursive: true, force: true })
  return answer
}
