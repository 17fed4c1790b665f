import { createHash } from "node:crypto"
import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { smaCross } from "../engine-wasm/host/strategy/templates/sma-cross.ts"
import { rememberedRuns } from "./browser-database.ts"
import { backtestByCommand, exportedText } from "./by-command.ts"
import { expect, keptForOffline, test } from "./support.ts"

const realCandles = fileURLToPath(new URL("../../shared/data/binance-BTCUSDT-1h.csv.gz", import.meta.url))

test("a backtest of an imported file is the command's, trade by trade and bit by bit", async ({ page }) => {
  test.skip(!existsSync(realCandles), "no folder of real candles beside the project")
  await page.goto("/data")
  await page.locator("input[type=file]").setInputFiles(realCandles)
  await page.getByRole("link", { name: "Test on it" }).click()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Moving average cross on BTC/USDT")
  const inApp = JSON.parse(await exportedText(page, "Everything as JSON"))
  const equityInApp = await exportedText(page, "Equity as CSV")

  const { answer, equity } = await backtestByCommand(smaCross.document, `BTC/USDT=${realCandles}`)
  expect(inApp.trades.length).toBeGreaterThan(100)
  expect(hash(JSON.stringify(inApp.trades)), "trades").toBe(hash(JSON.stringify(answer.trades)))
  expect(hash(equityInApp), "equity").toBe(hash(equity))
  // The light of exchange minimums knows the exchange's in the app, and none here.
  for (const told of [inApp, answer]) told.about.lights.pop()
  expect(inApp, "engine, strategy, candles, metrics and all a report is made of").toEqual(answer)
})

test("a moved slider gives another result in place, and the address keeps it through a reload", async ({ page }) => {
  await page.goto("/backtest")
  const verdict = page.getByTestId("verdict")
  await expect(verdict).toHaveText(/would have become/)
  const before = await verdict.textContent()
  await page.getByRole("slider", { name: "Fast average" }).focus()
  for (let step = 0; step < 8; step++) await page.keyboard.press("ArrowRight")
  await expect(page).toHaveURL(/params=fast:28/)
  await expect(verdict).not.toHaveText(before!)
  const after = await verdict.textContent()
  await page.reload()
  await expect(verdict).toHaveText(after!)
})

test("another strategy is a step the Back button undoes", async ({ page }) => {
  await page.goto("/backtest")
  await expect(page.getByTestId("verdict")).toBeVisible()
  await page.getByLabel("Strategy", { exact: true }).selectOption("rsi-dip")
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^RSI dip/)
  await page.goBack()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Moving average cross/)
})

test("money, costs and period change the result", async ({ page }) => {
  await page.goto("/backtest")
  const verdict = page.getByTestId("verdict")
  await page.getByLabel("Cash", { exact: true }).fill("250")
  await expect(verdict).toHaveText(/^\$250 would have/)
  const withFee = await verdict.textContent()
  await page.getByLabel("Fee", { exact: true }).fill("0")
  await expect(verdict).toHaveText(/after \$0\.00 in fees/)
  expect(await verdict.textContent()).not.toBe(withFee)
  await page.getByLabel("To", { exact: true }).fill("2024-02-01")
  await expect(page).toHaveURL(/to=2024-02-01/)
  await expect(page.getByText("too few to say").first()).toBeVisible()
})

test("a period without candles is refused in words and the last result stays", async ({ page }) => {
  await page.goto("/backtest")
  const verdict = page.getByTestId("verdict")
  const before = await verdict.textContent()
  await page.getByLabel("From", { exact: true }).fill("2030-01-01")
  await expect(page.getByText("The market has no candles in this period.")).toBeVisible()
  await expect(page.getByText("What you see below is the run before.")).toBeVisible()
  expect(await verdict.textContent()).toBe(before)
})

test("a chosen trade is highlighted in the table, and arrows move on from it", async ({ page }) => {
  await page.goto("/backtest")
  const table = page.getByRole("region", { name: /^Trades/ })
  await table.getByRole("row").nth(2).click()
  await expect(table.locator('[aria-selected="true"]')).toHaveCount(1)
  const first = await table.locator('[aria-selected="true"]').textContent()
  await table.press("ArrowDown")
  await expect(table.locator('[aria-selected="true"]')).not.toHaveText(first!)
})

test("a run is remembered and can be opened again", async ({ page }) => {
  await page.goto("/backtest?strategy=rsi-dip")
  await expect(page.getByTestId("verdict")).toBeVisible()
  await expect.poll(() => rememberedRuns(page)).toBe(1)
  await page.getByLabel("Strategy", { exact: true }).selectOption("donchian-trend")
  await page.getByRole("heading", { name: "Lately tested" }).waitFor()
  await page.getByRole("link", { name: /RSI dip in an uptrend/ }).click()
  await expect(page).toHaveURL(/strategy=rsi-dip/)
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^RSI dip/)
})

test.describe("kept for offline use", () => {
  test.use({ serviceWorkers: "allow" })

  test("without a network a backtest still runs, after a reload too", async ({ page }) => {
    await page.goto("/backtest")
    await keptForOffline(page)
    await page.context().setOffline(true)
    await page.reload()
    await expect(page.getByTestId("verdict")).toHaveText(/would have become/)
    await expect(page.getByText("You are offline.")).toBeVisible()
  })
})

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex")
}
