import type { Page } from "@playwright/test"
import type { Timeframe } from "#engine/candles"
import { nextPaintAfterInputMs, watchFrames } from "./painted-frames.ts"
import { importMarket, type OpenedApp } from "./opened-app.ts"
import { quantile } from "./quantile.ts"
import { threadClockOf } from "./main-thread.ts"

const STEPS = 40
const DRAG_MS = 4_000
/** A finger is reported with every frame, whether the page has answered the one before or not. */
const MOVE_MS = 16

/** A slider moved over a year of hours: from the key to the painted curve, and what it costs the page's own thread. */
export async function measureDrag(app: OpenedApp): Promise<Record<string, number>> {
  const page = await sliderOver(app, "1h", 8_760)
  await stepsMs(page, 10)
  const clock = await threadClockOf(page)
  const single = await stepsMs(page, STEPS)
  const dragged = await drag(page, clock.cpuMs)
  await page.context().close()
  return {
    dragToCurveP50Ms: quantile(single, 0.5),
    dragToCurveP95Ms: quantile(single, 0.95),
    ...dragged,
  }
}

/** The same over a year of minutes, key by key. */
export async function measureDragOfMinutes(app: OpenedApp): Promise<Record<string, number>> {
  const page = await sliderOver(app, "1m", 525_600)
  await stepsMs(page, 10)
  const single = await stepsMs(page, STEPS)
  await page.context().close()
  return { minutesToCurveP50Ms: quantile(single, 0.5), minutesToCurveP95Ms: quantile(single, 0.95) }
}

/** A page with a result on made-up candles, and its slider in focus. */
async function sliderOver(app: OpenedApp, timeframe: Timeframe, candles: number): Promise<Page> {
  const page = await app.newPage({ viewport: { width: 1280, height: 800 } })
  await watchFrames(page)
  const market = await importMarket(page, app.url, timeframe, candles)
  await page.goto(`${app.url}/backtest?market=${encodeURIComponent(market)}&timeframe=${timeframe}`)
  await page.getByTestId("verdict").waitFor()
  await page.getByRole("slider", { name: "Fast average" }).focus()
  return page
}

/** Presses the arrow on the slider in focus and waits for the curve, again and again. */
export async function stepsMs(page: Page, count: number): Promise<number[]> {
  const took: number[] = []
  for (let step = 0; step < count; step++) {
    await page.keyboard.press(step % 20 < 10 ? "ArrowRight" : "ArrowLeft")
    took.push(await nextPaintAfterInputMs(page))
    await page.waitForTimeout(40)
  }
  return took
}

async function drag(page: Page, cpuMs: () => Promise<number>): Promise<Record<string, number>> {
  const thumb = page.getByRole("slider", { name: "Fast average" })
  const box = (await thumb.boundingBox())!
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  // A result may be drawn in two frames, chart and overview: we count results by their sentence.
  await page.getByTestId("verdict").evaluate((verdict) => {
    const counted = ((globalThis as unknown as { results: number }).results = 0)
    new MutationObserver(() => (globalThis as unknown as { results: number }).results++).observe(verdict, {
      childList: true,
      subtree: true,
      characterData: true,
    })
    return counted
  })
  const before = await cpuMs()
  const began = performance.now()
  const hand = await page.context().newCDPSession(page)
  const moves: Promise<unknown>[] = []
  while (performance.now() - began < DRAG_MS) {
    const at = x + 60 * Math.sin((performance.now() - began) / 150)
    moves.push(hand.send("Input.dispatchMouseEvent", { type: "mouseMoved", x: at, y, button: "left", buttons: 1 }))
    await page.waitForTimeout(MOVE_MS)
  }
  await Promise.all(moves)
  const [after, tookMs] = [await cpuMs(), performance.now() - began]
  const curves = await page.evaluate(() => (globalThis as unknown as { results: number }).results)
  await page.mouse.up()
  const [atRest] = [await cpuMs()]
  await page.waitForTimeout(1_500)
  return {
    curvesPerSecond: (1000 * curves) / tookMs,
    mainThreadPerCurveMs: (after - before) / Math.max(1, curves),
    mainThreadAfterRestMs: (await cpuMs()) - atRest,
  }
}
