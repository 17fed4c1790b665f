import type { Page } from "@playwright/test"
import { expect, test } from "./support.ts"

type Word = { text: string; left: number; right: number; x: number; width: number }

for (const timezoneId of ["America/New_York", "Asia/Kolkata", "Pacific/Auckland"]) {
  test.describe(`on a clock in ${timezoneId}`, () => {
    test.use({ timezoneId })

    test("a day's label is where that day begins on this clock, summer or winter, and no label is cut", async ({
      page,
    }) => {
      await page.addInitScript(noteAxisWords)
      await page.goto("/backtest")
      await expect(page.getByTestId("verdict")).toHaveText(/would have become/)
      let days = 0
      // Summer time begins and ends around some of these.
      for (const day of ["2024-03-10", "2024-04-07", "2024-06-01", "2024-09-29", "2024-11-03", "2025-01-01"]) {
        await page.getByRole("button", { name: "Go to a date" }).click()
        await page.getByLabel("Day", { exact: true }).fill(day)
        await page.keyboard.press("Enter")
        // Where candles begin at half past, the one that holds midnight is still named by the evening before.
        await expect(readout(page)).toHaveText(/, (00:00|23:30)$/)
        for (const word of await axisWords(page)) {
          expect(word.left, `"${word.text}" near ${day}`).toBeGreaterThanOrEqual(-1)
          expect(word.right, `"${word.text}" near ${day}`).toBeLessThanOrEqual(word.width + 1)
          if (!/^\d+ [A-Z]/.test(word.text)) continue
          await point(page, word.x)
          await expect(readout(page), `under "${word.text}" near ${day}`).toHaveText(
            new RegExp(`^${word.text} \\d{4}, 0[01]:[03]0$`),
          )
          days++
        }
      }
      expect(days).toBeGreaterThan(10)
    })
  })
}

test("on paper a dark screen's chart is light and as wide as the paper, before the next frame", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" })
  await page.goto("/backtest")
  await expect(page.getByRole("application").first()).toBeVisible()
  await expect(page.locator("tr[aria-rowindex]").first()).toBeAttached()
  const printed = await page.evaluate(async () => {
    const rows = () => document.querySelectorAll("tr[aria-rowindex]").length
    const before = rows()
    dispatchEvent(new Event("beforeprint"))
    for (let turn = 0; turn < 20; turn++) await Promise.resolve()
    const chart = document.querySelector('[role="application"]')!
    const picture = [...chart.querySelectorAll("canvas")].at(-1)!
    const { data } = picture.getContext("2d")!.getImageData(0, 0, picture.width, picture.height)
    const shades = new Set<number>()
    for (let at = 0; at < data.length; at += 4) shades.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2])
    return {
      light: Math.min(...data.slice(0, 3)),
      shades: shades.size,
      width: picture.clientWidth,
      rows: rows(),
      before,
    }
  })
  expect(printed.light).toBeGreaterThan(200)
  expect(printed.shades, "candles, lines and words are on it").toBeGreaterThan(50)
  expect(printed.width).toBe(656)
  expect(printed.rows).toBeGreaterThan(printed.before)
  await page.evaluate(() => dispatchEvent(new Event("afterprint")))
  const width = () => page.evaluate(() => document.querySelector('[role="application"] table')!.clientWidth)
  await expect.poll(width).not.toBe(656)
})

test("on a phone the chart's labels are above the prices, not over them", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 })
  await page.goto("/backtest?strategy=bollinger-breakout")
  await expect(page.getByTestId("verdict")).toHaveText(/would have become/)
  const legend = (await page
    .getByText(/^Close [\d,.]+$/)
    .first()
    .boundingBox())!
  const chart = (await page.getByRole("application").first().boundingBox())!
  expect(legend.y + legend.height).toBeLessThanOrEqual(chart.y)
})

test("money of a thousandth of a cent is shown in full", async ({ page }) => {
  await page.goto("/backtest?cash=0.00001")
  await expect(page.getByTestId("verdict")).toContainText("$0.00001 would have become $0.0000")
  await expect(page.getByText(/Your money \$0\.0000\d/)).toBeVisible()
})

/** Runs in the page: keeps the last text drawn on the canvas of a time axis, with its place. */
function noteAxisWords() {
  const words = new Map<HTMLCanvasElement, Word[]>()
  // oxlint-disable-next-line typescript/unbound-method -- each is called with its own canvas below
  const { fillText, clearRect, fillRect } = CanvasRenderingContext2D.prototype
  const isAxis = (canvas: HTMLCanvasElement) => canvas.clientHeight > 20 && canvas.clientHeight < 40
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    fillText.call(this, text, x, y)
    const { canvas } = this
    // A full date and time belongs to the crosshair.
    if (!isAxis(canvas) || text === "" || text.includes(",")) return
    const half = this.measureText(text).width / 2
    const list = words.get(canvas) ?? []
    words.set(canvas, [...list, { text, left: x - half, right: x + half, x, width: canvas.clientWidth }])
  }
  // The axis paints its background before its labels.
  CanvasRenderingContext2D.prototype.fillRect = function (x, y, width, height) {
    fillRect.call(this, x, y, width, height)
    if (isAxis(this.canvas) && width >= this.canvas.clientWidth) words.delete(this.canvas)
  }
  CanvasRenderingContext2D.prototype.clearRect = function (x, y, width, height) {
    clearRect.call(this, x, y, width, height)
    if (isAxis(this.canvas) && width >= this.canvas.clientWidth) words.delete(this.canvas)
  }
  Object.assign(globalThis, {
    axisWords: () =>
      [...words].filter(([canvas]) => canvas.isConnected && canvas.clientWidth > 200).flatMap(([, list]) => list),
  })
}

/** The labels of the chart's axis, once two frames agree on them. */
async function axisWords(page: Page): Promise<Word[]> {
  return page.evaluate(async () => {
    const read = (globalThis as unknown as { axisWords: () => Word[] }).axisWords
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    let [last, now] = ["", JSON.stringify(read())]
    while (last !== now || now === "[]") {
      await frame()
      await frame()
      ;[last, now] = [now, JSON.stringify(read())]
    }
    return read()
  })
}

function readout(page: Page) {
  return page.locator("figure span.font-medium").first()
}

async function point(page: Page, x: number) {
  const chart = page.getByRole("application").first()
  await chart.scrollIntoViewIfNeeded()
  const box = (await chart.boundingBox())!
  await page.mouse.move(box.x + x, box.y + 40)
}
