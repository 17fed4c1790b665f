import { readFile } from "node:fs/promises"
import type { Browser, Page } from "@playwright/test"
import { projectPath } from "../scripts/project-path.ts"

/** What a first visit costs. */
export interface FirstLoad {
  /** From asking for the address to the sentence of the first backtest on screen, median over the visits, in ms. */
  firstResultMs: number
  /** The home screen's JavaScript, workers included, compressed with gzip. */
  scriptGzipBytes: number
  scripts: { address: string; gzipBytes: number }[]
}

/** The sentence that ends the home screen's first backtest. */
const resultSentence = /would have (become|made)/

/** Visits the relay at `url` several times, each time as a new browser. */
export async function measureFirstLoad(browser: Browser, url: string, visits = 5): Promise<FirstLoad> {
  const timesMs: number[] = []
  let scripts: FirstLoad["scripts"] = []
  for (let visit = 0; visit < visits; visit += 1) {
    // The service worker would fetch the other screens meanwhile; they do not count here.
    const context = await browser.newContext({ serviceWorkers: "block" })
    const measured = await visitOnce(await context.newPage(), url)
    timesMs.push(measured.resultMs)
    scripts = measured.scripts
    await context.close()
  }
  const scriptGzipBytes = scripts.reduce((sum, script) => sum + script.gzipBytes, 0)
  return { firstResultMs: Math.round(median(timesMs)), scriptGzipBytes, scripts }
}

async function visitOnce(page: Page, url: string) {
  const addresses = new Set<string>()
  // The sentence and its chart count. What the screen fetches afterwards, when nothing else is to be done, does not.
  let isDrawn = false
  page.context().on("request", (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.endsWith(".js") && !isDrawn) addresses.add(pathname)
  })
  const chart = page.waitForResponse(/\/home-chart-/).then(() => (isDrawn = true))
  const started = performance.now()
  await page.goto(url, { waitUntil: "commit" })
  await page.getByText(resultSentence).first().waitFor()
  const resultMs = performance.now() - started
  await chart
  const scripts = await Promise.all(
    [...addresses].map(async (address) => ({ address, gzipBytes: await gzipBytesOf(address) })),
  )
  return { resultMs, scripts }
}

/** The size of the compressed twin; a file too small to have one counts at its own size. */
async function gzipBytesOf(address: string) {
  const plain = projectPath(`build/web${address}`)
  const sent = await readFile(`${plain}.gz`).catch(() => readFile(plain))
  return sent.length
}

function median(values: number[]) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}
