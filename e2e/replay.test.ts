import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import type { Page } from "@playwright/test"
import { expect, test } from "./support.ts"

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

for (const width of [1280, 360])
  test(`a run can be lived again candle by candle at ${width} px, without what came after`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 })
    await page.goto("/backtest?strategy=rsi-dip")
    await expect(page.getByTestId("verdict")).toBeVisible()
    await page.keyboard.press("b")
    const replay = page.getByRole("dialog", { name: "Be there again" })
    const now = replay.getByTestId("replay-now")
    const stretch = replay.getByRole("slider", { name: "The stretch the chart shows" })
    await expect(now).toContainText("3 Jan 2024")
    await expect(stretch).toHaveAttribute("aria-valuemax", "61")
    await expect(replay.getByTestId("so-far")).toContainText("Your money$100")
    await expect(replay.getByTestId("so-far")).toContainText("Trades0, 0 won")
    await expect(replay.getByTestId("why-words")).toHaveText(/^It /)
    await page.keyboard.press("Shift+ArrowRight")
    await page.keyboard.press("ArrowLeft")
    await expect(stretch).toHaveAttribute("aria-valuemax", "70")
    await expect(replay.getByTestId("why-candle")).toContainText(/3 Jan 2024, 21:00/)
    await replay.getByLabel("Speed").selectOption("16")
    await replay.getByRole("button", { name: "Play" }).click()
    await expect(now).toContainText(/ 4 Jan 2024/)
    await replay.getByRole("button", { name: "Pause" }).click()
    await page.evaluate(axe)
    expect(await objections(page)).toEqual([])
    await page.keyboard.press("Escape")
    await expect(replay).toHaveCount(0)
  })

test("a trade is lived through: nothing of it before, open in it, counted after it", async ({ page }) => {
  await page.goto("/backtest?strategy=rsi-dip")
  await page.getByRole("button", { name: "Next trade" }).click()
  await expect(page.getByText(/^Trade 1 of \d+/)).toBeVisible()
  await page.getByRole("button", { name: "Be there again" }).click()
  const replay = page.getByRole("dialog", { name: "Be there again" })
  await expect(replay.getByTestId("why-words")).toContainText("It bought in this candle")
  await expect(replay.getByText("After this candle it holds")).toBeVisible()
  await expect(replay.getByTestId("so-far")).toContainText("Trades0, 0 won")
  await page.keyboard.press("ArrowLeft")
  await expect(replay.getByTestId("why-words")).toContainText("At the close it decided to buy")
  await expect(replay.getByText("After this candle it holds")).toHaveCount(0)
  for (let steps = 0; steps < 8; steps++) await page.keyboard.press("Shift+ArrowRight")
  await expect(replay.getByTestId("so-far")).toContainText(/Trades[1-9], /)
})

test("what a result can do is found by typing, and Pro shows every column", async ({ page }) => {
  await page.goto("/backtest")
  await expect(page.getByTestId("verdict")).toBeVisible()
  await page.keyboard.press("Control+k")
  await page.getByPlaceholder("Where to, or what to do?").fill("be there")
  await page.keyboard.press("Enter")
  await expect(page.getByRole("dialog", { name: "Be there again" })).toBeVisible()
  await page.keyboard.press("Escape")
  const headings = page.getByRole("region", { name: /^Trades/ }).getByRole("columnheader")
  await expect(headings.filter({ hasText: "Because of" })).toHaveCount(0)
  await page.keyboard.press("Control+k")
  await page.getByPlaceholder("Where to, or what to do?").fill("pro:")
  await page.keyboard.press("Enter")
  await expect(headings.filter({ hasText: "Because of" })).toHaveCount(1)
  await page.reload()
  await expect(headings.filter({ hasText: "Because of" })).toHaveCount(1)
})

/** What axe has to say about the page. */
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
