import { grid } from "../engine-wasm/host/strategy/templates/grid.ts"
import { backtestByCommand, exportedText, sampleCandles } from "./by-command.ts"
import { moveSlider } from "./kept-strategy.ts"
import { expect, test } from "./support.ts"

/** The compiler is 13 MB to read, and its first compilation is cold. */
const COMPILED_MS = 90_000
test.setTimeout(2 * COMPILED_MS)

test("a strategy in code is compiled in the browser, under the content policy, and trades as the command does; a slider then gives another result without compiling again", async ({
  page,
}) => {
  const complaints: string[] = []
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()))
  await page.goto("/backtest?strategy=grid")
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Grid/)
  const verdict = page.getByTestId("verdict")
  await expect(verdict).toHaveText(/would have become/, { timeout: COMPILED_MS })
  // A compiler that is not needed is ended after a while: asked first of all.
  const compiler = page.workers().find((worker) => worker.url().includes("asc-worker"))!
  await compiler.evaluate(() => {
    const counting = Object.assign(globalThis, { asked: 0 })
    addEventListener("message", () => counting.asked++)
  })
  const before = await verdict.textContent()
  await moveSlider(page, "Grid lines", 5)
  await expect(verdict).not.toHaveText(before!)
  expect(await compiler.evaluate(() => (globalThis as unknown as { asked: number }).asked)).toBe(0)
  await moveSlider(page, "Grid lines", -5)
  await expect(verdict).toHaveText(before!)

  const inApp = JSON.parse(await exportedText(page, "Everything as JSON"))
  expect(inApp.trades.length).toBeGreaterThan(50)
  // The module's hash too: the compiler makes the same bytes in Chromium as in Node.
  // What is said about the result rests on an exchange's minimum order, which only the app knows.
  const { answer } = await backtestByCommand(grid.document, sampleCandles)
  expect({ ...inApp, about: undefined }).toEqual({ ...answer, about: undefined })
  expect(complaints).toEqual([])
})

test("while code is compiled, the result before looks like what it is", async ({ page }) => {
  await page.goto("/backtest?strategy=rsi-dip")
  await expect(page.getByTestId("verdict")).toHaveText(/would have become/)
  await page.getByLabel("Strategy", { exact: true }).selectOption("grid")
  const notice = page.getByText("Getting Grid ready. Below is still the result before.")
  await expect(notice).toBeVisible()
  await expect(notice).toHaveCount(0, { timeout: COMPILED_MS })
  await expect(page.getByTestId("verdict")).toHaveText(/would have become/)
})
