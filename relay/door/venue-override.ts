import * as z from "zod"
import { realVenues, type Venue } from "#venues"

const loopbackNames = ["localhost", "127.0.0.1", "[::1]"]
const overrides = z.record(z.string(), z.strictObject({ rest: z.string(), stream: z.string().optional() }))

/**
 * The venues to pass on to: the real ones, except those that `text` replaces by stand-ins on this computer
 * (`{"binance":{"rest":"http://127.0.0.1:9100","stream":"ws://127.0.0.1:9100"}}`). Throws a sentence for anything
 * else.
 */
export function venuesFrom(text: string | undefined): readonly Venue[] {
  if (text === undefined || text === "") return realVenues
  const wanted = overrides.safeParse(parsed(text))
  if (!wanted.success)
    throw new Error(
      'CANDLEWRIGHT_VENUES is not understood. Write it as {"binance":{"rest":"http://127.0.0.1:9100","stream":"ws://127.0.0.1:9100"}}.',
    )
  const unknown = Object.keys(wanted.data).find((id) => !realVenues.some((venue) => venue.id === id))
  if (unknown !== undefined)
    throw new Error(`CANDLEWRIGHT_VENUES names "${unknown}". Known are ${realVenues.map(({ id }) => id).join(", ")}.`)
  return realVenues.map((venue) => {
    const stand = wanted.data[venue.id]
    return stand === undefined
      ? venue
      : {
          ...venue,
          rest: [loopback(stand.rest, "http:")],
          streams: stand.stream === undefined ? [] : [loopback(stand.stream, "ws:")],
        }
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function loopback(address: string, protocol: "http:" | "ws:"): string {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const isFine =
    url?.protocol === protocol &&
    loopbackNames.includes(url.hostname) &&
    url.username === "" &&
    url.pathname === "/" &&
    url.search === ""
  if (!isFine)
    throw new Error(
      `CANDLEWRIGHT_VENUES may only lead to this computer, such as ${protocol}//127.0.0.1:9100; "${address}" does not.`,
    )
  return `${url.protocol}//${url.host}`
}
