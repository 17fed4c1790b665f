import type { CDPSession, Page } from "@playwright/test"

/** Processor time of the page's own thread, so that a busy machine does not count. */
export type ThreadClock = { cpuMs: () => Promise<number> }

/** Starts counting the page's main thread. */
export async function threadClockOf(page: Page): Promise<ThreadClock> {
  const session: CDPSession = await page.context().newCDPSession(page)
  await session.send("Performance.enable", { timeDomain: "threadTicks" })
  return {
    cpuMs: async () => {
      const { metrics } = await session.send("Performance.getMetrics")
      return 1000 * metrics.find(({ name }) => name === "TaskDuration")!.value
    },
  }
}
