import { mkdir, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromium, type Browser } from "playwright"
import { startRelay } from "../relay/main.ts"
import { screens } from "../e2e/screens.ts"
import { chromiumArguments, needChromium } from "./chromium.ts"
import { projectPath } from "./project-path.ts"

// Pictures of every screen in shots/, as a phone and a desk see it, by day and by night. Names of screens may be given: npm run shots -- /data
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
for (const screen of wanted.length > 0 ? wanted : screens()) await picture(browser, screen)
await browser.close()
await relay.stop()
await rm(home, { recursive: true, force: true })

async function picture(from: Browser, screen: string) {
  for (const theme of themes) {
    for (const viewport of sizes) {
      const page = await from.newPage({ viewport, colorScheme: theme, reducedMotion: "reduce" })
      await page.goto(relay.url + screen)
      await page.getByRole("heading", { level: 1 }).waitFor()
      // Nothing of a screen may still be on its way: the result of a backtest comes last.
      await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
      await page.evaluate(() => document.fonts.ready)
      const name = screen === "/" ? "home" : screen.slice(1).replaceAll(/\W+/g, "-")
      const path = `shots/${name}-${viewport.width}-${theme}.png`
      await page.screenshot({ path: projectPath(path), fullPage: true })
      console.log(path)
      await page.context().close()
    }
  }
}
