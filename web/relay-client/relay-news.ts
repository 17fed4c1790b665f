// Whoever shows something of the relay asks again when there may be news of it.

/** Prices move between two events of a bot: while somebody looks, so often. */
const LOOK_AGAIN_MS = 3_000
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** Calls back whenever there may be news, as long as the page is in sight. */
export function hearNews(listener: () => void): () => void {
  listeners.add(listener)
  if (timer === undefined) begin()
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) end()
  }
}

/** Something was just changed at the relay: all who show something of it look again. */
export function tellNews(): void {
  for (const listener of listeners) listener()
}

function begin() {
  timer = setInterval(tellIfSeen, LOOK_AGAIN_MS)
  document.addEventListener("visibilitychange", tellIfSeen)
}

function end() {
  clearInterval(timer)
  timer = undefined
  document.removeEventListener("visibilitychange", tellIfSeen)
}

function tellIfSeen() {
  if (document.visibilityState === "visible") tellNews()
}
