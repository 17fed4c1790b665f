/** Where the service worker keeps what it did not install at once (scripts/offline-shell.ts). */
const CACHE = "lazy-assets"

/**
 * Fetches the compiler and the editor (about 5 MB) behind everything else, so that strategies in code run without a
 * network. Not where the person saves data. What fails is tried again with the next visit.
 */
export async function keepCodeForOffline(): Promise<void> {
  if ((navigator as { connection?: { saveData?: boolean } }).connection?.saveData) return
  await underServiceWorker()
  const parts = (await (await fetch("/code-parts.json")).json()) as string[]
  const cache = await caches.open(CACHE)
  // One after the other: whatever the screen needs meanwhile does not wait for them.
  for (const part of parts) if (!(await cache.match(part))) await fetchWhole(part)
  await forgetOlder(cache, parts)
}

async function underServiceWorker(): Promise<void> {
  await navigator.serviceWorker.ready
  if (navigator.serviceWorker.controller) return
  await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }))
}

/** The service worker keeps what passes through it. */
async function fetchWhole(part: string): Promise<void> {
  const { body } = await fetch(part, { priority: "low" })
  await body?.pipeTo(new WritableStream())
}

/** A version before left 25 MB under other names. */
async function forgetOlder(cache: Cache, parts: string[]): Promise<void> {
  const stems = new Set(parts.map(stemOf))
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url)
    if (stems.has(stemOf(pathname)) && !parts.includes(pathname)) await cache.delete(request)
  }
}

/** A path without the hash of its content. */
function stemOf(path: string): string {
  return path.replace(/-[\w-]{8}(?=\.\w+$)/, "")
}
