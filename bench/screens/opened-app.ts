import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Browser, type BrowserContextOptions, chromium, type Page } from "@playwright/test"
import { candleCsv, syntheticCandles, type Timeframe } from "#engine/candles"
import { startRelay } from "../../relay/main.ts"
import { chromiumArguments, needChromium } from "../../scripts/chromium.ts"

/** The built app in a browser, served by a relay of its own. */
export type OpenedApp = {
  browser: Browser
  url: string
  newPage: (options?: BrowserContextOptions) => Promise<Page>
  close: () => Promise<void>
}

/** Serves the app built in `webDir` and starts a browser for it. */
export async function openApp(webDir?: string): Promise<OpenedApp> {
  const home = await mkdtemp(join(tmpdir(), "candlewright-bench-"))
  const relay = await startRelay({ port: 0, dataDir: join(home, "data"), print: () => {}, webDir })
  const browser = await chromium.launch({
    executablePath: needChromium(),
    args: [...chromiumArguments, "--disable-gpu"],
  })
  return {
    browser,
    url: relay.url,
    newPage: async (options) => (await browser.newContext({ serviceWorkers: "block", ...options })).newPage(),
    close: async () => {
      await browser.close()
      await relay.stop()
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** Creates a made-up market in the page's browser and returns its id. */
export async function importMarket(page: Page, url: string, timeframe: Timeframe, candles: number): Promise<string> {
  const made = syntheticCandles({
    seed: 7,
    candles,
    timeframe,
    startMs: Date.UTC(2023, 0, 1),
    startPrice: 30_000,
    kind: "mixed",
  })
  await page.goto(`${url}/data`)
  await page.locator("input[type=file]").setInputFiles({
    name: `BTCUSDT-${timeframe}.csv`,
    mimeType: "text/csv",
    buffer: Buffer.from([...candleCsv(made)].join("")),
  })
  const link = page.getByRole("link", { name: "Test on it" }).first()
  const address = await link.getAttribute("href")
  return new URL(address!, url).searchParams.get("market")!
}
