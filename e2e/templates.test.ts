import type { Page } from "@playwright/test"
import { candleCsv, syntheticCandles } from "#engine/candles"
import { templates } from "../web/run/template-of.ts"
import { expect, test } from "./support.ts"

for (const width of [360, 1280])
  test(`every template tells what it did on a market, counted now and not written, at ${width} px`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 })
    await page.goto("/templates")
    const rules = templates.filter(({ document }) => !document.code)
    await expect(page.getByTestId("facts")).toHaveCount(rules.length)
    for (const { document } of rules) {
      const facts = factsOf(page, document.name)
      await expect(facts).toContainText(/Trades\s*[\d.]+ a month, \d+ in all/)
      await expect(facts).toContainText(/Needs\s*About \$[\d.,]+/)
      await expect(facts).toContainText(/in the first 38\d days, .* in the last 16\d days/)
    }
    const before = await factsOf(page, "Supertrend").innerText()

    await bringCandles(page)
    await page.goto("/templates")
    await page.getByLabel("On the market", { exact: true }).selectOption({ label: "ETH/USDT · 1h" })
    await expect(page).toHaveURL(/market=/)
    await expect(factsOf(page, "Supertrend")).toContainText("ETH/USDT")
    await expect(page.getByTestId("facts")).toHaveCount(rules.length)
    expect(await factsOf(page, "Supertrend").innerText()).not.toBe(before)

    // What is said here is what the test itself shows.
    const told = /([\d,]+) in all/.exec(await factsOf(page, "Supertrend").innerText())![1]
    await page.getByRole("listitem", { name: "Supertrend" }).getByRole("link", { name: "Test it" }).press("Enter")
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Supertrend on ETH/USDT")
    await expect(page.getByRole("main")).toBeFocused()
    await expect(page.getByText(new RegExp(`^${told} trades$`)).first()).toBeVisible()
  })

test("with the switch for falls on, a short has its leverage and its funding is spoken of", async ({ page }) => {
  await page.goto("/backtest?strategy=supertrend&params=useShort:true")
  await expect(page.getByText(/The candles include no funding, so none is counted \(0.% assumed\)/)).toBeVisible()
  await expect(page.getByTestId("tested-with")).toContainText(/funding not counted \(0.% assumed\)/)
  const verdict = page.getByTestId("verdict")
  await expect(verdict).toHaveText(/would have become/)
  await page.getByLabel("Leverage", { exact: true }).fill("3")
  await expect(page.getByTestId("tested-with")).toContainText("leverage 3×")
  await expect(page).toHaveURL(/leverage=3/)
})

test("a template in code is compiled and counted when somebody asks", async ({ page }) => {
  await page.goto("/templates")
  const rotation = page.getByRole("listitem", { name: "Momentum rotation" })
  await rotation.getByRole("button", { name: "Compile and count" }).click()
  await expect(rotation.getByTestId("facts")).toContainText(/Trades/, { timeout: 60_000 })
})

function factsOf(page: Page, name: string) {
  return page.getByRole("listitem", { name, exact: true }).getByTestId("facts").locator("..")
}

async function bringCandles(page: Page) {
  const candles = syntheticCandles({
    seed: 12,
    candles: 9000,
    timeframe: "1h",
    startMs: Date.UTC(2024, 0, 1),
    startPrice: 100,
    kind: "mixed",
  })
  await page.goto("/data")
  const file = { name: "ETHUSDT-1h.csv", mimeType: "text/csv", buffer: Buffer.from([...candleCsv(candles)].join("")) }
  await page.getByLabel("Candle files").setInputFiles(file)
  await expect(page.getByRole("link", { name: "Test on it" })).toBeVisible()
}
