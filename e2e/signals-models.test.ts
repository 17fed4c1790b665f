import { readFile } from "node:fs/promises"
import type { Page } from "@playwright/test"
import { dayAndNightObjections } from "./axe.ts"
import { expect, test } from "./support.ts"

for (const width of [1280, 360])
  test(`a forecast is trained, reads its honest card, and is asked by a strategy that is tested, ${width} wide`, async ({
    page,
  }) => {
    // Training, a backtest, and axe by day and by night.
    test.setTimeout(240_000)
    await page.setViewportSize({ width, height: 800 })
    await page.goto("/signals/models")
    await expect(page.getByRole("heading", { name: "No forecast yet" })).toBeVisible()
    await cancelledStaysAway(page)
    await page.getByRole("button", { name: "Train it" }).click()
    const card = page.getByRole("region", { name: /^Card of Rise over 6 candles of 1h/ })
    await expect(card.locator("[data-skill]")).toContainText(/unseen forecasts/, { timeout: 90_000 })
    await expect(card.getByText("DEMO DATA")).toBeVisible()
    await expect(card.getByRole("img", { name: /^How often it was right/ })).toBeVisible()
    await expect(card.getByRole("img", { name: /^Said and came/ })).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    expect(await dayAndNightObjections(page)).toEqual([])
    await page.reload()
    await expect(card.locator("[data-skill]")).toContainText(/unseen forecasts/)
    await exportedIsRefusedWhenChanged(page)
    await card.getByRole("button", { name: "Use in a strategy" }).click()
    await expect(page).toHaveURL(/\/backtest\?/)
    await expect(page.getByTestId("verdict")).toBeVisible({ timeout: 60_000 })
    if (width < 1024) await page.getByRole("button", { name: "Change what is tested" }).click()
    await page.getByRole("button", { name: "Change the rules" }).click()
    await expect(page.getByText("forecast of “rise6x1h” (probability) is above 0.55").first()).toBeVisible()
  })

/** What is paused waits over a reload, and what is taken away does not come back. */
async function cancelledStaysAway(page: Page): Promise<void> {
  await page.getByLabel("How", { exact: true }).selectOption("lstm")
  await page.getByRole("button", { name: "Train it" }).click()
  await page.getByRole("button", { name: "Pause" }).click()
  await page.reload()
  await expect(page.getByText(/^“Rise over 6 candles of 1h: LSTM” is paused with/)).toBeVisible()
  await page.getByRole("button", { name: "Go on" }).click()
  await page.getByRole("button", { name: "Cancel" }).click()
  await expect(page.getByRole("button", { name: "Train it" })).toBeVisible()
  await page.reload()
  await expect(page.getByRole("button", { name: "Train it" })).toBeVisible()
  await expect(page.getByRole("heading", { name: "No forecast yet" })).toBeVisible()
}

/** The file of the card that is open comes back only as it was. */
async function exportedIsRefusedWhenChanged(page: Page): Promise<void> {
  const download = page.waitForEvent("download")
  await page.getByRole("button", { name: "Export" }).click()
  const text = await readFile(await (await download).path(), "utf8")
  const give = (content: string) =>
    page
      .getByLabel("Model file")
      .setInputFiles({ name: "mine.model.json", mimeType: "application/json", buffer: Buffer.from(content) })
  await give(text.replace('"horizonCandles": 6', '"horizonCandles": 5'))
  await expect(page.getByText("This is no model that can be used; nothing was kept of it.")).toBeVisible()
  await give(text)
  await expect(page.getByText(/^Read: Rise over 6 candles of 1h/)).toBeVisible()
  await page.getByRole("button", { name: "Score it" }).click()
  await expect(page.getByRole("button", { name: "Score it" })).toBeEnabled()
}
