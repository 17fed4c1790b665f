import type { Page } from "@playwright/test"
import { expect, test } from "./support.ts"

for (const width of [1280, 360])
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height: 800 } })

    test("a pressed candle is explained, and arrows walk from candle to candle", async ({ page }) => {
      await page.goto("/backtest?strategy=rsi-dip")
      await pressCandle(page)
      const panel = page.getByRole("region", { name: "Why?" })
      await expect(panel.getByTestId("why-words")).toHaveText(/^It /)
      await expect(panel.getByText("To buy, all of these must be so")).toBeVisible()
      await expect(panel.locator("[data-met]").first()).toContainText(/“strength” crosses below 30/)
      await expect(panel.locator("[data-met]").first()).toContainText(/“strength”: \d/)
      const candle = panel.getByTestId("why-candle")
      const before = await candle.textContent()
      await panel.getByRole("button", { name: "Next candle" }).click()
      await expect(candle).not.toHaveText(before!)
      await page.keyboard.press("ArrowLeft")
      await expect(candle).toHaveText(before!)
      await page.keyboard.press("Escape")
      await expect(panel).toHaveCount(0)
    })

    test("a strategy that never trades says which condition was the rarest, and one press loosens it", async ({
      page,
    }) => {
      await page.goto("/backtest?strategy=rsi-dip&params=oversold:5")
      const never = page.getByTestId("never-traded")
      await expect(never).toContainText("The rarest: “strength” crosses below 5")
      await expect(never).toContainText(/\d+ times/)
      await page.getByRole("button", { name: /^Set “Buy below” to / }).click()
      await expect(page).toHaveURL(/params=oversold:(?!5\b)/)
      await expect(page.getByTestId("verdict")).toHaveText(/would have become/)
    })
  })

test("w asks about the lit trade's deciding candle, however it was lit, and the view stays as it is", async ({
  page,
}) => {
  await page.goto("/backtest?strategy=rsi-dip")
  const panel = page.getByRole("region", { name: "Why?" })
  const stretch = page.getByRole("slider", { name: "The stretch the chart shows" })
  const decided = "At the close it decided to buy"
  await page.getByRole("button", { name: "Next trade" }).click()
  await page.getByRole("button", { name: "Next trade" }).click()
  const shown = await stretch.getAttribute("aria-valuetext")
  await page.keyboard.press("w")
  await expect(panel).toBeFocused()
  await expect(panel.getByTestId("why-words")).toContainText(decided)
  await expect(stretch).toHaveAttribute("aria-valuetext", shown!)
  const second = await panel.getByTestId("why-candle").textContent()
  await panel.getByRole("button", { name: "Next candle" }).click()
  await expect(panel.getByTestId("why-words")).toContainText("It bought in this candle")
  await page.keyboard.press("w")
  await expect(panel).toHaveCount(0)
  await page
    .getByRole("region", { name: /^Trades/ })
    .getByRole("row")
    .nth(1)
    .click()
  await page.getByRole("button", { name: "Why?" }).click()
  await expect(panel.getByTestId("why-words")).toContainText(decided)
  await expect(panel.getByTestId("why-candle")).not.toHaveText(second!)
})

test("the answer closes, and the focus is again where it was: on a button, on Why? itself, on the chart", async ({
  page,
}) => {
  await page.goto("/backtest?strategy=rsi-dip")
  const panel = page.getByRole("region", { name: "Why?" })
  const why = page.getByRole("button", { name: "Why?", exact: true })
  const chart = page.getByRole("application").first()
  await expect(why).toBeVisible()
  for (const place of [page.getByRole("button", { name: "Change the rules" }), chart, why]) {
    await place.focus()
    await page.keyboard.press("w")
    await expect(panel).toBeFocused()
    await page.keyboard.press("Escape")
    await expect(panel).toHaveCount(0)
    await expect(place).toBeFocused()
  }
  await why.press("Enter")
  await expect(panel).toBeFocused()
  await panel.getByRole("button", { name: "Close the answer" }).press("Enter")
  await expect(why).toBeFocused()
  await pressCandle(page)
  await panel.getByRole("button", { name: "Next candle" }).press("Escape")
  await expect(chart).toBeFocused()
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.keyboard.press("w")
  await expect(panel).toBeFocused()
  await page.keyboard.press("Escape")
  await expect(why).toBeFocused()
})

async function pressCandle(page: Page) {
  const chart = page.getByRole("application").first()
  await chart.scrollIntoViewIfNeeded()
  const box = (await chart.boundingBox())!
  await page.mouse.click(box.x + box.width / 2, box.y + 60)
}
