import { objections } from "./axe.ts"
import { expect, test, typeCommand } from "./support.ts"

for (const width of [360, 1280])
  test(`three steps show a newcomer the answer, the numbers and the why, once, at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 })
    await page.goto("/backtest")
    await page.getByRole("button", { name: "Show me" }).click()
    const tour = page.getByRole("region", { name: "Tour" })
    await expect(tour.getByRole("heading")).toBeFocused()
    await expect(tour).toContainText("1 of 3")
    await expect(page.getByTestId("verdict")).toBeInViewport()
    await tour.getByRole("button", { name: "Next" }).click()
    await expect(tour).toContainText("Move one number")
    await expect(page.getByRole("slider").first()).toBeInViewport()
    expect(await objections(page)).toEqual([])
    await tour.getByRole("button", { name: "Next" }).click()
    await expect(tour).toContainText("Ask why")
    await expect(page.getByRole("application").first()).toBeInViewport()
    await tour.getByRole("button", { name: "Done" }).click()
    await expect(tour).toHaveCount(0)
    await page.reload()
    await expect(page.getByTestId("verdict")).toHaveText(/would have become/)
    await expect(page.getByRole("button", { name: "Show me" })).toHaveCount(0)
  })

test("the tour ends with Escape, and the palette brings it back", async ({ page }) => {
  await page.goto("/backtest")
  await page.getByRole("button", { name: "Show me" }).click()
  await page.keyboard.press("Escape")
  await expect(page.getByRole("region", { name: "Tour" })).toHaveCount(0)
  await typeCommand(page, "show me around", "Show me around in three steps")
  await expect(page.getByRole("region", { name: "Tour" })).toContainText("1 of 3")
})
