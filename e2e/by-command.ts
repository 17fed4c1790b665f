import { execFile } from "node:child_process"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import type { Page } from "@playwright/test"

/** The sample market as the command reads it. */
export const sampleCandles = `DEMO/USD=${fileURLToPath(new URL("../public/sample/demo-usd-1h.csv.gz", import.meta.url))}`

/** What the built `candlewright` prints to stdout. */
export async function byCommand(...words: string[]): Promise<string> {
  const command = fileURLToPath(new URL("../build/candlewright.mjs", import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [command, ...words], { maxBuffer: 1 << 28 })
  return stdout
}

/** The answer and equity of `candlewright backtest` with the app's first cash and slippage. `candles` as `--candles`. */
export async function backtestByCommand(document: unknown, ...candles: string[]) {
  const folder = await mkdtemp(join(tmpdir(), "candlewright-command-"))
  const [strategy, equity] = [join(folder, "strategy.json"), join(folder, "equity.csv")]
  await writeFile(strategy, JSON.stringify(document))
  const given = candles.flatMap((each) => ["--candles", each])
  const account = ["--cash", "100", "--slippage-percent", "0.05"]
  const words = ["backtest", "--strategy", strategy, "--equity", equity, ...given, ...account, "--json"]
  const printed = { answer: JSON.parse(await byCommand(...words)), equity: await readFile(equity, "utf8") }
  await rm(folder, { recursive: true, force: true })
  return printed
}

/** What one of the export buttons of a result saves. */
export async function exportedText(page: Page, button: string): Promise<string> {
  await page.getByRole("tab", { name: "Repeat or export" }).click()
  const waiting = page.waitForEvent("download")
  await page.getByRole("button", { name: button }).click()
  return readFile(await (await waiting).path(), "utf8")
}
