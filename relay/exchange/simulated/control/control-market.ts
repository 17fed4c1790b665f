import type { Hono } from "hono"
import { MINUTE_MS } from "#engine/candles"
import { BadRequest, done, read } from "./control-answer.ts"
import { controlRequests } from "./control-requests.ts"
import type { Controlled } from "./control.ts"
import { obey } from "./command.ts"
import type { Exchange } from "../exchange-state.ts"
import { forgetClosed } from "../faults/forget-closed.ts"
import type { Work } from "../long-work.ts"
import type { Sockets } from "../streams/sockets.ts"

const DOWN_MS = 40_000

/** Adds the commands that move time, prices, rules and candles. */
export function addMarketControl(app: Hono, controlled: Controlled): void {
  addTimeAndStories(app, controlled)
  addRules(app, controlled)
  addCandles(app, controlled)
}

function addTimeAndStories(app: Hono, { exchange, sockets }: Controlled): void {
  const { clock } = exchange
  const { venue } = exchange.state
  app.post("/clock", async (context) => {
    const { speed, advanceMs, skewMs } = await read(context, controlRequests.clock)
    if (speed !== undefined) clock.setSpeed(speed)
    if (skewMs !== undefined) clock.skew(skewMs - clock.skewMs())
    const patience = { signal: context.req.raw.signal, patienceMs: Infinity }
    await exchange.longWork.run(advanceInSteps(exchange, advanceMs ?? 0), patience)
    return context.json({ nowMs: venue.nowMs })
  })
  app.post("/scenario", async (context) => {
    const { kind, symbol, lastsMs, size } = await read(context, controlRequests.scenario)
    if (kind === "down") takeDown(exchange, sockets, lastsMs ?? DOWN_MS)
    else obey(exchange, { do: "scenario", kind, symbol, lastsMs, size })
    return done(context)
  })
}

function addRules(app: Hono, { exchange }: Controlled): void {
  const { rateLimits } = exchange.state
  app.post("/symbols/:symbol", async (context) => {
    const rules = await read(context, controlRequests.rules)
    return done(context, obey(exchange, { do: "set-rules", symbol: context.req.param("symbol"), rules }))
  })
  app.delete("/symbols/:symbol", (context) =>
    done(context, obey(exchange, { do: "delist", symbol: context.req.param("symbol") })),
  )
  app.post("/orders/:id/expire", (context) =>
    done(context, obey(exchange, { do: "expire-order", orderId: Number(context.req.param("id")) })),
  )
  app.post("/orders/:id/fill", async (context) =>
    done(
      context,
      obey(exchange, {
        do: "fill-order",
        orderId: Number(context.req.param("id")),
        ...(await read(context, controlRequests.fill)),
      }),
    ),
  )
  app.post("/limits", async (context) => {
    rateLimits.limits = { ...rateLimits.limits, ...(await read(context, controlRequests.limits)) }
    return done(context)
  })
}

function addCandles(app: Hono, { exchange }: Controlled): void {
  const { venue } = exchange.state
  // What is done to candles is no command of the log.
  const keep = (_change?: unknown) => exchange.keeper?.snapshot()
  app.post("/symbols/:symbol/quiet", async (context) =>
    done(
      context,
      obey(exchange, {
        do: "quiet",
        symbol: context.req.param("symbol"),
        ...(await read(context, controlRequests.quiet)),
      }),
    ),
  )
  app.post("/symbols/:symbol/candles", async (context) =>
    done(
      context,
      keep(
        Object.assign(
          venue.market(context.req.param("symbol")).candles.trouble,
          await read(context, controlRequests.candles),
        ),
      ),
    ),
  )
  app.post("/symbols/:symbol/corrections", async (context) => {
    const { openTimeMs, ...correction } = await read(context, controlRequests.correction)
    if (!venue.market(context.req.param("symbol")).candles.correct(openTimeMs, correction))
      throw new BadRequest("openTimeMs: no minute of this exchange that has closed")
    return done(context, keep())
  })
  app.post("/holes", async (context) => {
    const { symbol, fromMs, toMs } = await read(context, controlRequests.hole)
    if (!venue.market(symbol).candles.forget(fromMs, toMs))
      throw new BadRequest("There are as many holes already as the exchange can remember.")
    return done(context, keep())
  })
}

/** Runs the market through a stretch of exchange time, any backlog included, a minute at a time. */
function* advanceInSteps({ clock, state: { venue }, catchUp }: Exchange, byMs: number): Work<void> {
  for (let leftMs = byMs; leftMs > 0; leftMs -= MINUTE_MS) {
    clock.advance(Math.min(leftMs, MINUTE_MS))
    catchUp(MINUTE_MS)
    yield
  }
  while (venue.nowMs < clock.nowMs()) {
    catchUp(MINUTE_MS)
    yield
  }
}

/** Takes the exchange down: every request fails, every socket is cut, until this much exchange time has passed. */
export function takeDown(exchange: Exchange, sockets: Sockets, lastsMs: number): void {
  exchange.downUntilMs = exchange.state.venue.nowMs + lastsMs
  forgetClosed(exchange)
  sockets.close("all", 1006)
}

/** Restarts the exchange in an instant: every socket is cut, and lists of the newest closed orders begin anew. */
export function restart(exchange: Exchange, sockets: Sockets): void {
  forgetClosed(exchange)
  sockets.close("all", 1006)
}
