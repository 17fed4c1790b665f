import { type Arrival, type Entrance, type Front, withPort } from "./front.ts"
import { Refusal } from "./refusal.ts"

/** The parts of a request that show who sends it. Header values as sent, missing ones undefined. */
export interface Caller extends Arrival {
  method: string
  path: string
  /** The address as sent, when it was a whole one ("http://localhost:8787/api") as proxies get them. */
  whole?: string
  origin?: string
  /** Sec-Fetch-Site, -Mode and -Dest: browsers send them, scripts in a page cannot forge them. */
  site?: string
  mode?: string
  destination?: string
}

/**
 * By which of our addresses a request comes in, judged by its headers and its sender alone. Ordinary requests and
 * WebSocket upgrades share this check, because middleware does not run for upgrades. @throws {Refusal}
 */
export function entranceOf(caller: Caller, front: Front): Entrance {
  const { whole, host, origin, site } = caller
  if (front.isPublic && isProbe(caller)) return { origin: front.home, isPublic: true, from: caller.from ?? "here" }
  const entrance = front.entrance(caller)
  const scheme = entrance.isPublic ? "https" : "http"
  if (whole !== undefined && hostIn(whole, scheme) !== withPort(host, scheme)) throw front.wrongName()
  if (origin !== undefined && withPort(origin, scheme) !== withPort(entrance.origin, scheme)) throw foreignPage
  if (site === undefined || site === "same-origin" || site === "none" || isFollowedLink(caller)) return entrance
  throw foreignPage
}

const probed = ["/api/health/live", "/api/health/ready"]

/**
 * Load balancers and orchestrators ask at this computer's network address and without TLS, and cannot be taught the
 * name. They hear whether it lives and is ready, which strangers hear by the name as well.
 */
function isProbe({ method, path, origin, site }: Caller): boolean {
  return method === "GET" && probed.includes(path) && origin === undefined && site === undefined
}

function hostIn(address: string, scheme: "http" | "https"): string | undefined {
  return URL.canParse(address) ? withPort(new URL(address).host, scheme) : undefined
}

/** What carried a request here, read off the socket. */
export type Carrier = { remoteAddress?: string; encrypted?: boolean }

/** Reads the caller through a header lookup, which works for Node's and the Fetch API's requests. */
export function callerFrom(
  { method, path, target, carrier }: { method: string; path: string; target?: string; carrier: Carrier | undefined },
  header: (name: string) => string | undefined,
): Caller {
  return {
    method,
    path,
    whole: target === undefined || target.startsWith("/") ? undefined : target,
    host: header("host"),
    from: carrier?.remoteAddress,
    isEncrypted: carrier?.encrypted === true,
    forwardedFor: header("x-forwarded-for"),
    forwardedProto: header("x-forwarded-proto"),
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
