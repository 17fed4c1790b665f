import type { Page } from "@playwright/test"
import { HOUR_MS } from "#engine/candles"
import { expect, test } from "./support.ts"

const START = Date.UTC(2024, 0, 1)

test("a market's page names its gap, its spike and its silence, and mends the first two on request", async ({
  page,
}) => {
  await bring(page, candleCsv(500, { without: [100, 101, 102, 300], spikes: [200], silent: range(400, 420) }))
  await expect(page.getByRole("listitem").filter({ hasText: "BTC/USD" })).toContainText(
    "2 gaps, 1 spike, 1 silence to look at",
  )
  await page.getByRole("link", { name: "BTC/USD 1h" }).click()
  await expect(page.getByRole("heading", { level: 1, name: "BTC/USD 1h" })).toBeVisible()
  await expect(page.getByRole("img", { name: "2 gaps of 4 candles" })).toBeVisible()
  const fingerprint = await page.locator('[data-hash="market"]').textContent()

  await page.getByRole("button", { name: "Fill all flat" }).click()
  await expect(page.getByText("4 candles filled flat: the last close carried on, no volume")).toBeVisible()
  await expect(page.getByRole("heading", { name: "2 gaps" })).toBeHidden()
  await page.getByRole("button", { name: "Cut the wick", exact: true }).click()
  await expect(page.getByText("1 candle cut to the candles beside")).toBeVisible()
  await page.getByRole("button", { name: "Leave", exact: true }).click()
  await expect(page.getByText("1 silence left as it is")).toBeVisible()
  await expect(page.getByText("Nothing odd in 500 candles")).toBeVisible()
  await expect(page.locator('[data-hash="market"]')).not.toHaveText(fingerprint!)

  await page.reload()
  await expect(page.getByText("Nothing odd in 500 candles")).toBeVisible()
  for (const name of ["Undo: 1 candle cut", "Undo: 4 candles filled", "Undo: 1 silence left"])
    await page.getByRole("button", { name }).click()
  await expect(page.getByText("2 gaps, 1 spike, 1 silence to look at")).toBeVisible()
  await expect(page.locator('[data-hash="market"]')).toHaveText(fingerprint!)
})

test("a result says which candles it stands on: holes it jumped over, then what was filled", async ({ page }) => {
  await bring(page, candleCsv(2000, { without: [1000, 1001, 1500] }))
  await page.getByRole("link", { name: "Test on it" }).click()
  await expect(page.getByTestId("tested-on")).toContainText(
    "Tested on BTC/USD 1h, 1 Jan 2024 to 24 Mar 2024, 1,997 candles. 2 gaps of 3 candles not mended",
  )
  await page.getByTestId("tested-on").getByRole("link").click()
  await page.getByRole("button", { name: "Fill all flat" }).click()
  await expect(page.getByText("3 candles filled flat: the last close carried on")).toBeVisible()
  await page.getByRole("link", { name: "Test on it" }).click()
  await expect(page.getByTestId("tested-on")).toHaveText(
    "Tested on BTC/USD 1h, 1 Jan 2024 to 24 Mar 2024, 2,000 candles, 3 filled flat. ",
  )
})

test("one gap of several is filled alone, and the toast takes it back", async ({ page }) => {
  await bring(page, candleCsv(500, { without: [100, 101, 102, 300] }))
  await page.getByRole("link", { name: "BTC/USD 1h" }).click()
  await page.getByRole("button", { name: "Fill flat, 3 candles are missing." }).click()
  await expect(page.getByRole("heading", { name: "1 gap" })).toBeVisible()
  await page
    .getByRole("region", { name: /Notifications/ })
    .getByRole("button", { name: "Undo" })
    .click()
  await expect(page.getByRole("heading", { name: "2 gaps" })).toBeVisible()
})

test("the strip zooms by keyboard and finds a defect that is chosen", async ({ page }) => {
  await bring(page, candleCsv(2000, { without: [1000, 1500] }))
  await page.getByRole("link", { name: "BTC/USD 1h" }).click()
  await page.getByRole("button", { name: "Nearer" }).focus()
  await page.keyboard.press("+")
  await expect(page.getByText("21 Jan 2024")).toBeVisible()
  await page.keyboard.press("0")
  await expect(page.getByRole("button", { name: "All", exact: true })).toBeDisabled()
  await page.getByRole("row").filter({ hasText: "gap" }).first().click()
  await expect(page.getByRole("button", { name: "All", exact: true })).toBeEnabled()
})

test("a market that is not here, and one with nothing wrong, say so", async ({ page }) => {
  await page.goto("/data/no-such-market")
  await expect(page.getByRole("heading", { name: "This market is not in this browser" })).toBeVisible()
  await bring(page, candleCsv(300))
  await page.getByRole("link", { name: "BTC/USD 1h" }).click()
  await expect(page.getByText("Nothing odd in 300 candles")).toBeVisible()
  await expect(page.getByRole("img", { name: "100.0 % of the time has candles" })).toBeVisible()
  await page.getByRole("button", { name: "Delete" }).click()
  await expect(page).toHaveURL(/\/data$/)
  await expect(page.getByText("None yet")).toBeVisible()
})

async function bring(page: Page, buffer: Buffer) {
  await page.goto("/data")
  await page.getByLabel("Candle files").setInputFiles({ name: "BTCUSD-1h.csv", mimeType: "text/csv", buffer })
  await page.getByRole("link", { name: "BTC/USD 1h" }).waitFor()
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at)
}

function candleCsv(
  count: number,
  { without = [], spikes = [], silent = [] }: { without?: number[]; spikes?: number[]; silent?: number[] } = {},
): Buffer {
  const rows = range(0, count).filter((at) => !without.includes(at))
  const line = (at: number) => {
    const open = 100 + 5 * Math.sin(at / 20)
    const close = 100 + 5 * Math.sin((at + 1) / 20)
    const high = spikes.includes(at) ? 300 : Math.max(open, close) + 0.3
    return [
      START + at * HOUR_MS,
      ...[open, high, Math.min(open, close) - 0.3, close].map((price) => price.toFixed(2)),
      silent.includes(at) ? 0 : 7,
    ].join()
  }
  return Buffer.from(["open_time_ms,open,high,low,close,volume", ...rows.map(line)].join("\n"))
}

test("a file with rows out of order and a price of zero is refused, and comes in mended when asked to", async ({
  page,
}) => {
  const lines = candleCsv(100).toString().split("\n")
  const dirty = [
    ...lines.slice(0, 50),
    lines[52],
    lines[50],
    lines[51],
    ...lines.slice(53),
    `${START + 100 * HOUR_MS},10,10,0,10,1`,
  ]
  await page.goto("/data")
  await page
    .getByLabel("Candle files")
    .setInputFiles({ name: "BTCUSD-1h.csv", mimeType: "text/csv", buffer: Buffer.from(dirty.join("\n")) })
  const refusal = page.getByRole("alert")
  await expect(refusal).toContainText("Row 52")
  await expect(refusal).toContainText(
    "1 row with an impossible price, volume or time left out. 2 rows out of order put in their place.",
  )
  await page.getByRole("button", { name: "Import it mended" }).click()
  await expect(page.getByRole("listitem").filter({ hasText: "BTC/USD" })).toContainText("100 candles · no gaps")
  await page.getByRole("link", { name: "BTC/USD 1h" }).click()
  await expect(page.getByText("2 rows out of order put in their place.")).toBeVisible()
})
