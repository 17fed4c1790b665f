import { Hono } from "hono"
import { passThrough, type PassThroughLimits } from "../door/pass-through.ts"
import type { Venue } from "#venues"

/**
 * `GET /api/md/venues`, and `GET /api/md/<venue>/<path>`: public market data of a venue, for a browser it does not
 * let in.
 */
export function marketDataRoutes(venues: readonly Venue[], limits?: PassThroughLimits) {
  return new Hono()
    .get("/venues", (c) =>
      c.json(
        venues.map(({ id, name, isPractice, timeframes, candlesPerPage }) => ({
          id,
          name,
          kind: isPractice ? "practice" : "real",
          timeframes,
          candlesPerPage,
        })),
      ),
    )
    .get("/:venue/*", async (c) => {
      const venue = venues.find(({ id }) => id === c.req.param("venue"))
      if (venue === undefined) return c.json({ error: "Candlewright does not know this exchange." }, 404)
      // The address as it was sent, still encoded: what is decoded later cannot slip past the list of paths.
      const { pathname, search } = new URL(c.req.raw.url)
      const path = pathname.slice(pathname.indexOf(`/${venue.id}/`) + venue.id.length + 1)
      const { status, body, retryAfter, usedWeight } = await passThrough(
        venue,
        { path, query: search },
        { ...limits, signal: c.req.raw.signal },
      )
      if (retryAfter !== undefined) c.header("retry-after", retryAfter)
      if (usedWeight !== undefined) c.header("x-mbx-used-weight-1m", usedWeight)
      return c.body(body, status as 200, { "content-type": "application/json; charset=utf-8" })
    })
}
