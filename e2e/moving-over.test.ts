import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { backtestByCommand, byCommand, exportedText, sampleCandles } from "./by-command.ts"
import { expect, test } from "./support.ts"

const scripts = fileURLToPath(new URL("../engine-wasm/fixtures/scripts", import.meta.url))

const script = `//@version=5
strategy("Dips")
length = input.int(14, "Length", minval=2, maxval=50)
wave = ta.alma(close, 9, 0.85, 6)
if close > wave
    strategy.entry("W", strategy.long)
strength = ta.rsi(close, length)
if ta.crossunder(strength, 40)
    strategy.entry("L", strategy.long)
if strength > 60
    strategy.close("L")
plot(strength)
`

for (const width of [360, 1280])
  test(`a pasted TradingView script becomes rules that trade as told, with each line not understood beside it, at ${width} px`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 })
    await page.goto("/library")
    await page.getByRole("button", { name: "Paste" }).click()
    await page.getByLabel("Text or link").fill(script)
    await page.getByRole("button", { name: "Take it in" }).click()
    await expect(page.getByText("3 lines that decide trades are not in its rules")).toBeVisible()
    await page.getByRole("link", { name: "See the script line by line" }).click()
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dips")
    const lines = page.getByRole("list", { name: "Lines of the script" })
    await expect(lines.getByRole("listitem").nth(3)).toContainText("`ta.alma` has no equal here.")
    await expect(lines.getByRole("listitem").nth(7)).toHaveText(/^8if ta.crossunder\(strength, 40\)$/)
    await page.getByRole("link", { name: "Open it" }).click()
    await expect(page.getByTestId("verdict")).toHaveText(/would have become/)
    await expect(page.getByRole("link", { name: "3 lines of its script are not in these rules" })).toBeVisible()
    const inApp = JSON.parse(await exportedText(page, "Everything as JSON"))
    const file = test.info().outputPath("dips.pine")
    await writeFile(file, script)
    const { document } = JSON.parse(await byCommand("translate", file, "--json"))
    const { answer } = await backtestByCommand(document, sampleCandles)
    expect(inApp.trades.length).toBeGreaterThan(10)
    expect(inApp.trades).toEqual(answer.trades)
  })

test("a dropped freqtrade class comes in whole; a script without an entry is refused line by line and nothing is kept", async ({
  page,
}) => {
  await page.goto("/library")
  await page.getByLabel("Strategy files").setInputFiles(join(scripts, "plain-rsi.py"))
  await expect(page.getByText("One line is left out, or means something a little different here.")).toBeVisible()
  await expect(page.getByText("1 strategy", { exact: true })).toBeVisible()
  await page.getByRole("button", { name: "Fine" }).click()
  await page.getByLabel("Strategy files").setInputFiles({
    name: "draws.pine",
    mimeType: "text/plain",
    buffer: Buffer.from('//@version=5\nindicator("Draws")\nplot(ta.alma(close, 9, 0.85, 6))\n'),
  })
  await expect(page.getByText(/Not taken from draws.pine. No entry was understood/)).toBeVisible()
  await expect(page.getByRole("list", { name: "Lines of the script" })).toContainText("plot(ta.alma")
  await expect(page.getByText("It makes no strategy here, so none of its lines is in any rule.")).toBeVisible()
  await expect(page.getByText("1 strategy", { exact: true })).toBeVisible()
})
