import { readFile } from "node:fs/promises"
import type { Page } from "@playwright/test"
import { everythingIn, rememberedRuns } from "./browser-database.ts"
import { expect, test, typeCommand } from "./support.ts"

for (const width of [360, 1280])
  test(`a strategy is kept, changed, remembered as versions, gone back to and branched, at ${width} px`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 })
    await keepTemplate(page)
    if (width < 1024) await page.getByRole("button", { name: "Change what is tested" }).click()
    await moveSlider(page, "Buy below", 5)
    await expect(page.getByTestId("changed")).toHaveText("Since version 1: Buy below 30 → 35")
    await expect(page.getByText("Saved in your library.")).toBeVisible()
    await page.reload()
    await expect(page.getByTestId("changed")).toHaveText("Since version 1: Buy below 30 → 35")
    await page.getByRole("button", { name: "Keep as a version" }).click()
    await expect(page.getByTestId("changed")).toHaveText("Version 2.")
    await page.getByRole("link", { name: "Versions" }).click()
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("RSI dip in an uptrend")
    await expect(page.getByRole("listitem").filter({ hasText: "Version 2" }).first()).toContainText("Buy below 30 → 35")
    await page.getByRole("button", { name: "Go back to version 1" }).click()
    await page.getByRole("link", { name: "Open it" }).click()
    await expect(page.getByTestId("changed")).toHaveText("Version 1.")
    await page.goBack()
    await page.getByRole("button", { name: "Branch from version 2" }).click()
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("RSI dip in an uptrend (branch)")
    await expect(page.getByText("A branch of version 2 of RSI dip in an uptrend.")).toBeVisible()
  })

test("a strategy's card shows the result of what the strategy is: of version 1 again after going back to it", async ({
  page,
}) => {
  await keepTemplate(page)
  await keptRuns(page, 1)
  const cardResult = async () => {
    await page.goto("/library")
    await expect(page.getByRole("img", { name: /Money over time/ })).toBeVisible()
    await expect(page.getByText("Result of")).toHaveCount(0)
    return page.getByText(/^[+−]\d+\.\d+.%$/).textContent()
  }
  const first = await cardResult()
  await page.getByRole("link", { name: "RSI dip in an uptrend", exact: true }).click()
  await moveSlider(page, "Buy below", 5)
  await keptRuns(page, 2)
  await page.getByRole("button", { name: "Keep as a version" }).click()
  await expect(page.getByTestId("changed")).toHaveText("Version 2.")
  const second = await cardResult()
  expect(second).not.toBe(first)
  await page.getByRole("link", { name: "Versions and runs of RSI dip in an uptrend" }).click()
  await page.getByRole("button", { name: "Go back to version 1" }).click()
  await expect(page.getByText("the draft began here")).toBeVisible()
  expect(await cardResult()).toBe(first)
})

test("the library finds, names, tags, copies and deletes a strategy, and takes the deletion back", async ({ page }) => {
  await keepTemplate(page)
  await page.getByRole("navigation").getByRole("link", { name: "Library" }).click()
  await expect(page.getByRole("img", { name: /Money over time/ })).toBeVisible()
  await more(page, "RSI dip in an uptrend", "Name and tags")
  await page.getByLabel("Name", { exact: true }).fill("😀 Dip العربية")
  await page.getByLabel(/^Tags/).fill("mine, slow")
  await page.getByRole("button", { name: "Save" }).click()
  await expect(page.getByRole("link", { name: "😀 Dip العربية", exact: true })).toBeVisible()
  await more(page, "😀 Dip العربية", "Duplicate")
  await expect(page.getByText("2 strategies")).toBeVisible()
  await page.getByLabel("Search").fill("(copy) slow")
  await expect(page.getByText("1 of 2 strategies")).toBeVisible()
  await page.getByLabel("Search").fill("")
  await page.getByRole("button", { name: "slow" }).click()
  await expect(page.getByText("2 strategies")).toBeVisible()
  await more(page, "😀 Dip العربية (copy)", "Delete")
  await expect(page.getByText("1 strategy")).toBeVisible()
  await page.keyboard.press("Control+z")
  await expect(page.getByText("2 strategies")).toBeVisible()
})

test("two windows that change one strategy lose nothing of each other", async ({ page, context }) => {
  await keepTemplate(page)
  const other = await context.newPage()
  await other.goto(page.url())
  await moveSlider(other, "Sell above", 2)
  await expect(other.getByText("Saved in your library.")).toBeVisible()
  await moveSlider(page, "Buy below", 3)
  for (const window of [page, other])
    await expect(window.getByTestId("changed")).toHaveText("Since version 1: Buy below 30 → 33, Sell above 60 → 62")
})

for (const isChanged of [false, true])
  test(`what was changed in a window closed at once is kept when another is ${isChanged ? "changed" : "reloaded"}`, async ({
    page,
    context,
  }) => {
    await keepTemplate(page)
    const closing = await context.newPage()
    await closing.goto(page.url())
    await moveSlider(closing, "Buy below", 2)
    await closing.close({ runBeforeUnload: true })
    if (isChanged) await moveSlider(page, "Sell above", 2)
    else await page.reload()
    const own = isChanged ? ", Sell above 60 → 62" : ""
    await expect(page.getByTestId("changed")).toHaveText(`Since version 1: Buy below 30 → 32${own}`)
    await page.reload()
    await expect(page.getByTestId("changed")).toHaveText(`Since version 1: Buy below 30 → 32${own}`)
  })

for (const isForGood of [false, true])
  test(`a strategy deleted in another window${isForGood ? " for good" : ""} says so where it is open, and comes back with one press`, async ({
    page,
    context,
  }) => {
    await keepTemplate(page)
    const other = await context.newPage()
    await other.goto("/library")
    await more(other, "RSI dip in an uptrend", "Delete")
    await expect(other.getByText("RSI dip in an uptrend deleted.")).toBeVisible()
    const said = page.getByText("This strategy was deleted in another window.")
    await expect(said).toBeVisible()
    await moveSlider(page, "Buy below", 2)
    // The chance to undo ends with the notice.
    if (isForGood) await expect(other.getByText("RSI dip in an uptrend deleted.")).toHaveCount(0, { timeout: 30_000 })
    await page.getByRole("button", { name: "Bring it back" }).click()
    await expect(said).toHaveCount(0)
    await expect(page.getByTestId("changed")).toHaveText(
      isForGood ? "Version 1." : "Since version 1: Buy below 30 → 32",
    )
    await expect(page.getByRole("slider", { name: "Buy below" })).toHaveAttribute("aria-valuenow", "32")
    await page.reload()
    await expect(page.getByRole("slider", { name: "Buy below" })).toHaveAttribute("aria-valuenow", "32")
  })

test("a template's run is not there twice once the template is kept", async ({ page }) => {
  await page.goto("/backtest?strategy=rsi-dip")
  await restedRun(page, 1)
  await moveSlider(page, "Buy below", 5)
  await restedRun(page, 2)
  await page.getByRole("button", { name: "Keep", exact: true }).click()
  await expect(page.getByTestId("changed")).toHaveText("Version 1.")
  await page.getByRole("link", { name: "Versions" }).click()
  await expect(page.getByRole("link", { name: /RSI dip in an uptrend, version 1, on DEMO/ }).first()).toBeVisible()
  expect(await rememberedRuns(page)).toBe(2)
})

test("rules changed in a template are still there after a reload, and kept with one press", async ({ page }) => {
  await page.goto("/backtest?strategy=sma-cross")
  await page.getByRole("button", { name: "Change the rules" }).click()
  await page.getByRole("button", { name: "Add a condition: When to buy" }).click()
  await page.getByPlaceholder(/Search: rsi/).fill("rsi")
  await page.getByRole("option", { name: /^RSI rsi/ }).click()
  const buy = page.getByRole("region", { name: "When to buy" })
  await expect(buy).toContainText("RSI(14) of close is below 30")
  await page.reload()
  await page.getByRole("button", { name: "Change the rules" }).click()
  await expect(buy).toContainText("RSI(14) of close is below 30")

  // The template's name does not stand over the changes unmarked, and an address with sliders shows what it says.
  const unkept = page.getByTestId("unkept")
  await expect(unkept).toContainText(/You changed this template on \d.*: what is tested here is yours/)
  await page.goto("/templates")
  await expect(unkept).toHaveCount(1)
  await page.goto("/backtest?strategy=sma-cross&params=fast:40")
  await expect(unkept).toContainText("What is tested here is the template, as this address says")
  await expect(page.getByRole("slider", { name: "Fast average" })).toHaveAttribute("aria-valuenow", "40")
  await moveSlider(page, "Fast average", -20)
  await expect(page).not.toHaveURL(/params/)
  await expect(unkept).toContainText("What is tested here is the template")
  await page.getByRole("button", { name: "To your changes" }).click()
  await page.getByRole("button", { name: "Change the rules" }).click()
  await expect(buy).toContainText("RSI(14) of close is below 30")
  await page.getByRole("button", { name: "Back to the template" }).click()
  await expect(buy).not.toContainText("RSI(14)")
  await expect(unkept).toHaveCount(0)
  await page.keyboard.press("Control+z")
  await expect(buy).toContainText("RSI(14) of close is below 30")
  await page.getByRole("button", { name: "Back to the template" }).click()
  const toast = page.getByRole("listitem").filter({ hasText: "Moving average cross is the template again." }).last()
  await toast.getByRole("button", { name: "Undo" }).click()
  await expect(buy).toContainText("RSI(14) of close is below 30")

  await page.getByRole("button", { name: "Keep", exact: true }).click()
  await expect(page.getByTestId("changed")).toHaveText("Version 1.")
  await page.keyboard.press("Control+z")
  await page.goto("/backtest?strategy=sma-cross")
  await page.getByRole("button", { name: "Change the rules" }).click()
  await expect(buy).toBeVisible()
  await expect(buy).not.toContainText("RSI(14)")
})

test("runs are kept with a note, compared side by side, and repeated to the last bit", async ({ page }) => {
  await page.goto("/backtest?strategy=rsi-dip")
  await restedRun(page, 1)
  await moveSlider(page, "Buy below", 5)
  await restedRun(page, 2)
  await page.goto("/library/runs")
  const rows = page.getByRole("checkbox")
  await expect(rows).toHaveCount(2)
  await expect(page.getByRole("listitem").filter({ hasText: "Buy below 30 →" })).toHaveCount(1)
  await expect(page.getByRole("listitem").filter({ hasText: "rules as at first" })).toHaveCount(1)
  await expect(page.getByRole("button", { name: "Compare" })).toBeDisabled()
  for (const row of await rows.all()) await row.check()
  await page.getByRole("link", { name: "Compare 2" }).click()
  await expect(page.getByRole("img", { name: /Money over time.*A .*B / })).toBeVisible()
  await page.getByRole("img", { name: /Money over time/ }).hover()
  const legend = page.getByRole("list", { name: "Curves" }).getByRole("listitem")
  await expect(legend.first()).toHaveText(/^A.*\d.*%$/)
  await expect(legend.last()).toHaveText(/^B.*\d.*%$/)
  const numbers = page.getByRole("region", { name: "The numbers of the runs" })
  await expect(numbers).toContainText("Total return")
  await expect(numbers.getByRole("columnheader").last()).toContainText(/DEMO\/USD, .* to /)
  await expect(numbers.getByText("(best)").first()).toBeAttached()
  await expect(page.getByText("From A to B")).toBeVisible()
  await expect(page.locator("dt", { hasText: "Buy below" })).toBeVisible()
  await page.getByRole("link", { name: "RSI dip in an uptrend on DEMO/USD" }).first().click()
  await page.getByLabel("Your note").fill("Too few trades")
  await page.getByRole("button", { name: "Repeat this run" }).click()
  await expect(page.getByText("The same result, to the last bit.")).toBeVisible()
  await page.goto("/library/runs")
  await expect(page.getByText("Too few trades")).toBeVisible()
})

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

test("a run of another engine, or of a market that is gone, says so and stays as it was kept", async ({ page }) => {
  await page.goto("/backtest?strategy=rsi-dip")
  await restedRun(page, 1)
  await changeRuns(page, "engine")
  await page.goto("/library/runs")
  await expect(page.getByText("another engine")).toBeVisible()
  await page.getByRole("link", { name: /^RSI dip/ }).click()
  await expect(page.getByText("Another engine made this run")).toBeVisible()
  await page.getByRole("button", { name: "Repeat this run" }).click()
  await expect(page.getByText("The same result, to the last bit.")).toBeVisible()
  await changeRuns(page, "market")
  await page.reload()
  await expect(page.getByText("The candles of this run, DEMO/USD, are not in this browser")).toBeVisible()
  await expect(page.getByTestId("kept-verdict")).toHaveText(/would have become/)
  await expect(page.getByRole("button", { name: "Repeat this run" })).toBeHidden()
})

test("a run's file that was dropped by mistake is taken back with its strategy by one press", async ({ page }) => {
  const text = await runFile(page, "/backtest?strategy=rsi-dip&params=oversold:35&to=2024-10-31")
  await dropFile(page, "run.json", text)
  await expect(page.getByText("The run of run.json is among your runs.")).toBeVisible()
  await page.getByRole("button", { name: "Undo" }).click()
  await expect(page.getByText("From run.json")).toBeHidden()
  await expect(page.getByText("Nothing kept yet")).toBeVisible()
})

test("the palette opens a strategy of the library by a few letters", async ({ page }) => {
  await keepTemplate(page)
  await page.goto("/")
  await expect(page.getByTestId("verdict")).toBeVisible()
  await typeCommand(page, "open rsi", /^RSI dip/)
  await expect(page.getByTestId("changed")).toHaveText("Version 1.")
})

/** As if time had gone by: the app has another engine, or the market of the runs was deleted. */
async function changeRuns(page: Page, what: "engine" | "market") {
  await page.evaluate(async (kind) => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open("candlewright")
      opening.addEventListener("success", () => resolve(opening.result))
    })
    const store = database.transaction("runs", "readwrite").objectStore("runs")
    const reading = store.getAll()
    await new Promise((resolve) => reading.addEventListener("success", resolve))
    for (const run of reading.result as { address: string; detail: { appEngine: string } }[]) {
      if (kind === "engine") run.detail.appEngine = "0".repeat(64)
      else run.address = "?market=gone-1h&strategy=rsi-dip"
      store.put(run)
    }
    await new Promise((resolve) => store.transaction.addEventListener("complete", resolve))
    database.close()
  }, what)
}

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

test("a strategy without a stop says so wherever it is shown: its result, its rules, its card, its page, its run", async ({
  page,
}) => {
  await keepTemplate(page, "buy-and-hold")
  const flag = page.getByRole("list", { name: "Careful" }).first()
  await expect(flag).toContainText("The stop loss is switched off")
  await page.getByRole("button", { name: "Change the rules" }).click()
  await expect(page.getByText("The stop loss is switched off: one bad trade", { exact: false })).toHaveCount(2)
  await keptRuns(page, 1)
  await page.goto("/library")
  await expect(flag).toContainText("No stop loss")
  await page.getByRole("link", { name: /^Versions/ }).click()
  await expect(flag).toContainText("The stop loss is switched off")
  await page.goto("/library/runs")
  await page
    .getByRole("link", { name: /Buy and hold|Buy & hold/ })
    .first()
    .click()
  await expect(flag).toContainText("The stop loss is switched off")
})

test("a name of a hundred letters without a space makes no screen wider than a phone, nor does the largest text of a browser", async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 800 })
  await keepTemplate(page)
  await keptRuns(page, 1)
  const address = page.url()
  await page.goto("/library")
  await more(page, "RSI dip in an uptrend", "Name and tags")
  await page.getByRole("textbox", { name: "Name" }).fill("N".repeat(100))
  await page.getByRole("button", { name: "Save", exact: true }).click()
  for (const screen of [address, "/library", "/library/runs", "/", "/templates"]) {
    await page.goto(screen)
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
    if (screen === address || screen === "/library")
      await expect(page.getByText(/N{100}|would have become/).first()).toBeVisible()
    expect.soft(await widthOf(page), screen).toBe(360)
    // What a browser's setting of 32 px does.
    await page.evaluate(() => (document.documentElement.style.fontSize = "200%"))
    expect.soft(await page.evaluate(() => getComputedStyle(document.body).fontSize)).toBe("32px")
    expect.soft(await widthOf(page), `${screen} at 200 %`).toBe(360)
  }
})

async function widthOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth)
}

async function keepTemplate(page: Page, template = "rsi-dip") {
  await page.goto(`/backtest?strategy=${template}`)
  await expect(page.getByTestId("verdict")).toBeVisible()
  await page.getByRole("button", { name: "Keep", exact: true }).click()
  await expect(page.getByTestId("changed")).toHaveText("Version 1.")
  await expect(page.getByTestId("verdict")).toBeVisible()
}

async function moveSlider(page: Page, name: string, steps: number) {
  const slider = page.getByRole("slider", { name })
  await slider.focus()
  const key = steps < 0 ? "ArrowLeft" : "ArrowRight"
  for (let step = 0; step < Math.abs(steps); step++) await page.keyboard.press(key)
}

async function more(page: Page, name: string, what: string) {
  await page.getByRole("button", { name: `More for ${name}`, exact: true }).click()
  await page.getByRole("menuitem", { name: what }).click()
}

/** Runs of the strategy that was kept: what was run of its template before is another's. */
async function keptRuns(page: Page, count: number) {
  const ofKept = async () => {
    const runs = await everythingIn<{ strategyId?: string }>(page, "runs")
    return runs.filter(({ strategyId }) => strategyId !== undefined).length
  }
  await expect.poll(ofKept).toBe(count)
}

async function restedRun(page: Page, count: number) {
  await expect(page.getByTestId("verdict")).toBeVisible()
  await expect.poll(() => rememberedRuns(page)).toBe(count)
}
