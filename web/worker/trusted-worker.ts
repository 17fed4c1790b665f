/** The part of the Trusted Types API used here; TypeScript's DOM library does not describe it yet. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): {
    createScriptURL(address: string): string
  }
}

/**
 * Starts a module worker of ours; throws when `address` is not on our own origin. The content policy lets scripts be
 * started only through the policy named `app-worker`, which is made here and nowhere else.
 *
 * Get the address from Vite: `import address from "../backtest-worker.ts?worker&url"`.
 */
export function startWorker(address: string, options: { name?: string } = {}): Worker {
  return new Worker(ownScript(address), { ...options, type: "module" })
}

/** Registers the service worker at `address`, on our own origin, for the whole app. */
export function registerServiceWorker(address: string): Promise<ServiceWorkerRegistration> {
  return navigator.serviceWorker.register(ownScript(address), { scope: "/" })
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
const policy = trustedTypes?.createPolicy("app-worker", { createScriptURL: sameOriginOnly })

// The result is a TrustedScriptURL where the browser has the type; the DOM library only knows strings.
function ownScript(address: string): string {
  return policy ? policy.createScriptURL(address) : sameOriginOnly(address)
}

function sameOriginOnly(address: string): string {
  const url = new URL(address, location.href)
  if (url.origin !== location.origin) throw new TypeError(`A worker must come from this app, not from ${url.origin}.`)
  return url.href
}
