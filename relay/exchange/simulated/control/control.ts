import { type Context, Hono } from "hono"
import type { Account, Permissions } from "../account/account.ts"
import { createHmacKey } from "../account/api-key.ts"
import { BadRequest, done, read } from "./control-answer.ts"
import { addMarketControl } from "./control-market.ts"
import { controlRequests } from "./control-requests.ts"
import { type Exchange, obey } from "../protocol/dispatch.ts"
import { Refusal } from "../refusal.ts"
import type { Sockets } from "../streams/sockets.ts"
import type { VirtualClock } from "../virtual-clock.ts"

export type Controlled = { exchange: Exchange; sockets: Sockets; clock: VirtualClock; seed: string }

const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/**
 * The control plane: makes accounts, faults, weather and time. It listens on a port of its own and is for the person
 * at this
 * machine only: strange Host names, requests from web pages and bodies that are not JSON are turned away.
 */
export function createControl(controlled: Controlled): Hono {
  const app = new Hono()
  app.use(async (context, next) => {
    if (!LOCAL_HOST.test(context.req.header("host") ?? ""))
      return context.json({ error: "Ask me by localhost or 127.0.0.1." }, 421)
    // Browsers add at least one of these to whatever a page sends; a person's own programs add neither.
    if (context.req.header("origin") || !["none", undefined].includes(context.req.header("sec-fetch-site")))
      return context.json({ error: "Web pages may not drive the exchange." }, 403)
    if (
      context.req.method !== "GET" &&
      context.req.method !== "DELETE" &&
      !context.req.header("content-type")?.startsWith("application/json")
    )
      return context.json({ error: "Send JSON." }, 415)
    controlled.exchange.catchUp()
    await next()
  })
  app.onError((error, context) =>
    context.json({ error: error.message }, error instanceof Refusal || error instanceof BadRequest ? 400 : 500),
  )
  addReading(app, controlled)
  addAccounts(app, controlled)
  addMarketControl(app, controlled)
  addFaults(app, controlled)
  return app
}

function addReading(app: Hono, { exchange, clock }: Controlled): void {
  const { venue, keys, rateLimits } = exchange.state
  app.get("/", (context) =>
    context.json({
      nowMs: venue.nowMs,
      speed: clock.speed,
      skewMs: clock.skewMs(),
      downUntilMs: exchange.downUntilMs,
      seed: venue.options.seed,
      symbols: [...venue.markets.keys()],
      accounts: [...venue.accounts.keys()],
      keys: keys.size,
      limits: rateLimits.limits,
      faults: exchange.faults.list(),
    }),
  )
  app.get("/log", (context) =>
    context.json(exchange.log.entries.filter(({ sequence }) => sequence >= Number(context.req.query("from") ?? 0))),
  )
}

function addAccounts(app: Hono, { exchange, seed }: Controlled): void {
  const { keys } = exchange.state
  const accountOf = (context: Context) => Number(context.req.param("id"))
  app.post("/accounts", async (context) => {
    const { name, balances, permissions } = await read(context, controlRequests.account)
    const account = obey(exchange, { do: "open-account", name }) as Account
    for (const [asset, delta] of Object.entries(balances))
      obey(exchange, { do: "deposit", accountId: account.id, asset, delta })
    const key = createHmacKey(seed, account.id)
    Object.assign(key.permissions, permissions satisfies Partial<Permissions>)
    keys.set(key.apiKey, key)
    return context.json({ accountId: account.id, apiKey: key.apiKey, secret: key.secret })
  })
  app.post("/accounts/:id/keys", async (context) => {
    const { scheme, publicKey, permissions } = await read(context, controlRequests.key)
    const key = createHmacKey(`${seed}/${keys.size}`, accountOf(context))
    if (scheme !== "HMAC" && publicKey === undefined) throw new BadRequest("Send the public key as PEM.")
    Object.assign(key.permissions, permissions)
    keys.set(key.apiKey, { ...key, scheme, secret: publicKey ?? key.secret })
    return context.json({ apiKey: key.apiKey, ...(scheme === "HMAC" ? { secret: key.secret } : {}) })
  })
  app.post("/keys/:key", async (context) => {
    const key = keys.get(context.req.param("key"))
    if (!key) throw new BadRequest("There is no such key.")
    const { permissions, isRevoked } = await read(context, controlRequests.keyChange)
    Object.assign(key.permissions, permissions)
    key.isRevoked = isRevoked ?? key.isRevoked
    return context.json({ permissions: key.permissions, isRevoked: key.isRevoked })
  })
  app.post("/accounts/:id/deposit", async (context) =>
    done(
      context,
      obey(exchange, {
        do: "deposit",
        accountId: accountOf(context),
        ...(await read(context, controlRequests.deposit)),
      }),
    ),
  )
  app.post("/accounts/:id/lock", async (context) =>
    done(
      context,
      obey(exchange, {
        do: "external-lock",
        accountId: accountOf(context),
        ...(await read(context, controlRequests.deposit)),
      }),
    ),
  )
  app.post("/accounts/:id/fees", async (context) =>
    done(
      context,
      obey(exchange, { do: "set-fees", accountId: accountOf(context), ...(await read(context, controlRequests.fees)) }),
    ),
  )
  app.post("/accounts/:id/reset", (context) =>
    done(context, obey(exchange, { do: "reset-account", accountId: accountOf(context) })),
  )
  // An order the account's owner places by hand (F41), with the parameters of POST /api/v3/order.
  app.post("/accounts/:id/orders", async (context) => {
    const params = await read(context, controlRequests.order)
    return context.json(
      obey(exchange, { do: "operation", name: "order.place", accountId: accountOf(context), params }) as object,
    )
  })
}

function addFaults(app: Hono, { exchange, sockets }: Controlled): void {
  app.post("/faults", async (context) => done(context, exchange.faults.add(await read(context, controlRequests.fault))))
  app.delete("/faults", (context) => done(context, exchange.faults.clear()))
  app.post("/streams/user", async (context) =>
    done(context, Object.assign(sockets.users.path.trouble, await read(context, controlRequests.trouble))),
  )
  app.post("/streams/market", async (context) =>
    done(context, Object.assign(sockets.markets.path.trouble, await read(context, controlRequests.trouble))),
  )
  app.post("/sockets", async (context) => {
    const wanted = await read(context, controlRequests.sockets)
    if (wanted.do === "close") sockets.close(wanted.kind, wanted.code)
    else if (wanted.do === "cut-off") sockets.cutOff(wanted.kind)
    else sockets.shutDown(wanted.afterMs)
    return done(context)
  })
  app.post("/accounts/:id/terminate", (context) =>
    done(context, sockets.users.terminate(Number(context.req.param("id")))),
  )
}
