import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromiumArguments, findChromium } from "../scripts/chromium.ts"
import { screens } from "./screens.ts"
import { chromium, expect, keptForOffline, startRelayProcess, stopProcess, test } from "./support.ts"

test.use({ serviceWorkers: "allow" })

test("the browser finds no obstacle to installing the app", async ({ relayUrl }) => {
  // Only a real profile can install an app: the contexts Playwright usually makes count as private windows.
  const profile = await mkdtemp(join(tmpdir(), "candlewright-profile-"))
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
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
  const home = await mkdtemp(join(tmpdir(), "candlewright-offline-"))
  const relay = await startRelayProcess(join(home, "data"))
  const page = await browser.newPage()
  await page.goto(relay.url)
  await keptForOffline(page)
  expect(await stopProcess(relay.process)).toBe(0)
  await page.context().setOffline(true)
  for (const screen of screens()) {
    await page.goto(relay.url + screen)
    await expect(page.getByRole("heading", { level: 1 }), screen).toBeVisible()
  }
  await page.context().close()
  await rm(home, { recursive: true, force: true })
})
