import { mkdtemp, rm } from "node:fs/promises"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Page } from "@playwright/test"
import { objections } from "./axe.ts"
import { expect, startRelayProcess, stopProcess, test } from "./support.ts"

for (const width of [360, 1280])
  test(`the printed link pairs a browser once; it lets in a program and another browser, and ends both, at ${width} px`, async ({
    page,
    browser,
  }) => {
    await page.setViewportSize({ width, height: 800 })
    const home = await mkdtemp(join(tmpdir(), "candlewright-pairing-"))
    const relay = await startRelayProcess(join(home, "data"))
    await page.goto(`${relay.url}/settings`)
    await expect(page.getByText(/This browser is not paired/)).toBeVisible()
    await expect.poll(() => linkIn(relay.output())).toBeDefined()
    const link = linkIn(relay.output())!
    await page.goto(link)
    const devices = page.getByRole("list", { name: "Paired browsers" })
    await expect(devices.getByText("THIS BROWSER")).toBeVisible()
    expect(page.url()).not.toContain("pair=")
    expect(await objections(page)).toEqual([])

    await page.getByLabel("Name of the program").fill("Spreadsheet")
    await page.getByRole("button", { name: "Make a token" }).click()
    const token = await page.getByLabel("The token").inputValue()
    const asked = () => fetch(`${relay.url}/api/devices`, { headers: { authorization: `Bearer ${token}` } })
    expect((await asked()).status).toBe(403)
    await page.getByRole("button", { name: "Revoke Spreadsheet" }).click()
    await expect(page.getByText(/^None yet\. Public prices need no token\./)).toBeVisible()
    expect((await asked()).status).toBe(401)

    await hearOfIt(page)
    await assistantDrafts(page, relay.url)
    await opinionsByThemselves(page)

    await page.goto(`${relay.url}/settings`)
    await page.getByRole("button", { name: "Pair another browser" }).click()
    const another = await page.getByLabel("Open this in the other browser").inputValue()
    const elsewhere = await browser.newContext()
    const other = await elsewhere.newPage()
    await other.goto(another)
    await expect(other.getByRole("list", { name: "Paired browsers" }).getByRole("listitem")).toHaveCount(2)
    await other.goto(link)
    await expect(other.getByText(/This pairing link was used before/)).toBeVisible()

    // A clock that is ten minutes ahead: the relay says its own, and the browser follows it.
    await page.clock.install({ time: Date.now() + 600_000 })
    await page.reload()
    await expect(devices.getByRole("listitem")).toHaveCount(2)
    const row = devices.getByRole("listitem").filter({ hasNotText: "THIS BROWSER" })
    await row.getByRole("button", { name: /^Unpair/ }).click()
    await expect(devices.getByRole("listitem")).toHaveCount(1)
    await other.reload()
    await expect(other.getByText(/This browser is not paired with this Candlewright, or no longer/)).toBeVisible()
    await other.getByRole("button", { name: "Forget this pairing" }).click()
    await expect(other.getByText(/This browser is not paired with the Candlewright/)).toBeVisible()
    await elsewhere.close()
    await stopProcess(relay.process)
    await rm(home, { recursive: true, force: true })
  })

/** Lets an assistant in that may only draft; what it leaves is looked at in the library, and thrown away. */
async function assistantDrafts(page: Page, url: string): Promise<void> {
  await page.getByLabel("Name of the program").fill("Assistant")
  await page.getByLabel("It may").selectOption("research")
  await page.getByRole("button", { name: "Make a token" }).click()
  await expect(page.getByText("May draft and test strategies")).toBeVisible()
  const token = await page.getByLabel("The token").inputValue()
  const strategy = {
    format: "candlewright.strategy/1",
    name: "Night dips",
    timeframe: "1h",
    long: { enter: { all: ["close > open"] } },
  }
  const call = { name: "save_draft", arguments: { strategy, note: "It buys what rises." } }
  const answer = await fetch(`${url}/mcp`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: call }),
  })
  expect(await answer.text()).toContain("draft")
  await page.goto(`${url}/library`)
  const drafts = page.getByRole("region", { name: "Drafts from your assistant" })
  await expect(drafts).toContainText(/Night dips.*It buys what rises\./s)
  expect(await objections(page)).toEqual([])
  await drafts.getByRole("button", { name: "Look at it: Night dips" }).click()
  await expect(page.getByRole("button", { name: "Keep and test it" })).toBeVisible()
  await page.goBack()
  await drafts.getByRole("button", { name: "Throw away Night dips" }).click()
  await expect(drafts).toHaveCount(0)
  await page.goto(`${url}/settings`)
}

/** Adds a webhook on this computer, sends it a test and removes it. */
async function hearOfIt(page: Page): Promise<void> {
  const heard: string[] = []
  const hook = createServer((request, answer) => {
    request.on("data", (piece) => heard.push(String(piece))).on("end", () => answer.end("{}"))
  })
  await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve))
  const section = page.getByRole("region", { name: "Notifications" })
  await expect(section.getByText(/Nobody hears of it yet/)).toBeVisible()
  await section.getByLabel("By", { exact: true }).selectOption("webhook")
  await section.getByLabel("Name", { exact: true }).fill("My program")
  await section.getByLabel("Address").fill(`http://127.0.0.1:${(hook.address() as AddressInfo).port}/`)
  await section.getByRole("button", { name: "Add" }).click()
  await expect(section.getByText(/This address is not taken: it does not begin with https/)).toBeVisible()
  await section.getByRole("switch", { name: "It runs on this computer" }).click()
  await section.getByRole("switch", { name: "Purchases and sales too" }).click()
  await section.getByLabel("Quiet hours for trades, UTC").fill("22:00-07:00")
  await section.getByRole("button", { name: "Add" }).click()
  await expect(section.getByLabel("The secret of its signatures")).toHaveValue(/^[\w-]{43}$/)
  await section.getByRole("button", { name: "Send a test to My program" }).click()
  await expect(section.getByText(/problems and trades, trades not 22:00-07:00 UTC; last sent/)).toBeVisible()
  expect(heard.join("")).toContain("Notices arrive here")
  expect(await objections(page)).toEqual([])
  await section.getByRole("button", { name: "Remove My program" }).click()
  await expect(section.getByText(/Nobody hears of it yet/)).toBeVisible()
  hook.close()
}

test("a press while the relay is away says so, and a link that the clipboard refuses is selected", async ({ page }) => {
  const mistakes: Error[] = []
  page.on("pageerror", (error) => mistakes.push(error))
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed"))
  })
  const home = await mkdtemp(join(tmpdir(), "candlewright-pairing-"))
  const relay = await startRelayProcess(join(home, "data"))
  await expect.poll(() => linkIn(relay.output())).toBeDefined()
  await page.goto(linkIn(relay.output())!)
  await page.getByLabel("Name of the program").fill("Spreadsheet")
  await page.getByRole("button", { name: "Make a token" }).click()
  await page.getByRole("button", { name: "Copy", exact: true }).click()
  await expect(page.getByText(/it is selected, press Ctrl\+C/)).toBeVisible()
  const token = await page.getByLabel("The token").inputValue()
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(token)

  await stopProcess(relay.process)
  for (const name of ["Pair another browser", "Revoke Spreadsheet", /^Unpair/, "Make a token"]) {
    if (name === "Make a token") await page.getByLabel("Name of the program").fill("Another")
    const button = page.getByRole("button", { name })
    await button.click()
    await expect(button.locator("xpath=ancestor::*[self::li or self::form or self::section][1]")).toContainText(
      "The relay does not answer",
    )
  }
  expect(mistakes).toEqual([])
  await rm(home, { recursive: true, force: true })
})

test("an app whose server ends before its quiet work is fetched makes no mistake", async ({ page }) => {
  const mistakes: Error[] = []
  page.on("pageerror", (error) => mistakes.push(error))
  await page.route(/download-queue/, (route) => route.abort())
  const missed = page.waitForEvent("requestfailed", (request) => request.url().includes("download-queue"))
  await page.goto("/settings")
  await missed
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)))
  expect(mistakes).toEqual([])
})

/** The relay looks at the watchlist by itself: begun, paused, ended and brought back. */
async function opinionsByThemselves(page: Page): Promise<void> {
  await page.goto(new URL("/watch", page.url()).href)
  // Below the chart, which moves it down as it comes.
  await expect(page.getByText("The chart as a table")).toBeVisible()
  const section = page.getByRole("region", { name: "Opinions by themselves" })
  await section.getByRole("button", { name: "Look at my 3 markets every hour" }).click()
  const next = section.getByTestId("next-look")
  await expect(next).toContainText(/BTC\/USDT, ETH\/USDT, BNB\/USDT\. Next /)
  await section.getByRole("switch", { name: "Paused" }).click()
  await expect(next).toContainText("Paused.")
  await section.getByLabel("How often").selectOption("Every 4 hours")
  expect(await objections(page)).toEqual([])
  await section.getByRole("button", { name: "Delete" }).click()
  await expect(next).toHaveCount(0)
  await page.getByRole("button", { name: "Undo" }).click()
  await expect(next).toContainText("Paused.")
  await expect(section.getByLabel("How often")).toHaveValue("240")
}

function linkIn(output: string): string | undefined {
  return /http:\/\/localhost:\d+\/#pair=[\w-]+/.exec(output)?.[0]
}
