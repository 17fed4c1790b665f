import { readFile } from "node:fs/promises"
import type { Page } from "@playwright/test"
import { dayAndNightObjections } from "./axe.ts"
import { expect, test } from "./support.ts"

test("a forecast is trained, paused, cancelled, and reads its honest card; its file comes back only as it was", async ({
  page,
}) => {
  // A training, and axe by day and by night.
  test.setTimeout(240_000)
  await page.goto("/signals/models")
  await expect(page.getByRole("heading", { name: "No forecast yet" })).toBeVisible()
  await cancelledStaysAway(page)
  await page.getByRole("button", { name: "Train it" }).click()
  const card = page.getByRole("region", { name: /^Card of Rise over 6 candles of 1h/ })
  await expect(card.locator("[data-skill]")).toContainText(/unseen forecasts/, { timeout: 90_000 })
  await expect(card.getByText("DEMO DATA")).toBeVisible()
  await expect(card.getByRole("img", { name: /^How often it was right/ })).toBeVisible()
  await expect(card.getByRole("img", { name: /^Said and came/ })).toBeVisible()
  expect(await dayAndNightObjections(page)).toEqual([])
  await page.reload()
  await expect(card.locator("[data-skill]")).toContainText(/unseen forecasts/)
  await exportedIsRefusedWhenChanged(page)
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
      .locator("input[aria-label='Model file']")
      .setInputFiles({ name: "mine.model.json", mimeType: "application/json", buffer: Buffer.from(content) })
  await give(text.replace('"horizonCandles": 6', '"horizonCandles": 5'))
  await expect(page.getByText("This is no model that can be used; nothing was kept of it.")).toBeVisible()
  await give(text)
  await expect(page.getByText(/^Read: Rise over 6 candles of 1h/)).toBeVisible()
  await page.getByRole("button", { name: "Score it" }).click()
  await expect(page.getByRole("button", { name: "Score it" })).toBeEnabled()
}
