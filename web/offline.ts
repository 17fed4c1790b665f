import { keepCodeForOffline } from "./code-offline.ts"
import { registerServiceWorker } from "./worker/trusted-worker.ts"

/** Called when a newer Candlewright has been fetched and waits; `useIt` switches to it and reloads the page. */
export type OnNewVersion = (useIt: () => void) => void

/**
 * Caches the app for use without a network, once the page has loaded. Does nothing in development and where the
 * browser has no service workers; a failed registration only costs the offline use, so it is logged and not thrown.
 */
export async function keepForOffline(onNewVersion: OnNewVersion): Promise<void> {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return
  // The first screen comes first: offline caching fetches all the other ones.
  if (document.readyState !== "complete")
    await new Promise((resolve) => addEventListener("load", resolve, { once: true }))
  try {
    const registration = await registerServiceWorker("/sw.js")
    announce(registration, onNewVersion)
    registration.addEventListener("updatefound", () => watch(registration, onNewVersion))
    await keepCodeForOffline()
  } catch (error) {
    console.warn("Not all of Candlewright can be used offline here:", error)
  }
}

function watch(registration: ServiceWorkerRegistration, onNewVersion: OnNewVersion) {
  registration.installing?.addEventListener("statechange", () => announce(registration, onNewVersion))
}

/** The first installation replaces nothing, so there is nothing to announce. */
function announce({ waiting }: ServiceWorkerRegistration, onNewVersion: OnNewVersion) {
  if (waiting && navigator.serviceWorker.controller) onNewVersion(() => switchTo(waiting))
}

function switchTo(waiting: ServiceWorker) {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true })
  waiting.postMessage({ type: "SKIP_WAITING" })
}
