import { moveSlider } from "./kept-strategy.ts"
import { expect, test } from "./support.ts"

test("a part left unseen is really left out, looked at once, and the look is remembered", async ({ page }) => {
  await page.goto("/backtest")
  const tested = page.getByTestId("tested-on")
  await expect(tested).toContainText("candles")
  const whole = await tested.innerText()
  await page.getByLabel("Leave unseen", { exact: true }).fill("30")
  await page.getByLabel("Leave unseen", { exact: true }).press("Enter")
  await expect(page.getByTestId("tested-with")).toContainText(/the last 30\s% left unseen/)
  await expect(tested).not.toHaveText(whole)
  const light = page.locator('[data-light="unseen"]')
  await expect(light).toHaveAttribute("data-level", "doubtful")
  const part = page.getByTestId("unseen-part")
  await part.getByRole("button", { name: "Look at the unseen part" }).click()
  await expect(part).toContainText(/You looked at the unseen part on .* in \d+ days, then .* in the last \d+ days/)
  await expect(part.getByRole("button")).toHaveCount(0)
  await page.reload()
  await expect(part).toContainText("You looked at the unseen part on")
  await page.getByLabel("Fee", { exact: true }).fill("0.2")
  await page.getByLabel("Fee", { exact: true }).press("Enter")
  await expect(part).toContainText("Since then something was changed")
  await expect(part.getByRole("button")).toHaveCount(0)
})

test("a period in one press, an exchange with its fee, other fills: all in the address, and kept with the strategy", async ({
  page,
}) => {
  await page.goto("/backtest")
  const line = page.getByTestId("tested-with")
  await expect(line).toContainText(/fee 0\.1\s%, slippage 0\.05\s%, conservative fills/)
  await page.getByLabel("Period", { exact: true }).selectOption("Last 3 months")
  await expect(page).toHaveURL(/from=/)
  await page.getByLabel("Exchange", { exact: true }).selectOption({ value: "coinbase" })
  await expect(line).toContainText(/fee 1\.2\s%/)
  await page.getByLabel("Fills", { exact: true }).selectOption("freqtrade")
  await expect(line).toContainText(/slippage 0\s%, fills as freqtrade has them/)
  await expect(page).toHaveURL(/venue=coinbase/)
  await expect(page.getByTestId("leverage-gap")).toHaveCount(0)
  await page.getByLabel("Leverage", { exact: true }).fill("4")
  await page.getByLabel("Leverage", { exact: true }).press("Enter")
  await expect(line).toContainText("leverage 4×")
  await expect(page.getByTestId("leverage-gap").first()).toContainText("never liquidate a long")
  await page.getByLabel("Strategy", { exact: true }).selectOption("buy-and-hold")
  await page.getByLabel("Fills", { exact: true }).selectOption("conservative")
  await expect(line).toContainText("conservative fills")
  await page.getByLabel("Strategy", { exact: true }).selectOption("sma-cross")
  await expect(line).toContainText("fills as freqtrade has them")
})

test("with other fills slippage and delay do not count, and back again they are as the person set them", async ({
  page,
}) => {
  await page.goto("/backtest?strategy=sma-cross&delay=3&slippage=0.2")
  const line = page.getByTestId("tested-with")
  const own = /slippage 0\.2\s%, orders 3 candles late, conservative fills/
  await expect(line).toContainText(own)
  await page.getByLabel("Fills", { exact: true }).selectOption("freqtrade")
  await expect(line).toContainText(/slippage 0\s%, fills as freqtrade has them/)
  await page.getByLabel("Fills", { exact: true }).selectOption("conservative")
  await expect(line).toContainText(own)
})

test("what is set for one strategy stays with it: the others are tested as before, on the same market and period", async ({
  page,
}) => {
  await page.goto("/backtest?strategy=bollinger-breakout")
  const line = page.getByTestId("tested-with")
  const strategy = page.getByLabel("Strategy", { exact: true })
  await expect(line).toContainText(/\$100\.00, fee 0\.1\s%/)
  await page.getByLabel("Period", { exact: true }).selectOption("Last 3 months")
  await strategy.selectOption("sma-cross")
  await page.getByLabel("Fee", { exact: true }).fill("0.7")
  await page.getByLabel("Fee", { exact: true }).press("Enter")
  await page.getByLabel("Cash", { exact: true }).fill("500")
  await page.getByLabel("Cash", { exact: true }).press("Enter")
  await expect(line).toContainText(/\$500\.00, fee 0\.7\s%/)
  await strategy.selectOption("bollinger-breakout")
  await expect(line).toContainText(/\$100\.00, fee 0\.1\s%/)
  await expect(page).toHaveURL(/from=/)
  await strategy.selectOption("sma-cross")
  await expect(line).toContainText(/\$500\.00, fee 0\.7\s%/)
})

test("a small account sees what it can do, and how much it would need", async ({ page }) => {
  await page.goto("/backtest?cash=3")
  await page.getByRole("tab", { name: "Small account" }).click()
  const panel = page.getByRole("tabpanel")
  await expect(panel).toContainText(/None: a position would be too small\. Start with about \$5\.\d\d or more/)
  await page.getByLabel("Exchange", { exact: true }).selectOption({ value: "coinbase" })
  await expect(panel).toContainText("takes orders from $1.00 on")
  await expect(panel).toContainText("1 at once")
})

for (const { width, isKept } of [
  { width: 360, isKept: false },
  { width: 1280, isKept: true },
])
  test(`a slider and how it is tested are taken back in their order, and done again, ${isKept ? "with the keys in a kept strategy" : "with the buttons in a template"} at ${width} px`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 })
    await page.goto("/backtest?strategy=rsi-dip")
    const verdict = page.getByTestId("verdict")
    await expect(verdict).toHaveText(/^\$100 would have/)
    if (isKept) {
      await page.getByRole("button", { name: "Keep", exact: true }).click()
      await expect(page.getByTestId("changed")).toHaveText("Version 1.")
    } else await page.getByRole("button", { name: "Change what is tested" }).click()
    const slider = page.getByRole("slider", { name: "Buy below" })
    const cash = page.getByLabel("Cash", { exact: true })
    const back = (words: string) =>
      isKept ? page.keyboard.press("Control+z") : page.getByRole("button", { name: `Undo: ${words}` }).click()
    const forth = (words: string) =>
      isKept ? page.keyboard.press("Control+Shift+z") : page.getByRole("button", { name: `Redo: ${words}` }).click()

    await moveSlider(page, "Buy below", 2)
    await expect(slider).toHaveAttribute("aria-valuenow", "32")
    await cash.fill("5")
    await cash.fill("500")
    await page.getByLabel("Period", { exact: true }).selectOption("Last 3 months")
    await expect(verdict).toHaveText(/^\$500 would have/)
    await expect(page).toHaveURL(/from=/)

    await back("Changed the period")
    await expect(page).not.toHaveURL(/from=/)
    await back("Changed the cash")
    await expect(cash).toHaveValue("100")
    await expect(verdict).toHaveText(/^\$100 would have/)
    await expect(slider).toHaveAttribute("aria-valuenow", "32")
    await back("A slider moved")
    await expect(slider).toHaveAttribute("aria-valuenow", "30")
    await expect(page.getByRole("button", { name: "Undo", exact: true })).toBeDisabled()
    await forth("A slider moved")
    await forth("Changed the cash")
    await expect(slider).toHaveAttribute("aria-valuenow", "32")
    await expect(verdict).toHaveText(/^\$500 would have/)
    await expect(page).toHaveURL(/cash=500/)
    await page.reload()
    await expect(verdict).toHaveText(/^\$500 would have/)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  })
