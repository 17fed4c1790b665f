import type { Page } from "@playwright/test"
import { expect, test } from "./support.ts"

for (const width of [360, 1280]) {
  test(`rules are built from nothing with pickers only, and tested at every step, at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 })
    await openEmpty(page, width)
    await expect(page.getByRole("heading", { name: "No rules yet" })).toBeVisible()
    await page.getByRole("button", { name: "Add a condition: When to buy" }).click()
    await page.getByPlaceholder(/Search: rsi/).fill("rsi")
    await page.getByRole("option", { name: /^RSI rsi/ }).click()
    await expect(page.getByTestId("verdict")).toBeVisible()
    const buy = page.getByRole("region", { name: "When to buy" })
    await expect(buy.getByRole("button", { expanded: true })).toHaveText(/RSI\(14\) of close is below 30/)
    await buy.getByLabel("RSI limit", { exact: true }).fill("25")
    await buy.getByLabel("Length", { exact: true }).fill("10")
    await buy.getByLabel("How it compares").selectOption("crosses below")
    await expect(buy.getByRole("button", { expanded: true })).toHaveText(/RSI\(10\) of close crosses below 25/)
    await page.getByRole("button", { name: "Add a condition: When to sell" }).click()
    await page.getByPlaceholder(/Search: rsi/).fill("rsi")
    await page.getByRole("option", { name: /^RSI rsi/ }).click()
    const words = page.getByTestId("plain-words")
    await expect(words).toContainText("It buys when the RSI of the price over 10 candles crosses below 25.")
    await expect(words).toContainText("It sells when the RSI of the price over 14 candles is above 70.")
    await expect(page.getByTestId("verdict")).toContainText(/would have become/)
    await page.keyboard.press("Control+z")
    await expect(words).not.toContainText("It sells when")
    await page.keyboard.press("Control+Shift+z")
    await expect(words).toContainText("It sells when")
  })
}

async function openEmpty(page: Page, width: number) {
  await page.goto("/backtest?strategy=empty")
  if (width < 1024) await page.getByRole("button", { name: "Change what is tested" }).click()
}
