import { type AskVenue, dataIn, practiceVenue, unreachable, type VenueId, venueOf, VenueSource } from "#venues"
import { askPublic, usualLimits } from "./public-request.ts"

type OpenOptions = {
  /** Another address that answers like the exchange. It may end in Binance's "/api/v3", as ccxt users write it. */
  rest?: string
  /** Aborts requests under way. */
  signal?: AbortSignal
  /** Whether requests keep to the exchange's pace; true by default. */
  isThrottled?: boolean
}

/** The Practice exchange for another process of this computer: through a relay on the usual port. */
const practiceAtHome = practiceVenue({
  rest: "http://localhost:8787/api/md/practice",
  stream: "ws://localhost:8787/api/md/practice/stream",
})

/** An exchange's public market data, fetched from this process. The first call opens the connection. */
export function openVenue(id: VenueId, { rest, signal, isThrottled = true }: OpenOptions = {}): VenueSource {
  const venue = id === "practice" ? practiceAtHome : venueOf(id)
  const load = async () => {
    // ccxt costs 100 MB and half a second; only a fetch should pay that.
    const { default: ccxt } = await import("ccxt")
    return new ccxt[venue.dialect]({ enableRateLimit: isThrottled })
  }
  return new VenueSource(venue, load, askAt(rest?.replace(/\/(api\/v3)?\/?$/, "") ?? venue.rest[0], signal))
}

function askAt(origin: string, signal: AbortSignal | undefined): AskVenue {
  return async (path) => {
    const outcome = await askPublic(new URL(origin + path), { ...usualLimits, signal })
    if (outcome.kind !== "answer")
      throw unreachable(outcome.kind === "unreachable" ? outcome.because : why[outcome.kind])
    const { status, header } = outcome
    const body = new TextDecoder().decode(outcome.body)
    return dataIn(path, { status, body, contentType: header("content-type"), retryAfter: header("retry-after") })
  }
}

const why = {
  redirect: "it sent us elsewhere, and Candlewright does not follow",
  "too-large": `it answered with more than ${Math.round(usualLimits.mostBytes / 1_048_576)} MB`,
  "no-room": "there is no room for its answer",
  late: `no answer within ${usualLimits.patienceMs / 1000} seconds`,
  stopped: "the question was taken back",
}
