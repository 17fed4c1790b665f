import * as z from "zod"
import { type RealVenueId, realVenues, type Venue, type VenueId } from "#venues"

const loopbackNames = ["localhost", "127.0.0.1", "[::1]"]
const standIn = z.strictObject({ rest: z.string(), stream: z.string().optional(), wsApi: z.string().optional() })
type Scheme = "http:" | "ws:"

/** Paths that an exchange's own addresses have, and that may stand in a stand-in's; they are added again where they belong. */
const restPaths: Readonly<Record<RealVenueId, string>> = {
  binance: "/api/v3",
  bybit: "/v5",
  coinbase: "/api/v3/brokerage",
}
const PRIVATE_STREAM = "/v5/private"
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
  const origin = originOf(rest, "http:", [restPaths[venue.dialect]])
  const streamPaths = venue.dialect === "bybit" ? [venue.streamPath, PRIVATE_STREAM] : [venue.streamPath]
  const streamOrigin = stream === undefined ? undefined : originOf(stream, "ws:", streamPaths)
  const usualOrigin = streamOrigin ?? origin.replace("http:", "ws:")
  return {
    ...venue,
    rest: [origin],
    streams: streamOrigin === undefined ? [] : [streamOrigin],
    standIn: { stream: usualOrigin, wsApi: wsApi === undefined ? usualOrigin + USUAL_WS_API : wsApiFrom(wsApi) },
  }
}

function wsApiFrom(wsApi: string): string {
  const { host, pathname } = loopback(wsApi, "ws:")
  if (!/^\/[\w/-]*$/.test(pathname)) refuse(wsApi, "has a path of other than letters, digits, _, - and /")
  return `ws://${host}${pathname === "/" ? USUAL_WS_API : pathname}`
}

const USUAL_WS_API = "/ws-api/v3"

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The origin of an address that has no path, or one of these. */
function originOf(address: string, scheme: Scheme, paths: readonly string[]): string {
  const { host, pathname } = loopback(address, scheme)
  if (!["", ...paths].includes(pathname.replace(/\/$/, ""))) {
    const known = paths.filter((path) => path !== "/")
    const orKnown = known.length === 0 ? "" : `, or write ${known.join(" or ")}`
    refuse(address, `has a path that this exchange's address does not have. Leave the path out${orKnown}`)
  }
  return `${scheme}//${host}`
}

function loopback(address: string, scheme: Scheme): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url?.protocol !== scheme) return refuse(address, `is not an address such as ${scheme}//127.0.0.1:9100`)
  if (!loopbackNames.includes(url.hostname))
    refuse(address, `does not lead to this computer, as ${scheme}//127.0.0.1:9100 would, and it may lead nowhere else`)
  if (url.username !== "" || url.password !== "")
    refuse(address, "has a user's name in front of the host. Leave it out")
  if (url.search !== "" || url.hash !== "") refuse(address, "has something after its path. Leave it out")
  return url
}

function refuse(address: string, why: string): never {
  throw new Error(`CANDLEWRIGHT_VENUES: "${address}" ${why}.`)
}
