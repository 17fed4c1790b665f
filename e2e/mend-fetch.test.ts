import type { Page } from "@playwright/test"
import { DAY_MS } from "#engine/candles"
import { expect, test } from "./support.ts"

test.setTimeout(120_000)

test("candles an exchange left out are asked for again on the market's page, and then are there", async ({
  page,
  context,
}) => {
  await context.route("**/klines*", async (route) => {
    const answer = await route.fetch()
    const rows = (await answer.json()) as unknown[]
    await route.fulfill({ response: answer, json: rows.length > 600 ? rows.toSpliced(200, 10) : rows })
  })
  await downloadDays(page, 1)
  await page.getByRole("link", { name: /^BTC\/USDT practice/ }).click()
  const gap = page.getByRole("listitem").filter({ hasText: "10 candles are missing." }).first()
  await expect(gap).toContainText("Practice exchange was asked and has none there.")
  await expect(page.getByText("MADE UP", { exact: true })).toBeVisible()

  await context.unroute("**/klines*")
  await page.getByRole("button", { name: /^Fetch again$/ }).click()
  await expect(page.getByText("candles are missing.")).toHaveCount(0, { timeout: 60_000 })
  await expect(page.getByRole("img", { name: "100.0 % of the time has candles" })).toBeVisible()
})

async function downloadDays(page: Page, days: number) {
  const day = (ago: number) => new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10)
  await page.goto("/data")
  await page.getByLabel("Exchange", { exact: true }).selectOption("Practice exchange")
  await page.getByLabel("Market", { exact: true }).fill("btcusdt")
  await page
    .getByRole("listbox")
    .getByRole("option", { name: /^BTC\/USDT/ })
    .click()
  await page.getByLabel("Candles of").selectOption("1m")
  await page.getByLabel("Period").selectOption("From … to …")
  await page.getByLabel("First day").fill(day(days))
  await page.getByLabel("Last day").fill(day(days))
  await page.getByRole("button", { name: "Download" }).click()
  await expect(page.getByRole("list", { name: "Downloads" })).toBeVisible()
  await expect(page.getByRole("list", { name: "Downloads" })).toBeHidden({ timeout: 60_000 })
}
