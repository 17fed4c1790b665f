import { gzipSync } from "node:zlib"
import type { Page } from "@playwright/test"
import { zipSync } from "fflate"
import { HOUR_MS } from "#engine/candles"
import { expect, test } from "./support.ts"

const header = "open_time_ms,open,high,low,close,volume"

test("a dropped candle file becomes a market with its range, its count and no gaps", async ({ page }) => {
  await page.goto("/data")
  await choose(page, "kraken-BTCUSD-1h.csv", candleCsv(500))
  const market = page.getByRole("listitem").filter({ hasText: "BTC/USD" })
  await expect(market).toContainText("500 candles")
  await expect(market).toContainText("no gaps")
  await expect(market).toContainText("1h")
  await expect(market).toContainText("kraken-BTCUSD-1h.csv")
})

test("gzip and zip files are read by their contents", async ({ page }) => {
  await page.goto("/data")
  await choose(page, "ETHUSDT-1h.csv.gz", gzipSync(candleCsv(100)))
  await expect(page.getByRole("heading", { name: "ETH/USDT" })).toBeVisible()
  await choose(page, "SOLUSDT-1h.zip", Buffer.from(zipSync({ "SOLUSDT-1h.csv": candleCsv(100) })))
  await expect(page.getByRole("heading", { name: "SOL/USDT" })).toBeVisible()
})

test("missing candles are counted as gaps", async ({ page }) => {
  await page.goto("/data")
  await choose(page, "BTCUSD-1h.csv", candleCsv(100, { without: [50, 51, 70] }))
  await expect(page.getByRole("listitem").filter({ hasText: "BTC/USD" })).toContainText("2 gaps, 3 missing")
})

const row = (at: number, close = "10") => `${at * HOUR_MS},10,11,9,${close},1`
const badFiles: [what: string, text: string | Buffer, sentence: RegExp][] = [
  ["without a column", `open_time_ms,open,high,low\n0,1,1,1`, /close/i],
  ["with a word for a number", [header, row(1), row(2), row(3, "many")].join("\n"), /Row 4/],
  ["with a high below its low", [header, row(1), `${2 * HOUR_MS},10,9,11,10,1`].join("\n"), /Row 3/],
  ["with a negative price", [header, row(1), `${2 * HOUR_MS},10,11,-9,10,1`].join("\n"), /Row 3/],
  ["out of order", [header, row(1), row(3), row(2), row(4)].join("\n"), /Row 4/],
  ["with two different candles for one moment", [header, row(1), row(2), row(2, "10.5"), row(3)].join("\n"), /Row 4/],
  ["with no rows", `${header}\n`, /no candles/],
  ["with nothing in it", "", /empty/],
  ["that is a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), /\w/],
  ["that is a broken zip", Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]), /zip/i],
]
for (const [what, text, sentence] of badFiles) {
  test(`a file ${what} is refused in a sentence, and nothing of it is kept`, async ({ page }) => {
    await page.goto("/data")
    await choose(page, "BTCUSD-1h.csv", Buffer.from(text))
    const refusal = page.getByRole("alert")
    await expect(refusal).toContainText("BTCUSD-1h.csv was not imported.")
    await expect(refusal).toContainText(sentence)
    await page.reload()
    await expect(page.getByText("None yet")).toBeVisible()
  })
}

test("a long import shows how far it is, can be cancelled, and then leaves nothing", async ({ page }) => {
  await page.goto("/data")
  await choose(page, "BTCUSD-1m.csv.gz", gzipSync(candleCsv(1_500_000, { stepMs: 60_000 })))
  await page.getByRole("button", { name: "Cancel" }).click()
  await expect(page.getByText("BTCUSD-1m.csv.gz: stopped.")).toBeVisible()
  await page.reload()
  await expect(page.getByText("None yet")).toBeVisible()
})

test("a deleted market comes back with Undo, and stays away without", async ({ page }) => {
  await page.goto("/data")
  await choose(page, "BTCUSD-1h.csv", candleCsv(100))
  const market = page.getByRole("heading", { name: "BTC/USD" })
  await page.getByRole("button", { name: "Delete BTC/USD" }).click()
  await expect(market).toBeHidden()
  await page.getByRole("button", { name: "Undo" }).click()
  await expect(market).toBeVisible()
  await page.getByRole("button", { name: "Delete BTC/USD" }).click()
  await expect(market).toBeHidden()
  await page.reload()
  await expect(page.getByText("None yet")).toBeVisible()
})

test("a market can be renamed by keyboard alone", async ({ page }) => {
  await page.goto("/data")
  await choose(page, "candles.csv", candleCsv(100))
  await page.getByRole("button", { name: "Rename candles" }).press("Enter")
  await page.getByLabel("Name, such as BTC/USDT").fill("XMR/USD")
  await page.keyboard.press("Enter")
  await expect(page.getByRole("heading", { name: "XMR/USD" })).toBeVisible()
  await expect(page.getByRole("dialog")).toBeHidden()
})

test("a browser that keeps nothing says so instead of showing a white page", async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(globalThis, "indexedDB", { value: undefined }))
  await page.goto("/data")
  await expect(page.getByRole("alert")).toContainText("private window")
})

async function choose(page: Page, name: string, buffer: Buffer) {
  await page.getByLabel("Candle files").setInputFiles({ name, mimeType: "text/csv", buffer })
}

function candleCsv(
  count: number,
  { without = [], stepMs = HOUR_MS }: { without?: number[]; stepMs?: number } = {},
): Buffer {
  const rows = Array.from({ length: count }, (_, at) => at).filter((at) => !without.includes(at))
  const start = Date.UTC(2024, 0, 1)
  return Buffer.from(
    [header, ...rows.map((at) => `${start + at * stepMs},100.5,101,${99 + (at % 10) / 10},100,${at % 7}`)].join("\n"),
  )
}
