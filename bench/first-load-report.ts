import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromium } from "@playwright/test"
import { startRelay } from "../relay/main.ts"
import { chromiumArguments, needChromium } from "../scripts/chromium.ts"
import { measureFirstLoad } from "./first-load.ts"

// Prints what a first visit costs, as JSON. Run after a build: npx tsx bench/first-load-report.ts
const home = await mkdtemp(join(tmpdir(), "candlewright-bench-"))
const relay = await startRelay({ port: 0, dataDir: join(home, "data"), print: () => {} })
const browser = await chromium.launch({ executablePath: needChromium(), args: chromiumArguments })
console.log(JSON.stringify(await measureFirstLoad(browser, relay.url), null, 2))
await browser.close()
await relay.stop()
await rm(home, { recursive: true, force: true })
