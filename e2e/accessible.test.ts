import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import type { Page } from "@playwright/test"
import { screens } from "./screens.ts"
import { expect, test } from "./support.ts"

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

for (const screen of screens()) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`${screen} in ${colorScheme} has nothing axe objects to, at a desk and on a phone`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
      await page.goto(screen)
      await page.evaluate(axe)
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 800 })
        await settled(page)
        expect(await objections(page), `${width} px`).toEqual([])
      }
    })
  }

  test(`${screen} fits a phone of 360 px without scrolling sideways`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 800 })
    await page.goto(screen)
    await settled(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  })
}

test("every tab of a result is free of objections too", async ({ page }) => {
  await page.goto("/backtest")
  await page.evaluate(axe)
  await settled(page)
  for (const tab of await page.getByRole("tab").all()) {
    await tab.click()
    expect(await objections(page), (await tab.textContent()) ?? "").toEqual([])
  }
})

/** Nothing of the screen is still on its way. */
async function settled(page: Page) {
  await page.getByRole("heading", { level: 1 }).waitFor()
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
  await page.evaluate(() => document.fonts.ready)
}

async function objections(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { run } = (
      globalThis as unknown as {
        axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
      }
    ).axe
    const { violations } = await run()
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`)
  })
}
