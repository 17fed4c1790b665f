import type { Page } from "@playwright/test"

type Watching = { paintedMs: number[]; keyMs: number[]; shifts: number[] }

/**
 * From its next visit on, `page` records when a frame with canvas drawing was painted, when keys and pointers acted,
 * and how far its layout jumped.
 */
export async function watchFrames(page: Page): Promise<void> {
  // The loader that runs this file wraps named functions in a call that pages do not have.
  await page.addInitScript({ content: "globalThis.__name = (named) => named" })
  await page.addInitScript(() => {
    const watching: Watching = { paintedMs: [], keyMs: [], shifts: [] }
    Object.assign(globalThis, watching)
    // The message comes after the present frame is painted.
    const { port1, port2 } = new MessageChannel()
    let isDirty = false
    port2.addEventListener("message", () => {
      isDirty = false
      watching.paintedMs.push(performance.now())
    })
    port2.start()
    const note = () => {
      if (isDirty) return
      isDirty = true
      port1.postMessage(undefined)
    }
    const drawing = CanvasRenderingContext2D.prototype
    for (const name of ["stroke", "fill", "fillRect"] as const) {
      const draw = drawing[name] as (...given: unknown[]) => void
      ;(drawing as unknown as Record<string, unknown>)[name] = function (this: unknown, ...given: unknown[]) {
        note()
        return draw.apply(this, given)
      }
    }
    for (const kind of ["keydown", "pointermove"])
      addEventListener(kind, ({ timeStamp }) => watching.keyMs.push(timeStamp), { capture: true })
    new PerformanceObserver((list) => {
      for (const each of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
        if (!each.hadRecentInput) watching.shifts.push(each.value)
    }).observe({ type: "layout-shift", buffered: true })
  })
}

/** When frames with drawing were painted, on the page's clock. */
export async function paintedMs(page: Page): Promise<number[]> {
  return page.evaluate(() => (globalThis as unknown as Watching).paintedMs)
}

/** The delay from the newest key or pointer to a painted chart. */
export async function nextPaintAfterInputMs(page: Page): Promise<number> {
  const answer = await page.waitForFunction(() => {
    const { paintedMs: painted, keyMs } = globalThis as unknown as Watching
    const input = keyMs.at(-1)
    const next = input === undefined ? undefined : painted.find((at) => at > input)
    return next === undefined ? undefined : next - input!
  })
  return (await answer.jsonValue()) as number
}

/** The sum of all layout shifts without user input. */
export async function layoutShift(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as Watching).shifts.reduce((sum, each) => sum + each, 0))
}
