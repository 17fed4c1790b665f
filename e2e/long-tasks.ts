import type { Page } from "@playwright/test"

type Watching = { longTasks: number[] }

/** From now on until navigation, `page` records how long its own thread was blocked, where that was over 50 ms. */
export async function watchLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const long: number[] = ((globalThis as unknown as Watching).longTasks = [])
    new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: "longtask",
    })
  })
}

/** The tasks over 50 ms since they are watched, in whole ms, oldest first. */
export async function longTasksMs(page: Page): Promise<number[]> {
  return page.evaluate(() => (globalThis as unknown as Watching).longTasks.map(Math.round))
}
