import type { OpenedApp } from "./opened-app.ts"
import { layoutShift, watchFrames } from "./painted-frames.ts"

const screens = { home: "/", backtest: "/backtest", watch: "/watch" }
const widths = [360, 1280]

/** How far each screen's layout jumps while it comes in (CLS), as a phone and a desk see it. */
export async function measureLayoutShifts(app: OpenedApp): Promise<Record<string, number>> {
  const figures: Record<string, number> = {}
  for (const width of widths) {
    for (const [name, path] of Object.entries(screens)) {
      const page = await app.newPage({ viewport: { width, height: 800 } })
      await watchFrames(page)
      await page.goto(app.url + path)
      await page.waitForLoadState("load")
      await page.waitForTimeout(3_000)
      figures[`layoutShift_${name}_${width}`] = Number((await layoutShift(page)).toFixed(4))
      await page.context().close()
    }
  }
  return figures
}
