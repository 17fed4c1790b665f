import { expect, keptForOffline, test, typeCommand } from "./support.ts"

test("a link with a strategy that is not here says so, runs nothing else, and offers others", async ({ page }) => {
  await page.goto("/backtest?strategy=sma-crss")
  await expect(page.getByText("The strategy of this link is not here.")).toBeVisible()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("An unknown strategy on DEMO/USD")
  await expect(page.getByRole("button", { name: "Test it" })).toBeDisabled()
  await expect(page.getByTestId("verdict")).toHaveCount(0)
  await page.getByRole("button", { name: "RSI dip in an uptrend" }).click()
  await expect(page.getByTestId("verdict")).toHaveText(/would have become/)
  await expect(page).toHaveURL(/strategy=rsi-dip/)
})

test("the unreadable part of a link is named; defaults replace it until the person agrees", async ({ page }) => {
  await page.goto("/backtest?cash=-5&timeframe=7h&from=2024-02-31&params=fast:many")
  const notice = page.getByText("Part of this link cannot be read")
  for (const name of ['cash is "-5"', 'from is "2024-02-31"', 'timeframe is "7h"', 'params holds "fast:many"'])
    await expect(notice).toContainText(name)
  await expect(page.getByTestId("verdict")).toHaveText(/^\$100 would have become/)
  await page.getByRole("button", { name: "Test with the usual" }).click()
  await expect(notice).toHaveCount(0)
  await expect(page).toHaveURL(/\/backtest$/)
})

test("a slider's value outside its range is refused by its name, and each way out leads to a result", async ({
  page,
}) => {
  for (const [way, fast] of [
    ["Use 5", "5"],
    ["Use its own, 20", "20"],
  ]) {
    await page.goto("/backtest?params=fast:2")
    await expect(page.getByText('"Fast average" is 2; it takes whole numbers from 5 to 100.')).toBeVisible()
    await page.getByRole("button", { name: way }).click()
    await expect(page.getByTestId("verdict")).toHaveText(/would have become/)
    await expect(page.getByRole("slider", { name: "Fast average" })).toHaveAttribute("aria-valuenow", fast)
  }
})

test("testing once more says that it ran, and that the result is the same", async ({ page }) => {
  await page.goto("/backtest")
  await expect(page.getByText(/^Tested in [\d,]+ ms\.$/)).toBeVisible()
  await page.getByRole("button", { name: "Test it" }).click()
  await expect(page.getByText(/once more at \d\d:\d\d: the same result, to the last bit\./)).toBeVisible()
})

test("the palette tests the strategy at hand on another market, and another strategy on the market at hand", async ({
  page,
}) => {
  await page.goto("/backtest?strategy=rsi-dip&fee=0.2&unseen=10&from=2024-06-01")
  await expect(page.getByTestId("verdict")).toBeVisible()
  await typeCommand(page, "donchian", /^Donchian trend/)
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Donchian trend/)
  // The period is the person's; fee and unseen part were the other strategy's.
  await expect(page).toHaveURL(/from=2024-06-01/)
  await expect(page).not.toHaveURL(/fee=|unseen=/)
  await typeCommand(page, "demo/usd", "DEMO/USD 1h")
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Donchian trend on DEMO/USD")
})

test("a template's purpose, failures and needs are shown where it is chosen and where it is tested", async ({
  page,
}) => {
  for (const address of ["/", "/templates", "/backtest"]) {
    await page.goto(address)
    for (const words of ["Prices move in one direction for weeks.", "Prices go sideways"])
      await expect(page.getByText(words).first()).toBeVisible()
    if (address !== "/") await expect(page.getByText(/^About \$[\d.]+\. With less/).first()).toBeVisible()
  }
})

test.describe("kept for offline use", () => {
  test.use({ serviceWorkers: "allow" })

  test("each screen says what being offline means for it", async ({ page, context }) => {
    await page.goto("/backtest")
    await keptForOffline(page)
    await context.setOffline(true)
    const words = {
      Home: "tests run as always",
      Watch: "Prices stay as they were",
      Data: "Downloads wait for the network",
      Settings: "Everything on this screen works",
    }
    for (const [screen, said] of Object.entries(words)) {
      await page.getByRole("navigation").getByRole("link", { name: screen, exact: true }).click()
      await expect(page.getByText("You are offline.")).toContainText(said)
    }
    await context.setOffline(false)
    await expect(page.getByText("You are offline.")).toHaveCount(0)
  })
})

test("on a phone the sentence stays in sight while the sliders that move it are open", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 })
  await page.goto("/backtest")
  const verdict = page.getByTestId("verdict")
  await expect(verdict).toHaveText(/would have become/)
  await page.getByRole("button", { name: "Change what is tested" }).click()
  for (const name of ["Fast average", "Stop loss %"]) {
    const slider = page.getByRole("slider", { name })
    await slider.scrollIntoViewIfNeeded()
    await expect(slider).toBeInViewport()
    await expect(verdict).toBeInViewport({ ratio: 1 })
    const before = await verdict.textContent()
    await slider.focus()
    for (let step = 0; step < 6; step++) await page.keyboard.press("ArrowRight")
    await expect(verdict).not.toHaveText(before!)
    await expect(verdict).toBeInViewport({ ratio: 1 })
  }
})

test("on paper there is the answer, in light, without what only a screen can do", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" })
  await page.goto("/backtest")
  await expect(page.getByTestId("verdict")).toHaveText(/would have become/)
  await page.emulateMedia({ media: "print", colorScheme: "dark" })
  await expect(page.getByTestId("verdict")).toBeVisible()
  await expect(page.getByText("Total return")).toBeVisible()
  await expect(page.getByRole("navigation")).toBeHidden()
  await expect(page.getByRole("button", { name: "Test it" })).toBeHidden()
  await expect(page.getByRole("slider", { name: "Fast average" })).toBeHidden()
  expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe("rgb(58, 51, 42)")
})

test("a watch link to a market that is not on the list says which, and what is shown instead", async ({ page }) => {
  await page.goto("/watch?market=practice:XYZ/USDT")
  await expect(page.getByText('The market of this link, "practice:XYZ/USDT", is not on your list')).toBeVisible()
  await page.getByRole("link", { name: /ETH\/USDT/ }).click()
  await expect(page.getByText("The market of this link")).toHaveCount(0)
})
