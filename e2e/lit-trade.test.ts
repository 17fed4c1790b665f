import { expect, test } from "./support.ts"

for (const width of [360, 1280])
  test(`a trade chosen in the list lights a chart that comes into sight beside it, at ${width} px`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 })
    await page.goto("/backtest?strategy=sma-cross")
    const row = page
      .getByRole("region", { name: /^Trades/ })
      .getByRole("row")
      .nth(3)
    const chart = page.getByRole("application").first()
    await expect(row).toBeVisible()
    await row.evaluate((element) => element.scrollIntoView({ block: "start" }))
    await expect(chart).not.toBeInViewport({ ratio: 0.5 })
    await row.click()
    await expect(page.getByText(/^Trade 3 of \d+/)).toBeVisible()
    await expect(chart).toBeInViewport({ ratio: 0.9 })
    await expect(row).toBeInViewport({ ratio: 0.9 })
  })
