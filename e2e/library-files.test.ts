import { readFile } from "node:fs/promises"
import type { Page } from "@playwright/test"
import { everythingIn } from "./browser-database.ts"
import { keepTemplate, keptRuns, more, moveSlider } from "./kept-strategy.ts"
import { expect, test } from "./support.ts"

test("a shared link carries the strategy to another browser, which looks at it first and sends nothing", async ({
  page,
  browser,
  relayUrl,
}) => {
  await keepTemplate(page)
  await page.getByRole("navigation").getByRole("link", { name: "Library" }).click()
  await expect(page.getByRole("img", { name: /Money over time/ })).toBeVisible()
  await more(page, "RSI dip in an uptrend", "Share as a link")
  const link = await page.getByLabel(/^Link of [\d,]+ letters$/).inputValue()
  const elsewhere = await browser.newContext({ baseURL: relayUrl, serviceWorkers: "block" })
  const other = await elsewhere.newPage()
  const asked: string[] = []
  other.on("request", (request) => asked.push(request.url() + (request.postData() ?? "")))
  await other.goto(link)
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("RSI dip in an uptrend")
  await expect(other.getByText("Engine of the sender's last test")).toBeVisible()
  await expect(other.getByText(/It buys when “strength” crosses below 30/)).toBeVisible()
  expect(asked.filter((url) => url.includes(link.split("#")[1].slice(30, 60)))).toEqual([])
  await other.getByRole("button", { name: "Keep and test it" }).click()
  await expect(other.getByTestId("verdict")).toHaveText(/would have become/)
  await expect(other.getByTestId("changed")).toHaveText("Version 1.")
  await other.goto(link.slice(0, -20))
  await other.reload()
  await expect(other.getByText("This link is cut short or was changed on its way")).toBeVisible()
  await elsewhere.close()
})

test("a strategy's file comes in chosen, pasted and dropped on any screen; what is none is refused by its name", async ({
  page,
}) => {
  await page.goto("/library")
  const file = {
    format: "candlewright.strategy/1",
    name: "Mine",
    timeframe: "1h",
    long: { enter: { all: ["close > open"] } },
  }
  const taken = page.getByText("From mine.json")
  await page
    .getByLabel("Strategy files")
    .setInputFiles({ name: "mine.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(file)) })
  await expect(taken).toBeVisible()
  await page.getByRole("button", { name: "Paste" }).click()
  await page.getByLabel("Text or link").fill(JSON.stringify({ ...file, name: "Pasted" }))
  await page.getByRole("button", { name: "Take it in" }).click()
  await expect(page.getByText("2 strategies")).toBeVisible()
  await page.goto("/backtest")
  await expect(page.getByTestId("verdict")).toBeVisible()
  await dropFile(page, "broken.json", JSON.stringify({ ...file, timeframe: "7h" }))
  await expect(page).toHaveURL(/\/library$/)
  await expect(page.getByText(/Not taken from broken\.json\. "Mine" is refused\. The timeframe: /)).toBeVisible()
  await dropFile(page, "again.json", JSON.stringify(file))
  await expect(page.getByText("You have this already")).toBeVisible()
  await expect(page.getByText("2 strategies")).toBeVisible()
  const saving = page.waitForEvent("download")
  await more(page, "Mine", "Save as a file")
  expect((await saving).suggestedFilename()).toBe("mine.json")
})

test("a run saved as JSON and dropped is its strategy again, is kept among the runs, and opens with the run's own result, to the last bit", async ({
  page,
}) => {
  const text = await runFile(page, "/backtest?strategy=rsi-dip&params=oversold:35&fee=0.2&cash=250&to=2024-10-31")
  const hash = page.locator('[data-hash="Trades and equity"]')
  const before = (await hash.textContent())!
  expect(JSON.parse(text)).toMatchObject({ resultHash: before })
  await dropFile(page, "run.json", text)
  await expect(page.getByText("Open it to run it again as it was run for the file.")).toBeVisible()
  await page.getByRole("link", { name: "See the run of the file" }).click()
  await expect(page.getByText("From a file, run.json, taken in on")).toBeVisible()
  await expect(page.getByText(before)).toBeVisible()
  await page.getByRole("button", { name: "Repeat this run" }).click()
  await expect(page.getByText("The same result, to the last bit.")).toBeVisible()
  await page.goto("/library/runs")
  await expect(page.getByText("from a file")).toBeVisible()
  await page.goto("/library")
  await dropFile(page, "again.json", text)
  await page.getByText("You have this already").getByRole("link").first().click()
  await expect(page.getByTestId("changed")).toHaveText("Version 1.")
  await page.getByRole("tab", { name: "Repeat or export" }).click()
  await expect(hash).toHaveText(before)
})

test("the whole library goes to another browser as one file, with every version, run and note", async ({
  page,
  browser,
  baseURL,
}) => {
  await keepTemplate(page)
  await keptRuns(page, 1)
  await moveSlider(page, "Buy below", 5)
  await page.getByRole("button", { name: "Keep as a version" }).click()
  await expect(page.getByTestId("changed")).toHaveText("Version 2.")
  await keptRuns(page, 2)
  await page.goto("/library/runs")
  await page.getByRole("link", { name: "RSI dip in an uptrend, version 2, on DEMO/USD" }).click()
  await page.getByLabel("Your note").fill("Fewer trades, deeper dips")
  const notes = async () => (await everythingIn<{ note?: string }>(page, "runs")).map(({ note }) => note)
  await expect.poll(notes).toContain("Fewer trades, deeper dips")
  await page.goto("/library")
  const saving = page.waitForEvent("download")
  await page.getByRole("button", { name: "Save all as one file" }).click()
  const file = await (await saving).path()
  const other = await browser.newContext({ baseURL, serviceWorkers: "block" })
  const there = await other.newPage()
  await there.goto("/library")
  await there.getByLabel("Strategy files").setInputFiles(file)
  await expect(there.getByText("2 runs came with their notes.")).toBeVisible()
  await there.getByRole("link", { name: "Versions and runs of RSI dip in an uptrend" }).click()
  const versions = there.getByRole("listitem")
  await expect(versions.filter({ hasText: "Version 2" }).first()).toContainText("Buy below 30 → 35")
  await expect(versions.filter({ hasText: "Version 1" })).not.toHaveCount(0)
  await expect(versions.filter({ hasText: "version 2, on DEMO/USD" })).toContainText("Fewer trades, deeper dips")
  await there.getByRole("link", { name: /version 2, on DEMO/ }).click()
  await there.getByRole("button", { name: "Repeat this run" }).click()
  await expect(there.getByText("The same result, to the last bit.")).toBeVisible()
  await other.close()
})

test("a run's file that was dropped by mistake is taken back with its strategy by one press", async ({ page }) => {
  const text = await runFile(page, "/backtest?strategy=rsi-dip&params=oversold:35&to=2024-10-31")
  await dropFile(page, "run.json", text)
  await expect(page.getByText("The run of run.json is among your runs.")).toBeVisible()
  await page.getByRole("button", { name: "Undo" }).click()
  await expect(page.getByText("From run.json")).toBeHidden()
  await expect(page.getByText("Nothing kept yet")).toBeVisible()
})

/** What "Everything as JSON" saves of a run. */
async function runFile(page: Page, address: string): Promise<string> {
  await page.goto(address)
  await expect(page.getByTestId("verdict")).toBeVisible()
  await page.getByRole("tab", { name: "Repeat or export" }).click()
  const saving = page.waitForEvent("download")
  await page.getByRole("button", { name: "Everything as JSON" }).click()
  return readFile(await (await saving).path(), "utf8")
}

async function dropFile(page: Page, name: string, text: string) {
  await page.evaluate(
    ([fileName, content]) => {
      const files = new DataTransfer()
      files.items.add(new File([content], fileName, { type: "application/json" }))
      const target = document.querySelector("main")!
      for (const type of ["dragover", "drop"])
        target.dispatchEvent(new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true }))
    },
    [name, text],
  )
}
