import { mkdir, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromium, type Page } from "playwright"
import { candleCsv, syntheticCandles } from "#engine/candles"
import { startRelay } from "../relay/main.ts"
import { screens } from "../e2e/screens.ts"
import { chromiumArguments, needChromium } from "./chromium.ts"
import { projectPath } from "./project-path.ts"

// Pictures of every screen in shots/, as a phone and a desk see it, by day and by night. Names of screens may be
// given: npm run shots -- /data
const sizes = [
  { width: 360, height: 800 },
  { width: 1280, height: 800 },
]
const themes = ["light", "dark"] as const
const wanted = process.argv.slice(2)

await mkdir(projectPath("shots"), { recursive: true })
const home = await mkdtemp(join(tmpdir(), "candlewright-shots-"))
const relay = await startRelay({ port: 0, dataDir: join(home, "data"), print: () => {} })
const browser = await chromium.launch({ executablePath: needChromium(), args: chromiumArguments })
for (const theme of themes) {
  for (const viewport of sizes) {
    const context = await browser.newContext({
      viewport,
      colorScheme: theme,
      reducedMotion: "reduce",
      baseURL: relay.url,
    })
    const page = await context.newPage()
    const picture = (name: string) => take(page, `shots/${name}-${viewport.width}-${theme}.png`)
    for (const screen of wanted.length > 0 ? wanted : screens()) {
      await page.goto(screen)
      await picture(screen === "/" ? "home" : screen.slice(1).replaceAll(/\W+/g, "-"))
    }
    if (wanted.length === 0) await pictureOwnMarket(page, picture)
    await context.close()
  }
}
await browser.close()
await relay.stop()
await rm(home, { recursive: true, force: true })

/**
 * The screens that have something to show only when a person has brought candles: here a market with a hole and a
 * wick.
 */
async function pictureOwnMarket(page: Page, picture: (name: string) => Promise<void>) {
  await page.goto("/data")
  await page
    .getByLabel("Candle files")
    .setInputFiles({ name: "BTCUSDT-1h.csv", mimeType: "text/csv", buffer: Buffer.from(spoiledCsv()) })
  const market = page.getByRole("link", { name: /^BTC\/USDT/ }).first()
  await market.waitFor()
  await picture("data-with-market")
  await market.click()
  await page.getByRole("heading", { level: 1, name: /BTC\/USDT/ }).waitFor()
  await picture("market")
  await page.getByRole("link", { name: "Test on it" }).click()
  await page.getByRole("heading", { level: 1, name: /on BTC\/USDT/ }).waitFor()
  await picture("backtest-of-own-market")
}

function spoiledCsv(): string {
  const lines = [
    ...candleCsv(
      syntheticCandles({
        seed: 11,
        candles: 6000,
        timeframe: "1h",
        startMs: Date.UTC(2025, 0, 1),
        startPrice: 90_000,
        kind: "mixed",
      }),
    ),
  ]
    .join("")
    .trimEnd()
    .split("\n")
  const wick = lines[4000].split(",")
  wick[3] = String(Number(wick[3]) * 0.4)
  return lines.toSpliced(4000, 1, wick.join(",")).toSpliced(2000, 40).join("\n")
}

async function take(page: Page, path: string) {
  await page.getByRole("heading", { level: 1 }).waitFor()
  // Nothing of a screen may still be on its way: the result of a backtest comes last.
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: projectPath(path), fullPage: true })
  console.log(path)
}
