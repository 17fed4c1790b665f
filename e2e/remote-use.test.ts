import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { freePort } from "../relay/testing/free-port.ts"
import { expect, startRelayProcess, stopProcess, test } from "./support.ts"

// The certificate is one for tests, which no browser knows.
test.use({ ignoreHTTPSErrors: true, viewport: { width: 360, height: 800 } })

test("a phone elsewhere is let in over TLS, and then has its bots and the relay's live prices", async ({ page }) => {
  const home = await mkdtemp(join(tmpdir(), "candlewright-remote-"))
  const port = await freePort()
  const file = (name: string) => fileURLToPath(new URL(`../relay/testing/certificate/${name}.pem`, import.meta.url))
  const relay = await startRelayProcess(join(home, "data"), {
    CANDLEWRIGHT_PUBLIC_URL: `https://localhost:${port}`,
    CANDLEWRIGHT_TLS_CERT: file("chain"),
    CANDLEWRIGHT_TLS_KEY: file("key"),
    CANDLEWRIGHT_LISTEN: `127.0.0.1:${port}`,
  })
  const prices = page.getByRole("list", { name: "Watched markets" }).getByRole("listitem")
  const link = () => /https:\S+#pair=[\w-]+/.exec(relay.output())?.[0]
  await expect.poll(link).toBeDefined()
  await page.goto(link()!)
  await expect(page.getByRole("list", { name: "Paired browsers" }).getByText("THIS BROWSER")).toBeVisible()
  await page.goto(`https://localhost:${port}/bots`)
  await expect(page.getByRole("heading", { name: "Bots", level: 1 })).toBeVisible()
  await page.goto(`https://localhost:${port}/watch`)
  await expect(prices.filter({ hasText: "Practice exchange" }).first()).toContainText("live")
  await stopProcess(relay.process)
  await rm(home, { recursive: true, force: true })
})
