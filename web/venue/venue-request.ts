import { failureOfResponse, unreachable, VenueFailure } from "./venue-failure.ts"
import type { VenueListing } from "./venue-list.ts"

/** Whether an exchange is asked from here or by the relay. */
export type VenueRoute = "direct" | "relay"

/** The relay's pass-through of public market data, on the app's own origin. */
const PASS_THROUGH = "/api/md"

/**
 * Asks an exchange for public data: directly first, and through the relay when this browser is not let in (no CORS
 * header and no network look
 * the same from a page). The way that worked is kept for as long as the worker lives. GET only, no headers, no cookies.
 */
export class VenueRequest {
  route: VenueRoute | undefined
  readonly #venue: VenueListing

  constructor(venue: VenueListing) {
    this.#venue = venue
    if (venue.isPractice) this.route = "relay"
  }

  /** The body behind a path such as "/api/v3/klines?symbol=BTCUSDT". Throws `VenueFailure`. */
  async get(path: string, signal?: AbortSignal): Promise<Response> {
    const firstRoute = this.route ?? "direct"
    try {
      return await this.#getBy(firstRoute, path, signal)
    } catch (error) {
      // Only before any way has worked: a connection that was there and broke is not a reason to go another way.
      if (this.route !== undefined || !isUnreachable(error)) throw error
      return await this.#getBy("relay", path, signal)
    }
  }

  async #getBy(route: VenueRoute, path: string, signal: AbortSignal | undefined): Promise<Response> {
    const address = route === "direct" ? this.#venue.host + path : `${PASS_THROUGH}/${this.#venue.id}${path}`
    const { status, ok, headers, body } = await read(address, signal)
    const relaysNo = route === "relay" ? relaysOwnNo(status, body) : undefined
    if (relaysNo !== undefined) throw unreachable(relaysNo)
    if (!ok) throw failureOfResponse({ status, body, retryAfter: headers.get("retry-after") })
    // A host that serves the app as bare files answers any address with its page.
    if (/text\/html/.test(headers.get("content-type") ?? "")) throw unreachable("it sent a page instead of data")
    // ccxt would take an empty or broken body for a time without candles, and that would be remembered.
    if (parsed(body) === undefined) throw unreachable("its answer makes no sense")
    this.route = route
    return new Response(body, { status, headers })
  }
}

/** The whole body is read here, because a connection may break in the middle of it. */
async function read(address: string, signal: AbortSignal | undefined) {
  try {
    const response = await fetch(address, { signal, credentials: "omit", redirect: "error", cache: "no-store" })
    return { status: response.status, ok: response.ok, headers: response.headers, body: await response.text() }
  } catch (error) {
    throw unreachable(signal?.aborted ? "no answer came in time" : (error as Error).message)
  }
}

function isUnreachable(error: unknown): boolean {
  return error instanceof VenueFailure && error.failure.kind === "unreachable"
}

/**
 * Why the relay, and not the exchange, answered: its own no is one sentence under `error`. Undefined for what is the
 * exchange's.
 */
function relaysOwnNo(status: number, body: string): string | undefined {
  if (body.startsWith('{"error":') && Object.keys(parsed(body) ?? {}).length === 1)
    return `the relay got no answer from it, HTTP ${status}`
  // A host of bare files has no relay and no JSON.
  return status === 404 && parsed(body) === undefined ? "Candlewright's relay does not run here" : undefined
}

function parsed(body: string): object | undefined {
  try {
    return JSON.parse(body) as object
  } catch {
    return undefined
  }
}
