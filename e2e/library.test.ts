import type { Page } from "@playwright/test"
import { keepTemplate, keptRuns, more, moveSlider } from "./kept-strategy.ts"
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
  await page.getByRole("button", { name: "Back to the template", exact: true }).click()
  await expect(buy).not.toContainText("RSI(14)")
  await expect(unkept).toHaveCount(0)
  await page.keyboard.press("Control+z")
  await expect(buy).toContainText("RSI(14) of close is below 30")
  await page.getByRole("button", { name: "Back to the template", exact: true }).click()
  const toast = page.locator("[data-front=true]").filter({ hasText: "Moving average cross is the template again." })
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

test("the palette opens a strategy of the library by a few letters", async ({ page }) => {
  await keepTemplate(page)
  await page.goto("/")
  await expect(page.getByTestId("verdict")).toBeVisible()
  await typeCommand(page, "open rsi", /^RSI dip/)
  await expect(page.getByTestId("changed")).toHaveText("Version 1.")
})

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
