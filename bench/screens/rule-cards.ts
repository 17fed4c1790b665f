import type { Browser, Page } from "@playwright/test"
import { stepsMs } from "./drag.ts"
import { threadClockOf } from "./main-thread.ts"
import { importMarket, type OpenedApp } from "./opened-app.ts"
import { watchFrames } from "./painted-frames.ts"
import { quantile } from "./quantile.ts"

const STEPS = 40
const TYPED = "macd(close, 12, 26, 9).histogram > 0 and close > ema(close, 200)"

/**
 * Edited rules over a year of hours with every card open: from a slider's key to the painted curve, and what typing a
 * formula costs the page's own thread.
 */
export async function measureRuleCards(app: OpenedApp): Promise<Record<string, number>> {
  const page = await app.newPage({ viewport: { width: 1280, height: 800 } })
  await watchFrames(page)
  const market = await importMarket(page, app.url, "1h", 8_760)
  await page.goto(`${app.url}/backtest?strategy=rsi-dip&market=${encodeURIComponent(market)}`)
  await page.getByTestId("verdict").waitFor()
  await page.getByRole("button", { name: "Change the rules" }).click()
  for (const title of ["Protection", "Size and entry", "Limits", "Named values"])
    await page.getByRole("button", { name: title, exact: true }).click()
  await page.getByRole("group", { name: "How the conditions join" }).getByRole("button", { name: "Any" }).click()
  await page.getByRole("slider", { name: "Buy below" }).first().focus()
  await stepsMs(page, 10)
  const clock = await threadClockOf(page)
  const before = await clock.cpuMs()
  const steps = await stepsMs(page, STEPS)
  const stepCpuMs = ((await clock.cpuMs()) - before) / STEPS
  const typing = await typed(page, app.browser)
  await page.getByRole("button", { name: "Close the rules" }).click()
  await page.getByRole("slider", { name: "Buy below" }).first().focus()
  const closed = await clock.cpuMs()
  await stepsMs(page, STEPS)
  const closedStepCpuMs = ((await clock.cpuMs()) - closed) / STEPS
  await page.context().close()
  return {
    cardsDragToCurveP50Ms: quantile(steps, 0.5),
    cardsDragToCurveP95Ms: quantile(steps, 0.95),
    cardsMainThreadPerStepMs: stepCpuMs,
    withoutCardsMainThreadPerStepMs: closedStepCpuMs,
    ...typing,
  }
}

async function typed(page: Page, browser: Browser): Promise<Record<string, number>> {
  const buy = page.getByRole("region", { name: "When to buy" })
  await buy.getByRole("button", { expanded: false }).first().click()
  await buy.getByRole("button", { name: "Edit as formula" }).click()
  await buy.getByLabel("Formula", { exact: true }).fill("")
  await browser.startTracing(page, { categories: ["toplevel", "__metadata"] })
  await buy.getByLabel("Formula", { exact: true }).pressSequentially(TYPED, { delay: 80 })
  const tasks = mainThreadTasksMs(await browser.stopTracing())
  return {
    typingLongestTaskMs: Math.max(...tasks),
    typingBusyPerKeyMs: tasks.reduce((a, b) => a + b, 0) / TYPED.length,
  }
}

type TraceEvent = { name: string; pid: number; tid: number; dur?: number; ph: string; args?: { name?: string } }

/** How long each task of the busiest page thread in a trace took. */
function mainThreadTasksMs(trace: Buffer): number[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] }
  const mains = traceEvents.filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain")
  const threads = mains.map(({ pid, tid }) =>
    traceEvents
      .filter((event) => event.pid === pid && event.tid === tid && event.name.endsWith("RunTask"))
      .map(({ dur = 0 }) => dur / 1000),
  )
  return threads.toSorted((a, b) => sum(b) - sum(a))[0]
}

function sum(values: number[]): number {
  return values.reduce((a, b) => a + b, 0)
}
