import { threadClockOf } from "./main-thread.ts"
import { importMarket, type OpenedApp } from "./opened-app.ts"
import { watchFrames } from "./painted-frames.ts"
import { quantile } from "./quantile.ts"
import { stepsMs } from "./drag.ts"

const STEPS = 40

/** A run over a year of hours lived again: from an arrow key to the painted candle, and what a step costs the page. */
export async function measureReplay(app: OpenedApp): Promise<Record<string, number>> {
  const page = await app.newPage({ viewport: { width: 1280, height: 800 } })
  await watchFrames(page)
  const market = await importMarket(page, app.url, "1h", 8_760)
  await page.goto(`${app.url}/backtest?market=${encodeURIComponent(market)}`)
  await page.getByTestId("verdict").waitFor()
  await page.getByRole("button", { name: "Be there again" }).click()
  await page.getByTestId("replay-now").waitFor()
  await stepsMs(page, 10)
  const clock = await threadClockOf(page)
  const before = await clock.cpuMs()
  const steps = await stepsMs(page, STEPS)
  const mainThreadMs = (await clock.cpuMs()) - before
  await page.context().close()
  return {
    replayStepP50Ms: quantile(steps, 0.5),
    replayStepP95Ms: quantile(steps, 0.95),
    replayMainThreadPerStepMs: mainThreadMs / STEPS,
  }
}
