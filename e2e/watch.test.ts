import type { Page } from "@playwright/test"
import { MINUTE_MS } from "#engine/candles"
import { testWithExchange } from "./exchange-process.ts"
import { differences, exchangeCandles, storedCandles } from "./stored-candles.ts"
import { expect } from "./support.ts"

// The relay that uses our exchange as Binance.
const test = testWithExchange.extend({ baseURL: async ({ exchange }, use) => use(exchange.relayUrl) })

test.beforeEach(async ({ context, exchange }) => {
  await exchange.control("/streams/market", { isFrozen: false, isCloseless: false, delayMs: 0 })
  await exchange.control("/clock", { speed: 1 })
  // The real exchanges are out of reach of the tests: a browser that is not let in looks the same.
  await context.route(/^https:/, (route) => route.abort())
})

test("prices of two exchanges come in at once, with the last day, one of them through the relay", async ({ page }) => {
  await watchBinance(page)
  for (const name of ["Practice exchange", "Binance"]) {
    const market = row(page, name)
    await expect(market).toContainText("live")
    await expect(market).toContainText(/\d[\d,]*\.\d\d/)
    await expect(market).toContainText("%")
    await expect(market.locator("svg path[d]").first()).toHaveCount(1)
  }
  await expect(page.getByText("A program on this computer stands in for this exchange")).toBeVisible()
})

test("across dropped, dead and unreliable sockets no candle is missing and none is repainted", async ({
  page,
  exchange,
}) => {
  test.setTimeout(300_000)
  await watchBinance(page)
  await exchange.control("/clock", { speed: 60 }) // a candle every second
  const repainted = await noteRepaints(page)
  await closes(page, 2)
  await exchange.control("/sockets", { do: "close", code: 1006, kind: "market" })
  await closes(page, 3)
  await exchange.control("/streams/market", { lose: 12, duplicate: 3, reverse: 6 })
  await closes(page, 4)
  await exchange.control("/sockets", { do: "shut-down", kind: "market" })
  await exchange.control("/streams/market", { isCloseless: true })
  await closes(page, 3)
  await exchange.control("/streams/market", { isCloseless: false })
  await exchange.control("/sockets", { do: "cut-off", kind: "market" })
  await expect(row(page, "Binance")).toContainText(/silent for \d+ s/)
  await closes(page, 10)
  expect(await repainted()).toEqual([])
  await page.getByRole("button", { name: "Keep these candles" }).click()
  await expect(page.getByText(/\d+ candles kept as BTC\/USDT/)).toBeVisible()
  const kept = await storedCandles(page)
  expect(kept.length).toBeGreaterThan(515)
  expect(
    differences(
      kept,
      await exchangeCandles(exchange.rest, {
        symbol: "BTCUSDT",
        fromMs: kept[0][0],
        toMs: kept.at(-1)![0] + MINUTE_MS,
      }),
    ),
  ).toEqual([])
})

test("a feed that falls silent says for how long, and recovers", async ({ page, exchange }) => {
  await watchBinance(page)
  await exchange.control("/streams/market", { isFrozen: true })
  await expect(row(page, "Binance")).toContainText(/silent for \d+ s/)
  await expect(row(page, "Practice exchange")).toContainText("live")
  await exchange.control("/streams/market", { isFrozen: false })
  await expect(row(page, "Binance")).toContainText("live")
})

test("a candle the exchange corrects after its close stays as it was drawn, and a note says so", async ({
  page,
  exchange,
}) => {
  await watchBinance(page)
  await exchange.control("/clock", { speed: 60 })
  const repainted = await noteRepaints(page)
  await closes(page, 2) // it corrects what it has lived through, not what lies before its start
  await exchange.control("/clock", { speed: 1 })
  const last = Number(await page.locator("tr[data-open-time]").first().getAttribute("data-open-time"))
  const [[, open]] = await exchangeCandles(exchange.rest, { symbol: "BTCUSDT", fromMs: last, toMs: last + MINUTE_MS })
  await exchange.control("/symbols/BTCUSDT/corrections", {
    openTimeMs: last,
    high: (open * 2).toFixed(2),
    close: (open * 1.5).toFixed(2),
  })
  await exchange.control("/sockets", { do: "close", code: 1000, kind: "market" })
  await expect(page.getByText("the exchange changed this candle after its close")).toBeVisible()
  expect(await repainted()).toEqual([])
})

test("formulas are drawn, wrong ones name the character, and all are there again after a reload", async ({ page }) => {
  await page.goto("/watch")
  await page.getByRole("button", { name: "+ RSI" }).click()
  await page.getByLabel("A formula, such as").fill("highest(hgh, 20)")
  await page.getByRole("button", { name: "Draw it" }).click()
  await expect(page.getByRole("alert")).toContainText("because of character 9")
  await page.getByRole("button", { name: "Remove highest(hgh, 20)" }).click()
  await expect(page.getByRole("alert")).toHaveCount(0)
  await page.reload()
  await expect(page.getByRole("figure").getByText("rsi(close, 14)")).toBeVisible()
  await expect(page.getByRole("figure")).toContainText(/rsi\(close, 14\) \d+\.\d\d/)
  await expect(page.getByRole("alert")).toHaveCount(0)
})

test("the list is put in order and cleared, and undo brings a market back", async ({ page }) => {
  await page.goto("/watch")
  await page.getByRole("button", { name: "Arrange" }).click()
  await page.getByRole("button", { name: "Move ETH/USDT up" }).click()
  await expect(names(page).first()).toHaveText("ETH/USDT")
  await page.getByRole("button", { name: "Stop watching ETH/USDT" }).click()
  await expect(names(page)).toHaveText(["BTC/USDT", "BNB/USDT"])
  await page.getByRole("button", { name: "Undo" }).click()
  await expect(names(page)).toHaveText(["ETH/USDT", "BTC/USDT", "BNB/USDT"])
})

test("a second market is charted beside the first, stays through a reload, and goes when it is closed", async ({
  page,
}) => {
  await page.goto("/watch")
  await page.getByRole("button", { name: "Another beside" }).click()
  const beside = page.getByRole("region", { name: "The chart beside" })
  await expect(beside.getByRole("application")).toBeVisible()
  await beside.getByLabel("Beside it").selectOption("practice:ETH/USDT")
  await expect(page).toHaveURL(/beside=practice:ETH/)
  await page.reload()
  await expect(beside.getByRole("application")).toHaveAttribute("aria-label", /^ETH\/USDT/)
  const main = page.getByRole("region", { name: /^BTC\/USDT/ })
  await expect(main.getByRole("application")).toHaveAttribute("aria-label", /^BTC\/USDT/)
  // Both live: each shows a candle that still forms.
  await expect(main.getByText("still forming")).toBeVisible()
  await expect(beside.getByText("still forming")).toBeVisible()
  await page.getByRole("button", { name: "Close the chart beside" }).click()
  await expect(beside).toHaveCount(0)
  await expect(page).not.toHaveURL(/beside=/)
})

test("ticks reach the chart", async ({ page }) => {
  await page.goto("/watch")
  await expect(page.getByRole("figure").first()).toBeVisible()
  const tookMs = await page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const durations: number[] = []
        new PerformanceObserver((list) => {
          durations.push(...list.getEntriesByName("tick to chart").map(({ duration }) => duration))
          if (durations.length >= 8) resolve(durations.toSorted((a, b) => a - b))
        }).observe({ type: "measure" })
      }),
  )
  console.log(`tick to chart: median ${tookMs[4].toFixed(1)} ms of ${tookMs.map((each) => each.toFixed(0)).join(", ")}`)
  expect(tookMs.length).toBeGreaterThanOrEqual(8)
})

/** Adds Binance's BTC/USDT to the list, as a person does, and waits for its chart. */
async function watchBinance(page: Page) {
  await page.goto("/watch")
  await page.getByRole("button", { name: "Add a market" }).click()
  await page.getByRole("combobox", { name: "Market" }).fill("btcusdt")
  await page.getByRole("option", { name: "BTC/USDT" }).click()
  await expect(page).toHaveURL(/market=binance/)
  await page.getByText("The chart as a table").click()
  await expect(page.locator("tr[data-open-time]")).toHaveCount(30)
}

/** Watches the table of closed candles; returns every one that changed. */
async function noteRepaints(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const [seen, repainted] = [new Map<string, string>(), [] as string[]]
    const look = () => {
      for (const each of document.querySelectorAll<HTMLElement>("tr[data-open-time]")) {
        const [time, text] = [each.dataset.openTime!, each.textContent]
        if (seen.has(time) && seen.get(time) !== text) repainted.push(`${seen.get(time)} became ${text}`)
        seen.set(time, text)
      }
    }
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true })
    look()
    Object.assign(globalThis, { repainted })
  })
  return () => page.evaluate(() => (globalThis as unknown as { repainted: string[] }).repainted)
}

/** Waits until `count` further candles have closed. */
async function closes(page: Page, count: number) {
  const newest = page.locator("tr[data-open-time]").first()
  const wantedMs = Number(await newest.getAttribute("data-open-time")) + count * MINUTE_MS
  await expect
    .poll(async () => Number(await newest.getAttribute("data-open-time")), { timeout: 60_000 })
    .toBeGreaterThanOrEqual(wantedMs)
}

function row(page: Page, exchange: string) {
  return page
    .getByRole("list", { name: "Watched markets" })
    .getByRole("listitem")
    .filter({ hasText: "BTC/USDT" })
    .filter({ hasText: exchange })
}

function names(page: Page) {
  return page.getByRole("list", { name: "Watched markets" }).locator(".font-semibold")
}
