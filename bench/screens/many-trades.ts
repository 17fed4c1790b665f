import type { Page } from "@playwright/test"
import { threadClockOf } from "./main-thread.ts"
import { importMarket, type OpenedApp } from "./opened-app.ts"
import { paintedMs, watchFrames } from "./painted-frames.ts"
import { quantile } from "./quantile.ts"

const PAN_MS = 3_000

/** A result with some five thousand trades: how soon its chart appears, and how it moves while panning. */
export async function measureManyTrades(app: OpenedApp): Promise<Record<string, number>> {
  const page = await app.newPage({ viewport: { width: 1280, height: 800 } })
  await watchFrames(page)
  const market = await importMarket(page, app.url, "15m", 160_000)
  const words = new URLSearchParams({ market, timeframe: "15m", params: "fast:5,slow:20,stop:20" })
  await page.goto(`${app.url}/backtest?${words.toString()}`)
  await page.getByTestId("verdict").waitFor()
  const chart = page.getByRole("application").first()
  await chart.waitFor()
  await page.waitForFunction(() => (globalThis as unknown as { paintedMs: number[] }).paintedMs.length > 0)
  const firstPaintMs = (await paintedMs(page))[0]
  const trades = Number((await page.getByText(/^[\d,]+ trades$/).textContent())!.replace(/\D/g, ""))
  await page.waitForTimeout(1_500)
  const panned = await pan(page)
  await page.context().close()
  return { manyTradesCount: trades, manyTradesFirstPaintMs: firstPaintMs, ...panned }
}

async function pan(page: Page): Promise<Record<string, number>> {
  const chart = page.getByRole("application").first()
  await chart.scrollIntoViewIfNeeded()
  const box = (await chart.boundingBox())!
  const [x, y] = [box.x + box.width / 2, box.y + 80]
  const clock = await threadClockOf(page)
  await page.mouse.move(x, y)
  await page.mouse.down()
  const [before, from] = [await clock.cpuMs(), (await paintedMs(page)).length]
  const began = performance.now()
  for (let move = 0; performance.now() - began < PAN_MS; move++) {
    await page.mouse.move(x + 200 * Math.sin(move / 20), y)
    await page.waitForTimeout(8)
  }
  const after = await clock.cpuMs()
  await page.mouse.up()
  const painted = (await paintedMs(page)).slice(from)
  const gaps = painted.slice(1).map((at, n) => at - painted[n])
  return {
    panFrameP50Ms: quantile(gaps, 0.5),
    panFrameP95Ms: quantile(gaps, 0.95),
    panMainThreadPerFrameMs: (after - before) / Math.max(1, painted.length),
  }
}
