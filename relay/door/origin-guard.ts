import { Refusal } from "./refusal.ts"

/** The parts of a request that show who sends it. Header values as sent, missing ones undefined. */
export interface Caller {
  method: string
  path: string
  /** The address as sent, when it was a whole one ("http://localhost:8787/api") as proxies get them. */
  whole?: string
  host?: string
  origin?: string
  /** Sec-Fetch-Site, -Mode and -Dest: browsers send them, scripts in a page cannot forge them. */
  site?: string
  mode?: string
  destination?: string
}

const ownNames = ["localhost", "127.0.0.1", "[::1]"]

/**
 * Whether a request may come in, judged by its headers alone; undefined means it may. `port` is our own. Ordinary
 * requests and WebSocket upgrades share this check, because middleware does not run for upgrades.
 */
export function refusalOf(caller: Caller, port: number): Refusal | undefined {
  const host = withPort(caller.host)
  // A foreign name in Host means that somebody pointed their own domain at this computer (DNS rebinding).
  if (!ownNames.some((name) => host === `${name}:${port}`)) return wrongName(port)
  if (caller.whole !== undefined && hostIn(caller.whole) !== host) return wrongName(port)
  if (caller.origin !== undefined && withPort(caller.origin) !== `http://${host}`) return foreignPage
  if (caller.site === undefined || caller.site === "same-origin" || caller.site === "none") return undefined
  return isFollowedLink(caller) ? undefined : foreignPage
}

/** A host or origin with its port spelled out: browsers leave out 80. */
function withPort(host: string | undefined): string | undefined {
  return host === undefined || /:\d+$/.test(host) ? host : `${host}:80`
}

function hostIn(address: string): string | undefined {
  return URL.canParse(address) ? withPort(new URL(address).host) : undefined
}

/** Reads the caller through a header lookup, which works for Node's and the Fetch API's requests. */
export function callerFrom(
  { method, path, target }: { method: string; path: string; target?: string },
  header: (name: string) => string | undefined,
): Caller {
  return {
    method,
    path,
    whole: target === undefined || target.startsWith("/") ? undefined : target,
    host: header("host"),
    origin: header("origin"),
    site: header("sec-fetch-site"),
    mode: header("sec-fetch-mode"),
    destination: header("sec-fetch-dest"),
  }
}

/** A link on another site may open the app in a tab; it may not reach the API or a frame. */
function isFollowedLink(caller: Caller) {
  const opensTab = caller.mode === "navigate" && caller.destination === "document"
  return opensTab && caller.method === "GET" && !caller.path.startsWith("/api/")
}

const foreignPage = new Refusal(
  403,
  "foreign-page",
  "Another website tried to use your Candlewright. It was refused, and nothing was changed.",
)

function wrongName(port: number): Refusal {
  return new Refusal(
    421,
    "wrong-host",
    `Candlewright answers only on this computer. Open localhost:${port} in the browser that runs on it.`,
  )
}
