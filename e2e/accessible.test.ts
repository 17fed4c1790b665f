import type { Page } from "@playwright/test"
import { dayAndNightObjections, objections } from "./axe.ts"
import { screens } from "./screens.ts"
import { expect, test } from "./support.ts"

// One visit of each screen: opening it anew for every claim would take minutes.
for (const screen of screens())
  test(`${screen} has nothing axe objects to and nothing too small to press, by day and by night, at a desk and on a phone, and fits the phone`, async ({
    page,
  }) => {
    // Axe reads it four times.
    test.slow()
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" })
    await page.setViewportSize({ width: 360, height: 800 })
    await page.goto(screen)
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      await settled(page)
      expect(await tooSmall(page), `${width} px`).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      expect(await dayAndNightObjections(page), `${width} px`).toEqual([])
    }
  })

test("every tab of a result is free of objections too", async ({ page }) => {
  await page.goto("/backtest")
  await settled(page)
  for (const tab of await page.getByRole("tab").all()) {
    await tab.click()
    expect(await objections(page), (await tab.textContent()) ?? "").toEqual([])
  }
})

for (const colorScheme of ["light", "dark"] as const)
  test(`a library with something in it has nothing axe objects to in ${colorScheme}`, async ({ page }) => {
    // Axe reads nine screens at two widths.
    test.slow()
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
    await page.goto("/backtest?strategy=rsi-dip")
    await page.getByRole("button", { name: "Keep", exact: true }).click()
    await page.getByText("Version 1.").waitFor()
    await page.getByRole("slider", { name: "Buy below" }).press("ArrowRight")
    await page.getByRole("button", { name: "Keep as a version" }).click()
    await page.getByText("Version 2.").waitFor()
    await noObjections(page, "a kept strategy")
    await page.getByRole("link", { name: "Versions" }).click()
    await page.getByRole("button", { name: "Compare" }).first().click()
    await page.getByText("From version 1 to version 2").waitFor()
    await noObjections(page, "versions")
    await page.goto("/library")
    await page.getByRole("button", { name: /^More for/ }).click()
    await page.getByRole("menuitem", { name: "Share as a link" }).click()
    const link = await page.getByLabel(/^Link of/).inputValue()
    await noObjections(page, "sharing")
    await page.goto("/backtest?strategy=donchian-trend")
    await page.getByTestId("verdict").waitFor()
    await page.getByRole("navigation").getByRole("link", { name: "Library" }).click()
    await noObjections(page, "the list")
    await page.getByRole("link", { name: "Runs", exact: true }).click()
    await page.getByRole("checkbox").nth(1).waitFor()
    await noObjections(page, "runs")
    for (const box of (await page.getByRole("checkbox").all()).slice(0, 2)) await box.check()
    await page.getByRole("link", { name: "Compare 2" }).click()
    await page.getByRole("img", { name: /Money over time/ }).waitFor()
    await noObjections(page, "runs side by side")
    await page.getByRole("link", { name: /RSI dip/ }).click()
    await page.getByRole("button", { name: "Repeat this run" }).waitFor()
    await noObjections(page, "a run")
    await page.goto(link)
    await page.getByRole("button", { name: "Keep and test it" }).waitFor()
    await noObjections(page, "a shared strategy")
  })

async function noObjections(page: Page, what: string) {
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 })
    // Pictures follow a new width with the next frame.
    await expect.poll(() => objections(page), `${what} at ${width} px`).toEqual([])
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth), `${what} on a phone`).toBeLessThanOrEqual(360)
  await page.setViewportSize({ width: 1280, height: 800 })
}

test("an open explanation has a name, and leaves by Esc", async ({ page }) => {
  await page.goto("/backtest")
  await settled(page)
  for (const name of ["What is the fee?", "Sharpe ratio"]) {
    await page.getByRole("button", { name }).click()
    await expect(page.getByRole("dialog", { name })).toBeVisible()
    expect(await objections(page), name).toEqual([])
    await page.keyboard.press("Escape")
    await expect(page.getByRole("dialog")).toHaveCount(0)
  }
})

for (const width of [360, 1280])
  test(`whatever can be pressed in the tabs of a result is at least 24 pixels wide and high, at ${width} px`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 })
    await page.goto("/backtest")
    await settled(page)
    if (width < 1024) await page.getByRole("button", { name: "Change what is tested" }).click()
    for (const tab of await page.getByRole("tab").all()) {
      await tab.click()
      expect(await tooSmall(page), (await tab.textContent()) ?? "").toEqual([])
    }
  })

/** Targets below 24 px; a link within a sentence may be as high as its line (WCAG 2.2, 2.5.8). */
async function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const pressable =
      "a, button, input, select, textarea, summary, [role=slider], [role=switch], [role=tab], [role=option]"
    return [...document.querySelectorAll<HTMLElement>(pressable)]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".sr-only"))
      .filter((element) => !(element.tagName === "A" && getComputedStyle(element).display === "inline"))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && (box.width < 24 || box.height < 24))
      .map(({ element, box }) => `${element.outerHTML.slice(0, 120)}: ${box.width} x ${box.height}`)
  })
}

/** Waits until the screen has settled. */
async function settled(page: Page) {
  await page.getByRole("heading", { level: 1 }).waitFor()
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
  await page.evaluate(() => document.fonts.ready)
}
