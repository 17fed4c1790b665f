import type { Page } from "@playwright/test"
import { expect, test, typeCommand } from "./support.ts"

test.beforeEach(async ({ page }) => {
  await page.goto("/backtest")
  await expect(stretch(page)).toHaveAttribute("aria-valuetext", /\d to \d/)
})

test("the wheel scrolls the page, and zooms the chart only while Ctrl is held", async ({ page }) => {
  const before = await stretchWords(page)
  await overChart(page)
  const top = () => page.evaluate(() => scrollY)
  const from = await top()
  await page.mouse.wheel(0, 200)
  await expect.poll(top).toBeGreaterThan(from)
  expect(await stretchWords(page)).toBe(before)
  await overChart(page)
  await page.keyboard.down("Control")
  await page.mouse.wheel(0, 400)
  await page.keyboard.up("Control")
  await expect.poll(() => stretchWords(page)).not.toBe(before)
})

test("Fit shows all of it, a date leads to its day, and neither a slider nor the theme moves the view", async ({
  page,
}) => {
  await page.getByRole("button", { name: "Fit everything" }).click()
  await expect(stretch(page)).toHaveAttribute("aria-valuetext", /1 Jan 2024.* to 1 Jul 2025/)
  await page.getByRole("button", { name: "Go to a date" }).click()
  await page.getByLabel("Day", { exact: true }).fill("2024-09-10")
  await page.keyboard.press("Enter")
  await expect(page.getByLabel("Day", { exact: true })).toHaveCount(0)
  // Focus scrolls the page: a pointer left where it is would come to rest on another bar, and zoom goes by what is pointed at.
  await page.mouse.move(0, 0)
  await page.getByRole("application").first().focus()
  for (let press = 0; press < 14; press++) await page.keyboard.press("+")
  await expect(stretch(page)).toHaveAttribute("aria-valuetext", /Sept? 2024.* to .*Sept? 2024/)
  const before = await stretchWords(page)
  await page.getByRole("slider", { name: "Fast average" }).focus()
  await page.keyboard.press("ArrowRight")
  await expect(page).toHaveURL(/params=fast:21/)
  await page.emulateMedia({ colorScheme: "dark" })
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe("dark")
  expect(await stretchWords(page)).toBe(before)
})

test("a trade chosen in the list scrolls into view, and arrows move on from it beside the chart", async ({ page }) => {
  const before = await stretchWords(page)
  const list = page.getByRole("region", { name: /^Trades/ })
  await list.getByRole("row").nth(2).click()
  await expect(page.getByText(/^Trade 2 of \d+/)).toBeVisible()
  await expect.poll(() => stretchWords(page)).not.toBe(before)
  await page.getByRole("button", { name: "Next trade" }).click()
  await expect(page.getByText(/^Trade 3 of \d+/)).toBeVisible()
  await expect(list.locator('[aria-selected="true"]')).toHaveCount(1)
  await page.getByRole("application").first().focus()
  await page.keyboard.press("Shift+ArrowRight")
  await expect(page.getByText(/^Trade 4 of \d+/)).toBeVisible()
  // Both are on the screen at once.
  const [chart, row] = [page.getByRole("application").first(), list.locator('[aria-selected="true"]')]
  await chart.evaluate((element) => element.scrollIntoView({ block: "start" }))
  await expect(chart).toBeInViewport({ ratio: 0.9 })
  await expect(row).toBeInViewport()
})

test("full screen covers the page and Escape leaves it", async ({ page }) => {
  await page.getByRole("button", { name: "Full screen" }).click()
  await expect
    .poll(() =>
      page
        .getByRole("application")
        .first()
        .evaluate((each) => each.clientHeight),
    )
    .toBeGreaterThan(500)
  await page.getByRole("button", { name: "Leave full screen" }).click()
  await expect(page.getByRole("button", { name: "Full screen" })).toBeVisible()
})

test("pressing an arrow on the chart shows its trade", async ({ page }) => {
  await page.getByRole("button", { name: "Trade before" }).click()
  const box = (await page.getByRole("application").first().boundingBox())!
  const card = page.getByRole("tooltip")
  for (let x = 40; x < box.width - 80 && (await card.count()) === 0; x += 5)
    for (let y = 24; y < 180 && (await card.count()) === 0; y += 6) await page.mouse.move(box.x + x, box.y + y)
  await expect(card).toContainText(/Bought .* at [\d,.]+/)
  await expect(card).toContainText(/Sold .* at [\d,.]+/)
})

test("a reloaded page shows the stretch of time it showed before", async ({ page }) => {
  await expect.poll(() => keptStretch(page)).not.toBeNull()
  const first = await keptStretch(page)
  const opened = await stretchWords(page)
  await page.getByRole("button", { name: "Fit everything" }).click()
  await expect.poll(() => keptStretch(page)).not.toBe(first)
  const before = await stretchWords(page)
  expect(before).not.toBe(opened)
  await page.reload()
  await expect(stretch(page)).toHaveAttribute("aria-valuetext", before)
})

test("two places are measured by keyboard, from the chart and from the palette", async ({ page }) => {
  await page.getByRole("application").first().focus()
  await page.keyboard.press("m")
  const measure = page.getByRole("group", { name: /^Measure/ })
  await expect(measure).toBeFocused()
  await page.keyboard.press("Shift+ArrowLeft")
  await page.keyboard.press("ArrowRight")
  await expect(measure).toContainText(/^[+−]?[\d,.]+ \([+−]?[\d.]+.%\) in 9 h, 9 candles$/)
  await page.keyboard.press("Enter")
  await page.keyboard.press("ArrowLeft")
  await expect(measure).toContainText(/1 candle$/)
  await page.keyboard.press("Escape")
  await expect(measure).toHaveCount(0)
  await typeCommand(page, "measure", /^Measure on the chart/)
  await expect(measure).toBeFocused()
  await page.keyboard.press("ArrowLeft")
  await expect(measure).toContainText(/1 candle$/)
})

test("a second timeframe beside the first has its name, and the numbers above follow the pointer in either", async ({
  page,
}) => {
  await page.getByLabel("A second timeframe beside this one").selectOption("1d")
  await expect(page.getByText("Candles of 1h", { exact: true })).toBeVisible()
  const second = page.getByText("Candles of 1d", { exact: true })
  await expect(second).toBeVisible()
  const legend = page.getByText(/^Open [\d,.]+ · High/)
  const last = await legend.textContent()
  await second.scrollIntoViewIfNeeded()
  const box = (await second.boundingBox())!
  await page.mouse.move(box.x + 60, box.y + 80)
  await page.mouse.move(box.x + 64, box.y + 84)
  await expect(legend).not.toHaveText(last!)
})

function keptStretch(page: Page): Promise<string | null> {
  return page.evaluate(() => sessionStorage.getItem("candlewright.chart-view.sample"))
}

function stretch(page: Page) {
  return page.getByRole("slider", { name: "The stretch the chart shows" })
}

async function stretchWords(page: Page): Promise<string> {
  return (await stretch(page).getAttribute("aria-valuetext")) ?? ""
}

/** Puts the pointer over the middle of the chart. */
async function overChart(page: Page) {
  const chart = page.getByRole("application").first()
  await chart.scrollIntoViewIfNeeded()
  const box = (await chart.boundingBox())!
  await page.mouse.move(box.x + box.width / 2, Math.min(760, box.y + 60))
}
