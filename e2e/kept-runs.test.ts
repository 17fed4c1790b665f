import type { Page } from "@playwright/test"
import { rememberedRuns } from "./browser-database.ts"
import { moveSlider } from "./kept-strategy.ts"
import { expect, test } from "./support.ts"

test("a template's run is not there twice once the template is kept", async ({ page }) => {
  await page.goto("/backtest?strategy=rsi-dip")
  await restedRun(page, 1)
  await moveSlider(page, "Buy below", 5)
  await restedRun(page, 2)
  await page.getByRole("button", { name: "Keep", exact: true }).click()
  await expect(page.getByTestId("changed")).toHaveText("Version 1.")
  await page.getByRole("link", { name: "Versions" }).click()
  await expect(page.getByRole("link", { name: /RSI dip in an uptrend, version 1, on DEMO/ }).first()).toBeVisible()
  expect(await rememberedRuns(page)).toBe(2)
})

test("runs are kept with a note, compared side by side, and repeated to the last bit", async ({ page }) => {
  await page.goto("/backtest?strategy=rsi-dip")
  await restedRun(page, 1)
  await moveSlider(page, "Buy below", 5)
  await restedRun(page, 2)
  await page.goto("/library/runs")
  const rows = page.getByRole("checkbox")
  await expect(rows).toHaveCount(2)
  await expect(page.getByRole("listitem").filter({ hasText: "Buy below 30 →" })).toHaveCount(1)
  await expect(page.getByRole("listitem").filter({ hasText: "rules as at first" })).toHaveCount(1)
  await expect(page.getByRole("button", { name: "Compare" })).toBeDisabled()
  for (const row of await rows.all()) await row.check()
  await page.getByRole("link", { name: "Compare 2" }).click()
  await expect(page.getByRole("img", { name: /Money over time.*A .*B / })).toBeVisible()
  await page.getByRole("img", { name: /Money over time/ }).hover()
  const legend = page.getByRole("list", { name: "Curves" }).getByRole("listitem")
  await expect(legend.first()).toHaveText(/^A.*\d.*%$/)
  await expect(legend.last()).toHaveText(/^B.*\d.*%$/)
  const numbers = page.getByRole("region", { name: "The numbers of the runs" })
  await expect(numbers).toContainText("Total return")
  await expect(numbers.getByRole("columnheader").last()).toContainText(/DEMO\/USD, .* to /)
  await expect(numbers.getByText("(best)").first()).toBeAttached()
  await expect(page.getByText("From A to B")).toBeVisible()
  await expect(page.locator("dt", { hasText: "Buy below" })).toBeVisible()
  await page.getByRole("link", { name: "RSI dip in an uptrend on DEMO/USD" }).first().click()
  await page.getByLabel("Your note").fill("Too few trades")
  await page.getByRole("button", { name: "Repeat this run" }).click()
  await expect(page.getByText("The same result, to the last bit.")).toBeVisible()
  await page.goto("/library/runs")
  await expect(page.getByText("Too few trades")).toBeVisible()
})

test("a run of another engine, or of a market that is gone, says so and stays as it was kept", async ({ page }) => {
  await page.goto("/backtest?strategy=rsi-dip")
  await restedRun(page, 1)
  await changeRuns(page, "engine")
  await page.goto("/library/runs")
  await expect(page.getByText("another engine")).toBeVisible()
  await page.getByRole("link", { name: /^RSI dip/ }).click()
  await expect(page.getByText("Another engine made this run")).toBeVisible()
  await page.getByRole("button", { name: "Repeat this run" }).click()
  await expect(page.getByText("The same result, to the last bit.")).toBeVisible()
  await changeRuns(page, "market")
  await page.reload()
  await expect(page.getByText("The candles of this run, DEMO/USD, are not in this browser")).toBeVisible()
  await expect(page.getByTestId("kept-verdict")).toHaveText(/would have become/)
  await expect(page.getByRole("button", { name: "Repeat this run" })).toBeHidden()
})

/** As if time had gone by: the app has another engine, or the market of the runs was deleted. */
async function changeRuns(page: Page, what: "engine" | "market") {
  await page.evaluate(async (kind) => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open("candlewright")
      opening.addEventListener("success", () => resolve(opening.result))
    })
    const store = database.transaction("runs", "readwrite").objectStore("runs")
    const reading = store.getAll()
    await new Promise((resolve) => reading.addEventListener("success", resolve))
    for (const run of reading.result as { address: string; detail: { appEngine: string } }[]) {
      if (kind === "engine") run.detail.appEngine = "0".repeat(64)
      else run.address = "?market=gone-1h&strategy=rsi-dip"
      store.put(run)
    }
    await new Promise((resolve) => store.transaction.addEventListener("complete", resolve))
    database.close()
  }, what)
}

async function restedRun(page: Page, count: number) {
  await expect(page.getByTestId("verdict")).toBeVisible()
  await expect.poll(() => rememberedRuns(page)).toBe(count)
}
