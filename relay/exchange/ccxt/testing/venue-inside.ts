import type { RealVenueId } from "#venues"
import { openExchange } from "../ccxt-exchange.ts"
import type { CcxtExchangeOptions } from "../ccxt-exchange.ts"
import { openInProcess } from "../../simulated/in-process.ts"
import { type OpenOptions, openWithWaysIn } from "../../simulated/opened-exchange.ts"
import { VirtualTime } from "../../simulated/virtual-time.ts"

const [rest, stream] = ["http://localhost", "ws://localhost"]

/** Where a client inside the process finds an exchange that speaks its language. */
export function addressesInside(venue: RealVenueId): NonNullable<CcxtExchangeOptions["addresses"]> {
  if (venue !== "binance") return { rest, stream, wsApi: stream }
  return { rest: `${rest}/api/v3`, stream: `${stream}/ws`, wsApi: `${stream}/ws-api/v3` }
}
const NEW_YEAR_MS = Date.UTC(2026, 0, 1)

/** A simulated exchange and a client of it in one process, without a port, in virtual time. */
export async function venueInside(
  options: OpenOptions = {},
  access: (time: VirtualTime) => Partial<CcxtExchangeOptions> = () => ({}),
  startMs = NEW_YEAR_MS,
) {
  const bugs: unknown[] = []
  const time = new VirtualTime({ startMs, seed: "inside", onBug: (error) => bugs.push(error) })
  const opened = await openWithWaysIn({ seed: "inside", historyDays: 1, heartbeatMs: 1_000, ...options }, time)
  const inside = openInProcess(opened)
  const venueId = options.speak ?? "binance"
  const exchange = await openExchange({
    venue: venueId,
    apiKey: opened.key.apiKey,
    secret: opened.secret,
    addresses: addressesInside(venueId),
    clock: time,
    gate: () => {},
    fetch: (url, init) => inside.fetch(url, init as Parameters<typeof inside.fetch>[1]),
    socket: (url) => inside.socket(url),
    ...access(time),
  })
  const { venue } = opened.exchange.state
  /** The requests it received, by name. */
  const heard = (name: string) =>
    opened.exchange.log.entries.filter((entry) => entry.kind === "request" && entry.name === name)
  return { exchange, time, opened, venue, heard, bugs, until: <Value>(promise: Promise<Value>) => time.until(promise) }
}
