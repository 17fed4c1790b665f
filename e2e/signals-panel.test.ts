import type { Page } from "@playwright/test"
import { candleCsv, type Candles, HOUR_MS, sliceCandles, syntheticCandles } from "#engine/candles"
import { scoreForecast, trainForecast } from "#engine/run"
import { builtEngine } from "../engine-wasm/testing/built-engine.ts"
import { dayAndNightObjections } from "./axe.ts"
import { everythingIn } from "./browser-database.ts"
import { expect, test } from "./support.ts"

const START_MS = Date.UTC(2025, 0, 1)
const AHEAD = 24
const FIRST_CANDLES = 1_900
/** Two further days: the outcome of what was said first is in them. */
const ALL_CANDLES = FIRST_CANDLES + 2 * AHEAD

const candles = syntheticCandles({
  seed: 5,
  candles: ALL_CANDLES,
  timeframe: "1h",
  startMs: START_MS,
  startPrice: 2_000,
  kind: "mixed",
})
const until = (count: number) => sliceCandles(candles, { toMs: START_MS + count * HOUR_MS })

for (const width of [360, 1280])
  test(`at ${width} px the sample shows its votes and what the rules read, and no call is kept of what has ended`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 })
    await page.goto("/signals")
    await expect(page.getByText(/history ends at .* no call of it is kept and measured/)).toBeVisible()
    await expect(page.getByRole("img", { name: /^All votes together/ })).toBeVisible()
    await expect(page.locator("[data-vote]")).toHaveCount(26)
    await expect(page.locator("[data-vote=rsi]")).toContainText(/BUY|SELL|HOLD/)
    await expect(page.getByRole("article", { name: "Reading of DEMO/USD" })).toContainText("our own rules")
    await expect(page.getByText(/outcomes? (is|are) missing|Nothing was kept/)).toHaveCount(0)
    await page.getByRole("button", { name: "Ask now" }).click()
    await expect(page.getByText("Said by our rules")).toBeVisible()
    expect(await everythingIn(page, "analyses")).toHaveLength(1)
    expect(await everythingIn(page, "signalCalls")).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    expect(await dayAndNightObjections(page)).toEqual([])
  })

test("a market and a timeframe are remembered, and a link opens both", async ({ page }) => {
  await page.goto("/signals")
  await page.getByLabel("Candles of").selectOption("4h")
  await expect(page).toHaveURL(/timeframe=4h/)
  await page.goto("/signals")
  await expect(page.getByLabel("Candles of")).toHaveValue("4h")
  await page.goto("/signals?market=sample&timeframe=1d")
  await expect(page.getByLabel("Candles of")).toHaveValue("1d")
  await expect(page.getByTestId("stand")).toContainText("547 candles read")
})

test("what a model, the votes and the rules say is kept before its outcome, and later candles bring it, once", async ({
  page,
}) => {
  // A clock that stands: the market's last candle has just closed.
  await page.clock.setFixedTime(START_MS + FIRST_CANDLES * HOUR_MS)
  await importCandles(page, until(FIRST_CANDLES))
  await keepModel(page)
  await page.goto("/signals")
  await page.getByLabel("Market", { exact: true }).selectOption({ label: "ETH/USDT · from a file" })
  const forecast = page.getByRole("list", { name: "Forecasts" }).getByRole("listitem")
  await expect(forecast).toContainText(/Odds of a day.*% higher then/s)
  await expect(forecast).toContainText(/Its card, on ETH\/USDT: .*That is another market/)
  await expect(page.getByRole("list", { name: "Waiting" }).getByRole("listitem")).toHaveCount(3)
  const said = await keptCalls(page)
  expect(said.map(({ source }) => source.replace(/:.*/, "")).toSorted()).toEqual(["forecast", "rules", "votes"])
  expect(said.map(({ outcome }) => outcome)).toEqual([null, null, null])
  await expect(page.getByTestId("live-record-votes")).toContainText("1 call waits. 30 outcomes are missing")

  await importCandles(page, until(ALL_CANDLES), "Add to ETH/USDT")
  await page.clock.setFixedTime(START_MS + ALL_CANDLES * HOUR_MS)
  await page.goto("/signals")
  await expect(page.getByLabel("Market", { exact: true })).toHaveValue(said[0].market)
  await expect(page.locator("[data-call]").filter({ hasText: /came true|did not come true/ })).toHaveCount(3)
  const later = await keptCalls(page)
  expect(later).toHaveLength(6)
  const close = candles.close[FIRST_CANDLES + AHEAD - 1]
  for (const before of said) {
    const after = later.find(({ id }) => id === before.id)
    expect(after).toMatchObject({ ...before, outcome: { close } })
    if (before.action !== "HOLD")
      expect(after?.outcome?.cameTrue).toBe(before.action === "BUY" ? close > before.close : close < before.close)
  }
  await expect(page.getByTestId("live-record-votes")).toContainText(/Of 1 such calls.*29 more outcomes are missing/)
  // Once more: nothing that is known is written anew.
  await page.reload()
  await expect(page.getByTestId("stand")).toBeVisible()
  await expect(page.locator("[data-call]")).toHaveCount(6)
  expect(await keptCalls(page)).toEqual(later)
  expect(await dayAndNightObjections(page)).toEqual([])
})

type StoredCall = {
  id: string
  source: string
  market: string
  action: string
  close: number
  outcome: { close: number; cameTrue: boolean } | null
}

async function keptCalls(page: Page): Promise<StoredCall[]> {
  const calls = await everythingIn<StoredCall>(page, "signalCalls")
  return calls.map((call) => JSON.parse(JSON.stringify(call)) as StoredCall)
}

async function importCandles(page: Page, some: Candles, answer?: string) {
  await page.goto("/data")
  const buffer = Buffer.from([...candleCsv(some)].join(""))
  await page.getByLabel("Candle files").setInputFiles({ name: "ETHUSDT-1h.csv", mimeType: "text/csv", buffer })
  if (answer) await page.getByRole("button", { name: answer }).click()
  const count = new Intl.NumberFormat("en-US").format(some.openTimeMs.length)
  await expect(page.getByRole("listitem").filter({ hasText: "ETH/USDT" })).toContainText(`${count} candles`)
}

/** Puts a model that learnt from the first candles where trained ones are kept. */
async function keepModel(page: Page) {
  const engine = await builtEngine()
  const some = until(FIRST_CANDLES - 100)
  const answer = await trainForecast(
    engine,
    {
      name: "Odds of a day",
      kind: "logistic",
      target: "direction",
      horizonCandles: AHEAD,
      timeframe: "1h",
      market: "ETH/USDT",
      candles: some,
      seed: 1,
      folds: 3,
    },
    {},
  )
  if (!answer.ok) throw new Error(answer.problems[0].because)
  const { model } = answer
  const scoredOn = { marketId: "", name: "ETH/USDT", fromMs: START_MS, untilMs: START_MS }
  const kept = { hash: model.hash, model, card: scoreForecast(engine, model, some), scoredOn, createdMs: START_MS }
  await page.evaluate(async (row) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open("candlewright")
      opening.addEventListener("success", () => resolve(opening.result))
      opening.addEventListener("error", () => reject(opening.error ?? new Error("no database")))
    })
    const writing = database.transaction("models", "readwrite")
    writing.objectStore("models").put(row)
    await new Promise((resolve) => writing.addEventListener("complete", resolve))
    database.close()
  }, kept)
}
