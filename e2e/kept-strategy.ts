import type { Page } from "@playwright/test"
import { everythingIn } from "./browser-database.ts"
import { expect } from "./support.ts"

/** Keeps a template as version 1, its result shown. */
export async function keepTemplate(page: Page, template = "rsi-dip") {
  await page.goto(`/backtest?strategy=${template}`)
  await expect(page.getByTestId("verdict")).toBeVisible()
  await page.getByRole("button", { name: "Keep", exact: true }).click()
  await expect(page.getByTestId("changed")).toHaveText("Version 1.")
  await expect(page.getByTestId("verdict")).toBeVisible()
}

/** Moves a slider by as many steps, by keyboard. */
export async function moveSlider(page: Page, name: string, steps: number) {
  const slider = page.getByRole("slider", { name })
  await slider.focus()
  const held = { key: steps < 0 ? "ArrowLeft" : "ArrowRight", times: Math.abs(steps) }
  // As a key that is held down: one by one, a busy machine would let it rest in between, which keeps a run of its own.
  await slider.evaluate(async (thumb, { key, times }) => {
    for (let time = 0; time < times; time++) {
      thumb.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }))
      await new Promise((resolve) => setTimeout(resolve))
    }
  }, held)
}

/** Chooses from a strategy's menu in the library. */
export async function more(page: Page, name: string, what: string) {
  await page.getByRole("button", { name: `More for ${name}`, exact: true }).click()
  await page.getByRole("menuitem", { name: what }).click()
}

/** Runs of the strategy that was kept: what was run of its template before is another's. */
export async function keptRuns(page: Page, count: number) {
  const ofKept = async () => {
    const runs = await everythingIn<{ strategyId?: string }>(page, "runs")
    return runs.filter(({ strategyId }) => strategyId !== undefined).length
  }
  await expect.poll(ofKept).toBe(count)
}
