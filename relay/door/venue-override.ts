import * as z from "zod"
import { realVenues, type Venue, type VenueId } from "#venues"

const loopbackNames = ["localhost", "127.0.0.1", "[::1]"]
const standIn = z.strictObject({ rest: z.string(), stream: z.string().optional(), wsApi: z.string().optional() })
const overrides = z.record(z.string(), standIn)

/**
 * The venues to pass on to: the real ones, except those that `text` replaces by stand-ins on this computer
 * (`{"binance":{"rest":"http://127.0.0.1:9100","stream":"ws://127.0.0.1:9100","wsApi":"ws://127.0.0.1:9100/ws-api/v3"}}`),
 * accounts included. Throws a sentence for anything else.
 */
export function venuesFrom(text: string | undefined): readonly Venue[] {
  if (text === undefined || text === "") return realVenues
  const wanted = overrides.safeParse(parsed(text))
  if (!wanted.success)
    throw new Error(
      'CANDLEWRIGHT_VENUES is not understood. Write it as {"binance":{"rest":"http://127.0.0.1:9100","stream":"ws://127.0.0.1:9100","wsApi":"ws://127.0.0.1:9100/ws-api/v3"}}.',
    )
  const unknown = Object.keys(wanted.data).find((id) => !realVenues.some((venue) => venue.id === id))
  if (unknown !== undefined)
    throw new Error(`CANDLEWRIGHT_VENUES names "${unknown}". Known are ${realVenues.map(({ id }) => id).join(", ")}.`)
  return realVenues.map((venue) => {
    const asked = wanted.data[venue.id]
    return asked === undefined ? venue : replaced(venue, asked)
  })
}

/** Those of them that a program on this computer stands in for. */
export function standInsAmong(venues: readonly Venue[]): VenueId[] {
  return venues.filter(({ standIn }) => standIn !== undefined).map(({ id }) => id)
}

function replaced(venue: Venue, { rest, stream, wsApi }: z.infer<typeof standIn>): Venue {
  const { origin } = loopback(rest, "http:")
  const streamOrigin = stream === undefined ? undefined : loopback(stream, "ws:").origin
  const usualOrigin = streamOrigin ?? origin.replace("http:", "ws:")
  return {
    ...venue,
    rest: [origin],
    streams: streamOrigin === undefined ? [] : [streamOrigin],
    standIn: { stream: usualOrigin, wsApi: wsApi === undefined ? usualOrigin + USUAL_WS_API : wsApiFrom(wsApi) },
  }
}

function wsApiFrom(wsApi: string): string {
  const { origin, pathname } = loopback(wsApi, "ws:", /^\/[\w/-]*$/)
  return origin + (pathname === "/" ? USUAL_WS_API : pathname)
}

const USUAL_WS_API = "/ws-api/v3"

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function loopback(address: string, protocol: "http:" | "ws:", path = /^\/$/): { origin: string; pathname: string } {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const isFine =
    url?.protocol === protocol &&
    loopbackNames.includes(url.hostname) &&
    url.username === "" &&
    path.test(url.pathname) &&
    url.search === ""
  if (!isFine)
    throw new Error(
      `CANDLEWRIGHT_VENUES may only lead to this computer, such as ${protocol}//127.0.0.1:9100; "${address}" does not.`,
    )
  return { origin: `${url.protocol}//${url.host}`, pathname: url.pathname }
}
