import {
  MOST_ANSWER_BYTES,
  dataIn,
  failureOfAnswer,
  parsedJson,
  unreachable,
  type Venue,
  type VenueAnswer,
  VenueFailure,
} from "#venues"
import { askRelay } from "./relay-door.ts"

/** Whether requests go to an exchange directly or through the relay. */
export type VenueRoute = "direct" | "relay"

/** The relay's pass-through of public market data, on the app's own origin. */
const PASS_THROUGH = "/api/md"
const PATIENCE_MS = 20_000
/** The relay has as much under way as it can hold, and says how long to wait. */
const BUSY = 503

/**
 * Requests public data from an exchange: directly first, and through the relay when the exchange refuses this browser
 * (a missing CORS header and a missing network look the same from a page). Keeps the route that worked for as long as
 * the worker lives. GET only, no headers, no cookies.
 */
export class VenueRequest {
  route: VenueRoute | undefined
  readonly #venue: Venue

  constructor(venue: Venue) {
    this.#venue = venue
    if (venue.isPractice) this.route = "relay"
  }

  /** The data behind a path such as "/api/v3/klines?symbol=BTCUSDT", as JSON text. Throws `VenueFailure`. */
  async ask(path: string): Promise<string> {
    const firstRoute = this.route ?? "direct"
    try {
      return await this.#askBy(firstRoute, path)
    } catch (error) {
      // Only before any route has worked: a broken connection is not a reason to change it.
      if (this.route !== undefined || !isUnreachable(error)) throw error
      return await this.#askBy("relay", path)
    }
  }

  async #askBy(route: VenueRoute, path: string): Promise<string> {
    const answer =
      route === "direct"
        ? await read(this.#venue.rest[0] + path, fetch)
        : await read(`${PASS_THROUGH}/${this.#venue.id}${path}`, askRelay)
    const relaysNo = route === "relay" ? relaysOwnNo(answer) : undefined
    if (relaysNo) throw relaysNo
    const data = dataIn(path, answer)
    this.route = route
    return data
  }
}

/** The whole body is read here, because a connection may break in the middle of it. */
async function read(address: string, ask: typeof askRelay): Promise<VenueAnswer> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  try {
    const response = await ask(address, { signal, credentials: "omit", redirect: "error", cache: "no-store" })
    const [contentType, retryAfter] = ["content-type", "retry-after"].map((name) => response.headers.get(name))
    return { status: response.status, body: await wholeText(response), contentType, retryAfter }
  } catch (error) {
    throw unreachable(signal.aborted ? "no answer came in time" : (error as Error).message)
  }
}

/** The body as text; a bomb or an endless one is refused where it passes what any honest answer has. */
async function wholeText({ body }: Response): Promise<string> {
  const decoder = new TextDecoder()
  let [text, bytes] = ["", 0]
  const reader = body?.getReader()
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    bytes += next.value.length
    if (bytes > MOST_ANSWER_BYTES) {
      await reader?.cancel()
      throw new Error("its answer is too large")
    }
    text += decoder.decode(next.value, { stream: true })
  }
  return text + decoder.decode()
}

function isUnreachable(error: unknown): boolean {
  return error instanceof VenueFailure && error.failure.kind === "unreachable"
}

/**
 * Why the relay, and not the exchange, answered: its own refusal is one sentence under `error`. Undefined for the
 * exchange's answers.
 */
function relaysOwnNo(answer: VenueAnswer): VenueFailure | undefined {
  const { status, body } = answer
  if (body.startsWith('{"error":') && Object.keys(parsedJson(body) ?? {}).length === 1)
    return status === BUSY ? failureOfAnswer(answer) : unreachable(`the relay got no answer from it, HTTP ${status}`)
  // A host of bare files has no relay and no JSON.
  return status === 404 && parsedJson(body) === undefined
    ? unreachable("Candlewright's relay does not run here")
    : undefined
}
