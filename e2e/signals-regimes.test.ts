import { readFile } from "node:fs/promises"
import type { Page } from "@playwright/test"
import { dayAndNightObjections } from "./axe.ts"
import { byCommand, sampleCandles } from "./by-command.ts"
import { expect, test } from "./support.ts"

for (const width of [1280, 360])
  test(`regimes are trained, read as a table, minded by a strategy, and its trades counted by them, ${width} wide`, async ({
    page,
  }) => {
    // Training, a backtest, and axe by day and by night.
    test.setTimeout(240_000)
    await page.setViewportSize({ width, height: 800 })
    await page.goto("/signals/models")
    await page.getByLabel("How", { exact: true }).selectOption("regimes")
    await expect(page.getByLabel("What", { exact: true })).toHaveCount(0)
    await expect(page.getByLabel("Over how many candles")).toHaveCount(0)
    await page.getByLabel("How many regimes", { exact: true }).selectOption("2")
    await page.getByRole("button", { name: "Train it" }).click()
    const regimes = page.getByRole("region", { name: "Regimes of 2 regimes of 1h candles" })
    const table = regimes.getByRole("region", { name: "What it was like in each" })
    await expect(table.getByRole("row")).toHaveCount(3, { timeout: 90_000 })
    await expect(regimes.getByRole("img", { name: /^When it was in which/ })).toBeVisible()
    await expect(regimes.getByText("DEMO DATA")).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    expect(await dayAndNightObjections(page)).toEqual([])
    const file = await comesBackFromItsFile(page)
    if (width === 1280) expect(await hashByCommand()).toBe((JSON.parse(file) as { hash: string }).hash)
    await regimes.getByLabel("Buys while it is", { exact: true }).selectOption("any")
    await regimes.getByRole("button", { name: "Use in a strategy" }).click()
    await expect(page).toHaveURL(/\/backtest\?/)
    const byRegime = page.getByRole("region", { name: "By regime at the entry, by “moods1h”" })
    await expect(byRegime.getByRole("row")).toHaveCount(3, { timeout: 60_000 })
    await expect(byRegime.getByRole("rowheader", { name: /^1: / })).toBeVisible()
    await expect(byRegime.getByRole("columnheader", { name: "Won" })).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  })

/** Exported, deleted, and taken in again with its table. */
async function comesBackFromItsFile(page: Page): Promise<string> {
  const regimes = page.getByRole("region", { name: "Regimes of 2 regimes of 1h candles" })
  const download = page.waitForEvent("download")
  await regimes.getByRole("button", { name: "Export" }).click()
  const buffer = await readFile(await (await download).path())
  await regimes.getByRole("button", { name: "Delete" }).click()
  await expect(regimes).toHaveCount(0)
  await page
    .locator("input[aria-label='Model file']")
    .setInputFiles({ name: "moods.model.json", mimeType: "application/json", buffer })
  await expect(page.getByText("Read: 2 regimes of 1h candles.")).toBeVisible()
  // What offers to undo may lie over it on a phone, and stays while the pointer rests there.
  await page.getByRole("button", { name: "Show its table" }).press("Enter")
  await expect(regimes.getByRole("region", { name: "What it was like in each" })).toBeVisible()
  return buffer.toString("utf8")
}

/** The fingerprint of what the command trains on the same candles. */
async function hashByCommand(): Promise<string> {
  const words = ["signals", "train", "--candles", sampleCandles, "--model", "regimes", "--groups", "2", "--json"]
  return (JSON.parse(await byCommand(...words)) as { hash: string }).hash
}
