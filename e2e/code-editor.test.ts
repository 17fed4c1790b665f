import type { Page } from "@playwright/test"
import { withCode, withoutForgottenParams } from "#engine/strategy"
import { grid } from "../engine-wasm/host/strategy/templates/grid.ts"
import { smaCross } from "../engine-wasm/host/strategy/templates/sma-cross.ts"
import { objections } from "./axe.ts"
import { backtestByCommand, exportedText, sampleCandles } from "./by-command.ts"
import { expect, test } from "./support.ts"

/** The compiler is 13 MB to read, and its first work is done cold. */
const COMPILED_MS = 90_000
test.setTimeout(4 * COMPILED_MS)

for (const width of [360, 1280])
  test(`an engineer's hour: a mistake is marked at its line in words, mended code trades as by the command, a declared number is a slider that keeps its value, at ${width} px`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 })
    await openCode(page, "grid")
    await write(page, crossing.replace("this.slow.next", "this.slowly.next"))
    await expect(page.getByRole("alert").getByText(/Line 9:.*slowly/)).toBeVisible({ timeout: COMPILED_MS })
    await expect(page.locator(".monaco-editor .squiggly-error").first()).toBeVisible()
    await expect(page.getByTestId("verdict")).toHaveText(/would have become/)

    const before = await page.getByTestId("verdict").textContent()
    await write(page, crossing)
    await lines(page).evaluate((element) => element.scrollIntoView({ block: "end" }))
    const seen = await leastOfEditor(page)
    await expect(page.getByTestId("verdict")).not.toHaveText(before!, { timeout: COMPILED_MS })
    // Whatever is said while it is compiled leaves the text the larger half of a phone, and where it is.
    const { least, moved } = await seen()
    expect(least).toBeGreaterThan(width < 1024 ? 0.5 : 0.6)
    if (width < 1024) expect(moved).toBeLessThan(1)
    await canBeRun(page)
    if (width < 1024) await page.getByRole("button", { name: "Hide what is tested" }).focus()
    else await lines(page).click()
    await page.keyboard.press("ControlOrMeta+Enter")
    // Folded away while a phone shows the code.
    await expect(page.getByText("the same result, to the last bit")).toBeAttached({ timeout: COMPILED_MS })
    const document = withoutForgottenParams(withCode(grid.document, crossing))
    const { answer } = await backtestByCommand(document, sampleCandles)
    const onScreen = JSON.parse(await exportedText(page, "Everything as JSON"))
    expect(onScreen.trades.length).toBeGreaterThan(10)
    expect(onScreen.trades).toEqual(answer.trades)

    const slider = page.getByRole("slider", { name: "fast" })
    await expect(slider).toHaveAttribute("aria-valuenow", "12")
    await slider.press("ArrowRight")
    await expect(slider).toHaveAttribute("aria-valuenow", "13")
    await write(page, `// a note\n${crossing}`)
    await canBeRun(page)
    await expect(slider).toHaveAttribute("aria-valuenow", "13")

    await write(page, crossing.replace("this.buy()", "this.buy().stopDistance(NaN)"))
    await expect(page.getByTestId("never-traded")).toContainText("The last time: It asked for stopDistance(NaN)", {
      timeout: COMPILED_MS,
    })
  })

test("the editor completes and explains the strategy's own words, and lets the Tab key go", async ({ page }) => {
  await openCode(page, "grid")
  await write(page, crossing.replace("if (fast > slow) this.buy()", "this."))
  const at = page.locator(".view-line").filter({ hasText: /^\s*this\.$/ })
  await at.click()
  await page.keyboard.press("End")
  await page.keyboard.press("Control+Space")
  const completion = page.locator(".suggest-widget")
  await expect(completion.getByText("sellShort")).toBeVisible({ timeout: COMPILED_MS })
  await page.keyboard.press("Escape")
  await page.locator(".view-line span").filter({ hasText: /^Sma$/ }).last().hover()
  await expect(page.getByText("Simple moving average")).toBeVisible()

  await page.locator(".monaco-editor .view-lines").first().click()
  await page.keyboard.press("Control+m")
  await page.keyboard.press("Tab")
  expect(await page.evaluate(() => document.activeElement?.closest(".monaco-editor"))).toBeNull()
  expect(await objections(page)).toEqual([])
})

test("a strategy that never comes to an end is stopped, and says so", async ({ page }) => {
  await openCode(page, "grid")
  await write(page, crossing.replace("if (fast > slow)", "while (true) {}\n    if (fast > slow)"))
  await expect(page.getByText(/Your code ran too long on the candle of/).first()).toBeVisible({ timeout: COMPILED_MS })
  await expect(page.getByTestId("verdict")).toHaveText(/would have become/)
})

test("code that takes long says so and can be stopped at once; the screen names its loop, and what was written is still there", async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 800 })
  await openCode(page, "grid")
  // Long rounds: the limit on rounds ends this only after many seconds.
  const slow = `let n = 2.0\n    while (n > 0) {${" n = Math.sqrt(n / 3) + 1;".repeat(400)} }\n    if (fast > slow)`
  await write(page, crossing.replace("if (fast > slow)", slow))
  await expect(page.getByText(/Your code is taking long.*Its only loop begins in line 11\./)).toBeVisible({
    timeout: COMPILED_MS,
  })
  await expect(page.getByRole("button", { name: "Stop now" })).toBeInViewport({ ratio: 1 })
  expect(await objections(page)).toEqual([])
  await page.setViewportSize({ width: 1280, height: 800 })
  expect(await objections(page)).toEqual([])
  const stuck = page.workers().find((worker) => worker.url().includes("backtest-worker"))!
  const ended = stuck.waitForEvent("close")
  await page.getByRole("button", { name: "Stop now" }).click()
  await expect(page.getByText(/Your code is stopped\. Nothing is lost.*line 11\./)).toBeVisible()
  await ended
  await expect(page.getByTestId("verdict")).toHaveText(/would have become/)
  await expect(lines(page)).toContainText(/sqrt/)

  const before = await page.getByTestId("verdict").textContent()
  await write(page, crossing)
  await expect(page.getByTestId("verdict")).not.toHaveText(before!, { timeout: COMPILED_MS })
})

test("rules become code that makes the same trades", async ({ page }) => {
  await page.goto("/backtest?strategy=sma-cross")
  await openTab(page, "Code")
  await page.getByRole("button", { name: "Convert rules to code" }).click()
  await canBeRun(page)
  const { answer } = await backtestByCommand(smaCross.document, sampleCandles)
  await expect(async () => {
    const inCode = JSON.parse(await exportedText(page, "Everything as JSON"))
    expect(inCode.strategy).not.toBe(answer.strategy)
    expect(inCode.trades).toEqual(answer.trades)
  }).toPass({ timeout: COMPILED_MS })
})

test("JSON completes from the document's schema; what is half typed changes nothing and is still there after a reload", async ({
  page,
}) => {
  await page.goto("/backtest?strategy=sma-cross")
  await openTab(page, "JSON")
  await write(page, '{\n  "format": "candlewright.strategy/1",\n  \n}')
  await page.locator(".view-line").nth(2).click()
  await page.keyboard.press("Control+Space")
  await expect(page.locator(".suggest-widget").getByText("description")).toBeVisible({ timeout: COMPILED_MS })
  await page.keyboard.press("Escape")
  await write(page, '{\n  "format": ')
  const mistake = page.getByRole("alert").getByText(/Line \d:/)
  await expect(mistake).toBeVisible()
  await expect(page.getByTestId("verdict")).toHaveText(/would have become/)
  await page.reload()
  await openTab(page, "JSON")
  await expect(mistake).toBeVisible()
})

test("code that is typed in two windows, and in one that closes at once, is all there", async ({ page, context }) => {
  await page.goto("/backtest?strategy=grid")
  await page.getByRole("button", { name: "Keep", exact: true }).click()
  await expect(page.getByRole("link", { name: "Versions" })).toBeVisible()
  await openTab(page, "Code")
  await write(page, "first\n\n\n\n\nlast")
  await expect(page.getByRole("alert").first()).toBeVisible({ timeout: COMPILED_MS })
  const other = await context.newPage()
  await other.goto(page.url())
  await openTab(other, "Code")
  await expect(lines(other)).toContainText("last")

  await lines(page).click()
  await page.keyboard.press("ControlOrMeta+Home")
  await page.keyboard.insertText("mine ")
  await lines(other).click()
  await other.keyboard.press("ControlOrMeta+End")
  await other.keyboard.insertText(" theirs")
  for (const each of [page, other]) await expect(lines(each)).toContainText(/mine\sfirst.*last\stheirs/)

  await other.keyboard.insertText(" hastily")
  await other.goto("/data")
  await other.goto(page.url())
  await expect(lines(page)).toContainText(/last\stheirs\shastily/)
})

async function openCode(page: Page, template: string) {
  await page.goto(`/backtest?strategy=${template}`)
  await expect(page.getByTestId("verdict")).toHaveText(/would have become/, { timeout: COMPILED_MS })
  await openTab(page, "Code")
  await canBeRun(page)
}

/**
 * Follows from frame to frame how much of the painted screen's height is the editor's own, and how far that moves it;
 * answers with the least and the furthest.
 */
async function leastOfEditor(page: Page) {
  await page.evaluate(() => {
    const seen = Object.assign(globalThis, { leastOfEditor: 1, editorMoved: 0 })
    const top = () => document.querySelector(".monaco-editor")!.getBoundingClientRect().top
    const before = top()
    const isEditor = (y: number) =>
      document.elementFromPoint(innerWidth / 3, y)?.closest(".monaco-editor") instanceof Element
    const look = () => {
      const heights = Array.from({ length: 100 }, (_, n) => ((n + 0.5) / 100) * innerHeight)
      seen.leastOfEditor = Math.min(seen.leastOfEditor, heights.filter(isEditor).length / 100)
      seen.editorMoved = Math.max(seen.editorMoved, Math.abs(top() - before))
      requestAnimationFrame(lookAsPainted)
    }
    // The page's newest observer is called last: after the page has corrected its place, and before it is painted.
    const lookAsPainted = () => {
      const painted = new ResizeObserver(() => {
        painted.disconnect()
        look()
      })
      painted.observe(document.body)
    }
    lookAsPainted()
  })
  return () =>
    page.evaluate(() => {
      const { leastOfEditor, editorMoved } = globalThis as unknown as { leastOfEditor: number; editorMoved: number }
      return { least: leastOfEditor, moved: editorMoved }
    })
}

async function openTab(page: Page, name: string) {
  const folded = page.getByRole("button", { name: "Change what is tested" })
  if (await folded.isVisible()) await folded.click()
  await page.getByRole("button", { name: /^Change the (code|rules)$/ }).click()
  await page.getByRole("tab", { name, exact: true }).click()
  const opened = lines(page).or(page.getByText("This strategy is made of rules"))
  await expect(opened).toBeVisible({ timeout: COMPILED_MS })
}

async function canBeRun(page: Page) {
  await expect(page.getByText("Can be run.")).toBeVisible({ timeout: COMPILED_MS })
}

function lines(page: Page) {
  return page.locator(".monaco-editor .view-lines").first()
}

async function write(page: Page, text: string) {
  await lines(page).click()
  await page.keyboard.press("ControlOrMeta+A")
  await page.keyboard.press("Delete")
  await page.keyboard.insertText(text)
}

const crossing = `import { Candle, Sma, Strategy } from "candlewright"

export class Crossing extends Strategy {
  fast: Sma = new Sma(this.param("fast", 12, 2, 60))
  slow: Sma = new Sma(this.param("slow", 48, 10, 200))

  onCandle(candle: Candle): void {
    const fast = this.fast.next(candle.close)
    const slow = this.slow.next(candle.close)
    if (fast > slow) this.buy()
    if (fast < slow) this.close()
  }
}
`
