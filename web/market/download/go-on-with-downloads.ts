/** A first answer that has not arrived by now must not keep a download waiting. */
const MOST_MS = 10_000
/** The chart is fetched when its answer has been painted. */
const CHART_MS = 2000

/**
 * Resumes the downloads of a closed or reloaded window, whatever screen is open. The first screen comes first: the
 * database's code loads only after the page has loaded and, on a screen that opens with an answer, after
 * `firstAnswer` and its chart. Where the app's own files cannot be had any more (its relay has ended), the next page
 * goes on with them.
 */
export async function goOnWithDownloads(firstAnswer?: Promise<void>): Promise<void> {
  if (document.readyState !== "complete")
    await new Promise((resolve) => addEventListener("load", resolve, { once: true }))
  if (firstAnswer) await Promise.race([firstAnswer.then(() => wait(CHART_MS)), wait(MOST_MS)])
  const queue = await import("./download-queue.ts").catch(() => undefined)
  queue?.runDownloads()
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
