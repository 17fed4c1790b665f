import { expect, test } from "./support.ts"

test("seven questions are answered unasked, each with its reason on a press", async ({ page }) => {
  await page.goto("/backtest")
  const lights = page.getByRole("list", { name: "Can this result be believed?" })
  await expect(lights.locator("[data-light]")).toHaveCount(7)
  const expected: [string, RegExp][] = [
    ["Enough trades?", /^85 trades: enough/],
    ["Beats holding?", /^It returned \+25\.9\s%, holding \+38\.5\s%/],
    ["Survives higher costs?", /^With twice the fees and .* slippage \$100\.00 would have become/],
    ["Holds on the unseen part?", /in \d+ days, then .* in the last \d+ days/],
    [
      "More than luck?",
      /^Entries at random moments, as many and with the same exits, did worse in \d+\s% of 199 tries/,
    ],
    ["Survives bad luck?", /^In the worst 5 % of 1,000 other orders of its trades it fell by/],
    ["Fits exchange minimums?", /^The exchange takes orders from \$5\.00 on; its smallest was/],
  ]
  for (const [question, reason] of expected) {
    await lights.getByRole("button", { name: question }).click()
    await expect(page.getByRole("dialog", { name: question })).toHaveText(reason)
    await page.keyboard.press("Escape")
  }
})

test("a strategy with few trades is not believed, and another slider asks again", async ({ page }) => {
  await page.goto("/backtest?strategy=buy-and-hold")
  const trades = page.locator('[data-light="trades"]')
  await expect(trades).toHaveAttribute("data-level", "bad")
  await page.getByLabel("Strategy", { exact: true }).selectOption("sma-cross")
  await expect(trades).toHaveAttribute("data-level", "good")
})

test("with twenty cents no order is large enough for an exchange", async ({ page }) => {
  await page.goto("/backtest?cash=0.2")
  await expect(page.locator('[data-light="minimums"]')).toHaveAttribute("data-level", "bad")
})
