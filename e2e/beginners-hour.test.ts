import type { Page } from "@playwright/test"
import { rememberedRuns } from "./browser-database.ts"
import { exportedText } from "./by-command.ts"
import { moveSlider } from "./kept-strategy.ts"
import { expect, test } from "./support.ts"

for (const width of [360, 1280])
  test(`a beginner's hour: a template, a change, the result, why, a comparison, a version, an export, at ${width} px`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 })
    await page.goto("/")
    const verdict = page.getByTestId("verdict")
    await expect(verdict).toHaveText(/^\$100 would have become/)
    await page.getByRole("link", { name: "All of them, and what each did on a market" }).click()
    await page.getByRole("listitem", { name: "RSI dip in an uptrend" }).getByRole("link", { name: "Test it" }).click()
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("RSI dip in an uptrend on DEMO/USD")
    await rested(page, 1)
    const first = await verdict.textContent()

    await page.getByRole("button", { name: "Keep", exact: true }).click()
    await expect(page.getByTestId("changed")).toHaveText("Version 1.")
    await showNumbers(page)
    await moveSlider(page, "Buy below", 5)
    await expect(page.getByTestId("changed")).toHaveText("Since version 1: Buy below 30 → 35")
    await expect(verdict).not.toHaveText(first!)
    await hideNumbers(page)
    const lights = page.getByRole("list", { name: "Can this result be believed?" })
    await expect(lights.getByRole("button")).toHaveCount(7)
    await rested(page, 2)

    await page.getByRole("button", { name: "Next trade" }).click()
    await page.keyboard.press("w")
    const why = page.getByRole("region", { name: "Why?" })
    await expect(why.getByTestId("why-words")).toContainText("At the close it decided to buy")
    await expect(why.locator("[data-met]").first()).toContainText(/crosses below 35/)
    await page.keyboard.press("Escape")

    await page.getByRole("button", { name: "Keep as a version" }).click()
    await expect(page.getByTestId("changed")).toHaveText("Version 2.")
    const shown = await verdict.textContent()
    const saved = await exportedText(page, "Report as a page")
    expect(saved).toContain("RSI dip in an uptrend")
    expect(saved).toContain(/become (\$[\d.,]+)/.exec(shown!)![1])

    await page.getByRole("navigation").getByRole("link", { name: "Library" }).click()
    await page.getByRole("link", { name: "Runs", exact: true }).click()
    const rows = page.getByRole("checkbox")
    await expect(rows).toHaveCount(2)
    for (const row of await rows.all()) await row.check()
    await page.getByRole("link", { name: "Compare 2" }).click()
    await expect(page.locator("dt", { hasText: "Buy below" })).toBeVisible()
    await expect(page.getByRole("img", { name: /Money over time.*A .*B / })).toBeVisible()
  })

/** Waits until the result is in the list of runs: it is kept once the numbers rest. */
async function rested(page: Page, runs: number) {
  await expect.poll(() => rememberedRuns(page)).toBe(runs)
}

async function showNumbers(page: Page) {
  const folded = page.getByRole("button", { name: "Change what is tested" })
  if (await folded.isVisible()) await folded.click()
}

async function hideNumbers(page: Page) {
  const open = page.getByRole("button", { name: "Hide what is tested" })
  if (await open.isVisible()) await open.click()
}
