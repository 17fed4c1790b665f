import { appendFile, cp, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { startRelay } from "../relay/main.ts"
import { expect, keptForOffline, test } from "./support.ts"

test.use({ serviceWorkers: "allow" })

test("a newer version waits until the person takes it, then the page comes back with it", async ({ browser }) => {
  const home = await mkdtemp(join(tmpdir(), "candlewright-version-"))
  const webDir = join(home, "web")
  await cp(fileURLToPath(new URL("../build/web", import.meta.url)), webDir, { recursive: true })
  const options = { dataDir: join(home, "data"), webDir, print: () => {} }
  const older = await startRelay({ port: 0, ...options })
  const page = await browser.newPage()
  await page.goto(older.url)
  await keptForOffline(page)
  await older.stop()

  await appendFile(join(webDir, "sw.js"), "\n// the next version\n")
  await rm(join(webDir, "sw.js.br"))
  await rm(join(webDir, "sw.js.gz"))
  const newer = await startRelay({ port: older.port, ...options })
  await page.reload()
  // The whole app is fetched again before the offer is made.
  await expect(page.getByText("A newer Candlewright is ready")).toBeVisible({ timeout: 30_000 })
  const reloaded = page.waitForEvent("load")
  await page.getByRole("button", { name: "Use it" }).click()
  await reloaded
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
  await expect(page.getByText("A newer Candlewright is ready")).toBeHidden()

  await page.context().close()
  await newer.stop()
  await rm(home, { recursive: true, force: true })
})
