import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser, Page } from "@playwright/test"
import { chromiumArguments, findWholeChromium } from "../scripts/chromium.ts"
import { screens } from "./screens.ts"
import { objections } from "./axe.ts"
import { chromium, expect, keptForOffline, startRelayProcess, stopProcess, test } from "./support.ts"

test.use({ serviceWorkers: "allow" })

test("the browser finds no obstacle to installing the app", async ({ relayUrl }) => {
  // Only a real profile can install an app: the contexts Playwright usually makes count as private windows.
  const profile = await mkdtemp(join(tmpdir(), "candlewright-profile-"))
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: findWholeChromium(),
    args: chromiumArguments,
  })
  const page = browser.pages()[0]
  await page.goto(relayUrl)
  await keptForOffline(page)
  const session = await browser.newCDPSession(page)
  expect((await session.send("Page.getInstallabilityErrors")).installabilityErrors).toEqual([])
  const { errors, url } = await session.send("Page.getAppManifest")
  expect(errors).toEqual([])
  expect(url).toBe(`${relayUrl}/manifest.webmanifest`)
  await browser.close()
  await rm(profile, { recursive: true, force: true })
})

test("after the first visit every screen opens without a network, relay and all", async ({ browser }) => {
  const { page, home, relay } = await offlineApp(browser)
  for (const screen of screens()) {
    await page.goto(relay.url + screen)
    await expect(page.getByRole("heading", { level: 1 }), screen).toBeVisible()
  }
  await page.context().close()
  await rm(home, { recursive: true, force: true })
})

test("without a network signals are read from kept candles and a model is trained, and what must be fetched first says so", async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const { page, home, relay } = await offlineApp(browser)
  await page.goto(`${relay.url}/signals`)
  await expect(page.getByText("You are offline.")).toContainText("live markets go on when the network is back")
  await expect(page.getByRole("img", { name: /^All votes together/ })).toBeVisible({ timeout: 60_000 })
  await page.goto(`${relay.url}/signals/models`)
  await page.getByLabel("How", { exact: true }).selectOption("lstm")
  await page.getByRole("button", { name: "Train it" }).click()
  await expect(page.getByText(/^What trains an LSTM could not be fetched/)).toBeVisible({ timeout: 60_000 })
  await page.getByLabel("How", { exact: true }).selectOption("regression")
  await page.getByRole("button", { name: "Train it" }).click()
  const card = page.getByRole("region", { name: /^Card of Rise over 6 candles of 1h/ })
  await expect(card.locator("[data-skill]")).toContainText(/unseen forecasts/, { timeout: 90_000 })
  await page.context().close()
  await rm(home, { recursive: true, force: true })
})

test("code runs without a network once the compiler was fetched behind the first screen; before that the screen says what is missing", async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const { page, home, relay } = await offlineApp(browser, async (page) => {
    await keptForOffline(page)
    await expect.poll(() => missingCodeParts(page), { timeout: 60_000 }).toEqual([])
  })
  await page.goto(`${relay.url}/backtest?strategy=grid`)
  await expect(page.getByTestId("verdict")).toHaveText(/would have become/, { timeout: 90_000 })
  await page.getByRole("button", { name: "Change the code" }).click()
  await expect(page.locator(".monaco-editor .view-line").first()).toBeVisible({ timeout: 30_000 })

  // As if the network had gone before the compiler came.
  const session = await page.context().newCDPSession(page)
  await session.send("Network.clearBrowserCache")
  await page.evaluate(() => caches.delete("lazy-assets"))
  await page.goto(`${relay.url}/backtest?strategy=grid`)
  await expect(page.getByText("The compiler could not be fetched, and it is not in this browser yet.")).toBeVisible()
  await page.getByRole("button", { name: "Change the code" }).click()
  await expect(page.getByText("The editor is not in this browser yet and could not be fetched.")).toBeVisible()
  const code = page.getByRole("textbox", { name: "Code", exact: true })
  await expect(code).toHaveValue(/^import .* from "candlewright"/)
  await code.pressSequentially("// mine ")
  await expect(page.getByText(/^The compiler could not be started, so nothing is marked/)).toBeVisible()
  for (const { width, colorScheme } of [
    { width: 1280, colorScheme: "light" },
    { width: 360, colorScheme: "dark" },
  ] as const) {
    await page.setViewportSize({ width, height: 800 })
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
    expect(await objections(page), `${width}`).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  }
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.getByRole("tab", { name: "JSON", exact: true }).click()
  await expect(page.getByRole("textbox", { name: "JSON", exact: true })).toHaveValue(/\/\/ mine import/)
  await page.getByRole("tab", { name: "Code", exact: true }).click()
  await expect(page.getByText(/^The compiler could not be started, so nothing is marked/)).toBeVisible()
  const again = await startRelayProcess(join(home, "data"), { PORT: new URL(relay.url).port })
  await page.context().setOffline(false)
  const line = page.locator(".monaco-editor .view-line").first()
  await expect(line).toContainText("// mine", { timeout: 30_000 })
  await expect(line, "with its styles").toHaveCSS("position", "absolute")
  await page
    .getByRole("status")
    .filter({ hasText: "The compiler could not be started" })
    .getByRole("button", { name: "Try again" })
    .click()
  await expect(page.getByText("Can be run.")).toBeVisible({ timeout: 90_000 })
  await stopProcess(again.process)
  await page.context().close()
  await rm(home, { recursive: true, force: true })
})

/** The app as its first visit leaves it, without the relay and without a network; `ready` is waited for before that. */
async function offlineApp(browser: Browser, ready: (page: Page) => Promise<void> = keptForOffline) {
  const home = await mkdtemp(join(tmpdir(), "candlewright-offline-"))
  const relay = await startRelayProcess(join(home, "data"))
  const page = await browser.newPage()
  await page.goto(relay.url)
  await ready(page)
  expect(await stopProcess(relay.process)).toBe(0)
  await page.context().setOffline(true)
  return { page, home, relay }
}

async function missingCodeParts(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const parts = (await (await fetch("/code-parts.json")).json()) as string[]
    const cache = await caches.open("lazy-assets")
    const found = await Promise.all(parts.map((part) => cache.match(part)))
    return parts.filter((_, at) => !found[at])
  })
}
