import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import type { Page } from "@playwright/test"
import { objections } from "./axe.ts"
import { byCommand } from "./by-command.ts"
import { expect, test } from "./support.ts"

for (const width of [1280, 360])
  test(`a report opens from the disk without a network at ${width} px, by day and by night, and prints`, async ({
    page,
    browser,
  }) => {
    const folder = await mkdtemp(join(tmpdir(), "candlewright-report-"))
    const file = join(folder, "report.html")
    await page.setViewportSize({ width, height: 800 })
    await page.goto("/backtest")
    await saved(page, "Report as a page", file)
    const verdict = (await page.getByTestId("verdict").textContent())!
    for (const colorScheme of ["light", "dark"] as const) {
      const context = await browser.newContext({ offline: true, colorScheme, viewport: { width, height: 800 } })
      const report = await context.newPage()
      const asked: string[] = []
      report.on("request", (request) => asked.push(request.url()))
      const complaints: string[] = []
      report.on("console", (message) => complaints.push(message.text()))
      await report.goto(pathToFileURL(file).href)
      await expect(report.getByRole("heading", { level: 1 })).toHaveText("Moving average cross on DEMO/USD")
      await expect(report.locator(".verdict")).toHaveText(verdict)
      await expect(report.getByText("DEMO DATA: these prices are made up")).toBeVisible()
      await expect(report.locator("[data-light]")).toHaveCount(7)
      await expect(report.getByRole("img")).toHaveCount(6)
      expect(await report.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      expect(asked, "nothing is fetched").toEqual([pathToFileURL(file).href])
      expect(complaints).toEqual([])
      expect(await objections(report)).toEqual([])
      if (colorScheme === "dark") {
        const ground = () => report.evaluate(() => getComputedStyle(document.body).backgroundColor)
        expect(await ground()).toBe("rgb(20, 17, 14)")
        // Paper is light whatever the screen is.
        await report.emulateMedia({ media: "print", colorScheme })
        expect(await ground()).toBe("rgb(251, 248, 243)")
        const pdf = await report.pdf({ format: "A4" })
        expect(pdf.subarray(0, 5).toString()).toBe("%PDF-")
      }
      await context.close()
    }
    await rm(folder, { recursive: true })
  })

test("the command makes the same page from the exported run", async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), "candlewright-report-"))
  const [inApp, run, made] = ["app.html", "run.json", "made.html"].map((name) => join(folder, name))
  await page.goto("/backtest?strategy=rsi-dip")
  await saved(page, "Report as a page", inApp)
  await saved(page, "Everything as JSON", run)
  await byCommand("report", run, "--out", made)
  expect(await readFile(made, "utf8")).toBe(await readFile(inApp, "utf8"))
  await rm(folder, { recursive: true })
})

async function saved(page: Page, button: string, file: string) {
  await page.getByRole("tab", { name: "Repeat or export" }).click()
  const waiting = page.waitForEvent("download")
  await page.getByRole("button", { name: button }).click()
  await (await waiting).saveAs(file)
}
