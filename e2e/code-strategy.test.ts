import { execFile } from "node:child_process"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { grid } from "../engine-wasm/host/strategy/templates/grid.ts"
import { expect, test } from "./support.ts"

/** The compiler is 13 MB to read, and its first compilation is cold. */
const COMPILED_MS = 90_000
test.setTimeout(2 * COMPILED_MS)

const sample = fileURLToPath(new URL("../public/sample/demo-usd-1h.csv.gz", import.meta.url))

test("a strategy in code is compiled in the browser, under the content policy, and trades as the command does; a slider then gives another result without compiling again", async ({
  page,
}) => {
  const complaints: string[] = []
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()))
  await page.goto("/backtest?strategy=grid")
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Grid/)
  const verdict = page.getByTestId("verdict")
  await expect(verdict).toHaveText(/would have become/, { timeout: COMPILED_MS })
  await page.getByRole("tab", { name: "Repeat or export" }).click()
  const waiting = page.waitForEvent("download")
  await page.getByRole("button", { name: "Everything as JSON" }).click()
  const inApp = JSON.parse(await readFile(await (await waiting).path(), "utf8"))
  expect(inApp.trades.length).toBeGreaterThan(50)
  // The module's hash too: the compiler makes the same bytes in Chromium as in Node.
  // What is said about the result rests on an exchange's minimum order, which only the app knows.
  expect({ ...inApp, about: undefined }).toEqual({ ...(await byCommand()), about: undefined })

  const compiler = page.workers().find((worker) => worker.url().includes("asc-worker"))!
  await compiler.evaluate(() => {
    const counting = Object.assign(globalThis, { asked: 0 })
    addEventListener("message", () => counting.asked++)
  })
  const before = await verdict.textContent()
  await page.getByRole("slider", { name: "Grid lines" }).focus()
  for (let step = 0; step < 5; step++) await page.keyboard.press("ArrowRight")
  await expect(verdict).not.toHaveText(before!)
  expect(await compiler.evaluate(() => (globalThis as unknown as { asked: number }).asked)).toBe(0)
  expect(complaints).toEqual([])
})

async function byCommand() {
  const folder = await mkdtemp(join(tmpdir(), "candlewright-command-"))
  const strategy = join(folder, "strategy.json")
  await writeFile(strategy, JSON.stringify(grid.document))
  const command = fileURLToPath(new URL("../build/candlewright.mjs", import.meta.url))
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      command,
      "backtest",
      "--strategy",
      strategy,
      "--candles",
      `DEMO/USD=${sample}`,
      "--cash",
      "100",
      "--slippage-percent",
      "0.05",
      "--json",
    ],
    { maxBuffer: 1 << 28 },
  )
  await rm(folder, { recursive: true, force: true })
  return JSON.parse(stdout)
}
