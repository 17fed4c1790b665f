import { readFile } from "node:fs/promises"
import type { Page } from "@playwright/test"
import { dayAndNightObjections } from "./axe.ts"
import { expect, test } from "./support.ts"

test("from a result to good values in use: on a desk in one go, on a phone with a reload in the middle, to the same answer", async ({
  page,
  browser,
  relayUrl,
}) => {
  // Two whole searches, and axe reads what they found four times.
  test.setTimeout(240_000)
  const answer = await searched(page, 1280, waitUntilDone)
  expect(await dayAndNightObjections(page)).toEqual([])
  await expect(page.getByRole("img", { name: /runs on markets made anew.*worst 5/ })).toBeVisible()
  await expect(page.getByRole("list", { name: "Questions" }).locator("[data-light]")).toHaveCount(8)
  await walkThroughMap(page)
  await useThePlateau(page)
  const context = await browser.newContext({ baseURL: relayUrl })
  const phone = await context.newPage()
  expect(await searched(phone, 360, reloadInTheMiddle)).toEqual(answer)
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  expect(await dayAndNightObjections(phone)).toEqual([])
  await context.close()
})

/** Opens a result, searches what its sliders can be, and answers with what was found. */
async function searched(page: Page, width: number, wait: (page: Page) => Promise<void>): Promise<unknown> {
  await page.emulateMedia({ reducedMotion: "reduce" })
  await page.setViewportSize({ width, height: 800 })
  await page.goto("/backtest?strategy=sma-cross&cash=250")
  await page.getByRole("link", { name: "Find good values" }).click()
  await expect(page).toHaveURL(/\/robustness\?.*cash=250/)
  await expect(page.getByTestId("effort")).toContainText("1,100 combinations × 10,512 candles")
  await page.getByRole("switch", { name: "Stop loss %" }).click()
  await expect(page.getByTestId("effort")).toContainText("110 combinations × 10,512 candles")
  await page.getByRole("switch", { name: "Stop loss %" }).click()
  await page.getByRole("button", { name: "Find good values" }).click()
  await wait(page)
  await expect(page.locator("[data-verdict]")).toBeVisible({ timeout: 90_000 })
  const download = page.waitForEvent("download")
  await page.getByRole("button", { name: "Save as CSV" }).click()
  return {
    verdict: await page.getByRole("region", { name: "Verdict", exact: true }).textContent(),
    trials: await readFile(await (await download).path(), "utf8"),
  }
}

async function waitUntilDone(page: Page): Promise<void> {
  await expect(page.getByRole("progressbar")).toBeVisible()
  await expect(page.getByRole("region", { name: "The best so far" }).getByRole("row").nth(10)).toContainText("%")
}

async function reloadInTheMiddle(page: Page): Promise<void> {
  await expect(page.getByText(/coin-flip markets/)).toBeVisible()
  await page.getByRole("button", { name: "Pause" }).click()
  await expect(page.getByText("Nothing is lost: it goes on where it stopped.")).toBeVisible()
  await page.reload()
  await expect(page.getByText(/^A search of .* stopped at \d+\s%/)).toBeVisible()
  await page.getByRole("button", { name: "Go on" }).click()
}

/** The map is read without a mouse: arrows walk, and each cell says what it is. */
async function walkThroughMap(page: Page): Promise<void> {
  const map = page.getByRole("application", { name: /arrows walk from cell to cell/ })
  await map.focus()
  // The pointer may rest on a cell: to the first one from there, which is as far as it goes.
  for (let step = 0; step < 12; step++) for (const key of ["ArrowUp", "ArrowLeft"]) await page.keyboard.press(key)
  await page.keyboard.press("ArrowRight")
  const cell = /^Fast average 20, Slow average 30: Sharpe ratio [−\d.]+ \(10 combinations\)\.$/
  await expect(page.getByText(cell)).toBeVisible()
}

async function useThePlateau(page: Page): Promise<void> {
  const plateau = page.getByRole("region", { name: /plateau/i }).last()
  const fast = await plateau.getByText("Fast average").locator("xpath=following-sibling::dd").textContent()
  await plateau.getByRole("button", { name: "Use these values" }).click()
  await expect(page.getByText(/^Version 2 of your strategy has these values/)).toBeVisible()
  await page.getByRole("link", { name: "Versions" }).click()
  await expect(page.getByText(/values of a search: the plateau of 1,100 combinations, Sharpe ratio/)).toBeVisible()
  await page.getByRole("link", { name: "Open it" }).click()
  await expect(page.getByRole("slider", { name: "Fast average" })).toHaveAttribute("aria-valuenow", fast!)
  await page.goBack()
  await page.goBack()
  await expect(page.locator("[data-verdict]"), "what was found is still here").toBeVisible()
}
