import type { ServerResponse } from "node:http"
import { Hono, type Context } from "hono"
import type { Venue } from "#venues"
import { Refusal } from "../door/refusal.ts"
import { noRoom, passThrough, type PassedAnswer } from "../door/pass-through.ts"
import { PassThroughGate, type Place } from "../door/pass-through-gate.ts"
import type { Surroundings } from "../surroundings.ts"

/** A page that has not read its answer by then is disconnected. */
const TAKE_WITHIN_MS = 60_000

export type MarketDataDeps = { venues: readonly Venue[]; surroundings: Pick<Surroundings, "after"> }

/** `GET /api/md/venues`, and `GET /api/md/<venue>/<path>`: public market data of a venue that refuses browsers. */
export function marketDataRoutes({ venues, surroundings }: MarketDataDeps) {
  const gate = new PassThroughGate()
  return new Hono()
    .get("/venues", (c) =>
      c.json(
        venues.map(({ id, name, isPractice, standIn, timeframes, candlesPerPage }) => ({
          id,
          name,
          kind: isPractice ? "practice" : "real",
          isStandIn: standIn !== undefined,
          timeframes,
          candlesPerPage,
        })),
      ),
    )
    .get("/:venue/*", async (c) => {
      const venue = venues.find(({ id }) => id === c.req.param("venue"))
      if (venue === undefined) throw new Refusal(404, "unknown-venue", "Candlewright does not know this exchange.")
      const place = gate.enter()
      if (place === undefined) return sent(c, noRoom)
      try {
        // The address as sent, still encoded: nothing decoded later can slip past the list of paths.
        const { pathname, search: query } = new URL(c.req.raw.url)
        const path = pathname.slice(pathname.indexOf(`/${venue.id}/`) + venue.id.length + 1)
        return sent(c, await passThrough(venue, { path, query }, { hold: place.hold, signal: c.req.raw.signal }))
      } finally {
        leaveOnceTaken(c, place, surroundings)
      }
    })
}

function sent(c: Context, { status, body, retryAfter, usedWeight }: PassedAnswer): Response {
  if (retryAfter !== undefined) c.header("retry-after", retryAfter)
  if (usedWeight !== undefined) c.header("x-mbx-used-weight-1m", usedWeight)
  return c.body(body, status as 200, { "content-type": "application/json; charset=utf-8" })
}

/** An answer counts against the limit until the page has all of it. */
function leaveOnceTaken(c: Context, { leave }: Place, { after }: MarketDataDeps["surroundings"]): void {
  const response = (c.env as { outgoing?: ServerResponse } | undefined)?.outgoing
  if (response === undefined || response.closed) return leave()
  const cancel = after(TAKE_WITHIN_MS, () => response.destroy())
  response.once("close", () => {
    cancel()
    leave()
  })
}
