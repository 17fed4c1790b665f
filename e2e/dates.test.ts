import type { Page } from "@playwright/test"
import { candleCsv, DAY_MS, syntheticCandles } from "#engine/candles"
import { expect, test } from "./support.ts"

const zones = ["America/New_York", "Asia/Kolkata", "Pacific/Auckland"]

for (const timezoneId of zones) {
  test.describe(`on a clock in ${timezoneId}`, () => {
    test.use({ timezoneId })

    test("daily candles are dated by the day they cover, in form, sentence, table, chart and list", async ({
      page,
    }) => {
      await importDays(page)
      await expect(page.getByText("1 Jan 2024 to 3 Feb 2025")).toBeVisible()
      await page.getByRole("link", { name: "Test on it" }).click()
      for (const clock of ["local", "utc"] as const) {
        await choose(page, clock)
        await expect(page.getByTestId("tested-on")).toContainText("1 Jan 2024 to 3 Feb 2025")
        await expect(page.getByLabel("From", { exact: true })).toHaveValue("2024-01-01")
        await expect(page.getByLabel("To", { exact: true })).toHaveValue("2025-02-03")
        await expect(page.getByText("3 Feb 2025", { exact: true }).first(), "under the chart's crosshair").toBeVisible()
        const bought = page.getByRole("region", { name: /^Trades/ }).locator("tbody td:first-child")
        expect(await bought.first().textContent()).toMatch(/^\d{1,2} [A-Z][a-z]{2} \d{4}$/)
      }
    })

    test("hours follow the chosen clock, in form, sentence and table alike", async ({ page }) => {
      await page.goto("/backtest")
      await expect(page.getByTestId("verdict")).toHaveText(/would have become/)
      await choose(page, "utc")
      const from = await page.getByLabel("From", { exact: true }).inputValue()
      await expect(page.getByTestId("tested-on")).toContainText(`${inWords(from)} to `)
      await choose(page, "local")
      const local = new Date(Date.parse(from)).toLocaleDateString("sv-SE", { timeZone: timezoneId })
      await expect(page.getByLabel("From", { exact: true })).toHaveValue(local)
      await expect(page.getByTestId("tested-on")).toContainText(`${inWords(local)} to `)
      // A day of the form is a day of this clock: the test begins on it.
      await page.getByLabel("From", { exact: true }).fill("2024-03-01")
      await expect(page.getByTestId("tested-on")).toContainText("1 Mar 2024 to ")
      await page.getByLabel("To", { exact: true }).fill("2024-06-30")
      await expect(page.getByTestId("tested-on")).toContainText("1 Mar 2024 to 30 Jun 2024")
      await expect(page.getByText(/30 Jun 2024, 23:[03]0/).first(), "the last candle under the chart").toBeVisible()
    })
  })
}

async function importDays(page: Page) {
  const candles = syntheticCandles({
    seed: 4,
    candles: 400,
    timeframe: "1d",
    startMs: Date.UTC(2024, 0, 1),
    startPrice: 100,
    kind: "mixed",
  })
  expect(candles.openTimeMs[399]).toBe(Date.UTC(2024, 0, 1) + 399 * DAY_MS)
  await page.goto("/data")
  const csv = { name: "BTCUSDT-1d.csv", mimeType: "text/csv", buffer: Buffer.from([...candleCsv(candles)].join("")) }
  await page.getByLabel("Candle files").setInputFiles(csv)
}

/** As in the settings, without leaving the screen. */
async function choose(page: Page, timeZone: "local" | "utc") {
  await page.evaluate(
    (zone) => localStorage.setItem("candlewright.preferences", JSON.stringify({ timeZone: zone })),
    timeZone,
  )
  await page.reload()
  await expect(page.getByTestId("verdict")).toBeVisible()
}

function inWords(day: string): string {
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(
    Date.parse(day),
  )
}
