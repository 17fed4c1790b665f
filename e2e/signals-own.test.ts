import type { Page } from "@playwright/test"
import { candleCsv, syntheticCandles } from "#engine/candles"
import { hostileFiles } from "../relay/forecasts/testing/hostile-onnx.ts"
import { linearModel } from "../relay/forecasts/testing/tiny-onnx.ts"
import { dayAndNightObjections } from "./axe.ts"
import { expect, test } from "./support.ts"

const AHEAD = 1
const candles = syntheticCandles({
  seed: 5,
  candles: 1_500,
  timeframe: "1h",
  startMs: Date.UTC(2025, 0, 1),
  startPrice: 2_000,
  kind: "mixed",
})
/** Made when the next close was known. */
const seer = candles.close.map((now, row) => ((candles.close[row + AHEAD] ?? now) > now ? 0.9 : 0.1))
/** Says the last move again. */
const echo = candles.close.map((now, row) => (now > (candles.close[row - 1] ?? now) ? 0.6 : 0.4))

test("an ONNX model is judged and kept as a column, a hostile one refused; a column that knows the future is called a leak", async ({
  page,
}) => {
  // What runs ONNX is fetched, and axe reads by day and by night.
  test.setTimeout(240_000)
  await page.setViewportSize({ width: 360, height: 800 })
  await importColumns(page)
  await page.goto("/signals/models")
  await page.getByRole("tab", { name: "ONNX" }).click()
  const hostile = hostileFiles.find(({ name }) => name === "cut off")!
  await giveOnnx(page, hostile.bytes)
  await expect(page.getByText(hostile.because)).toBeVisible()
  await giveOnnx(page, linearModel())
  await expect(page.getByText(/^mine.onnx takes 2 numbers of each candle/)).toBeVisible()
  await page.getByLabel("On the market").selectOption({ label: "ETH/USDT · 1h" })
  await page.getByRole("button", { name: "Run and judge it" }).click()
  const card = page.getByRole("region", { name: /^Card of mine.onnx, (as probabilities|by its sign)/ })
  await expect(card.locator("[data-skill]")).toContainText(/unseen/, { timeout: 120_000 })
  await expect(page.getByText(/That is a guess\. If they are something else/)).toBeVisible()
  await page.getByRole("button", { name: "Keep it as a column" }).click()
  await expect(page.getByText(/^Kept with the candles of ETH\/USDT\. Rules name it/)).toBeVisible()

  await page.getByRole("tab", { name: "A column of forecasts" }).click()
  await expect(page.getByLabel("Column", { exact: true }).getByRole("option")).toHaveText(["seer", "echo", "mine"])
  await page.getByLabel("Its numbers are").selectOption({ label: "Expected return, percent" })
  await page.getByLabel("Column", { exact: true }).selectOption("mine")
  await page.getByRole("button", { name: "Judge it" }).click()
  await expect(page.getByRole("region", { name: "Card of mine, as returns in percent" })).toBeVisible()
  await page.getByLabel("Its numbers are").selectOption({ label: "Probability of a rise, 0 to 1" })
  await page.getByLabel("Column", { exact: true }).selectOption("echo")
  await page.getByRole("button", { name: "Judge it" }).click()
  const echoed = page.getByRole("region", { name: "Card of echo, as probabilities" })
  await expect(echoed.locator("[data-skill=false]")).toContainText(/unseen/)
  await page.getByLabel("Column", { exact: true }).selectOption("seer")
  await page.getByRole("button", { name: "Judge it" }).click()
  const leak = page.getByRole("region", { name: "Card of seer, as probabilities" }).locator("[data-skill=false]")
  await expect(leak).toContainText(/Too good to be true.*column .*seer/)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  expect(await dayAndNightObjections(page)).toEqual([])
})

async function importColumns(page: Page) {
  await page.goto("/data")
  const buffer = Buffer.from([...candleCsv({ ...candles, extra: { seer, echo } })].join(""))
  await page.getByLabel("Candle files").setInputFiles({ name: "ETHUSDT-1h.csv", mimeType: "text/csv", buffer })
  await expect(page.getByRole("listitem").filter({ hasText: "ETH/USDT" })).toContainText("1,500 candles")
}

async function giveOnnx(page: Page, bytes: Uint8Array<ArrayBuffer>) {
  const file = { name: "mine.onnx", mimeType: "application/octet-stream", buffer: Buffer.from(bytes) }
  await page.getByLabel("ONNX file").setInputFiles(file)
}
