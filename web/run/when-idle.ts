/** Does something when the page has nothing else to do, at the latest after a second; Safari has no idle callback. */
export function whenIdle(work: () => void): { cancel: () => void } {
  if (typeof requestIdleCallback === "undefined") {
    const timer = setTimeout(work, 200)
    return { cancel: () => clearTimeout(timer) }
  }
  const idle = requestIdleCallback(work, { timeout: 1000 })
  return { cancel: () => cancelIdleCallback(idle) }
}
