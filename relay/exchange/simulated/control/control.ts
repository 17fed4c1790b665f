import { createPublicKey } from "node:crypto"
import { type Context, Hono } from "hono"
import { bodyLimit } from "../../../door/body-limit.ts"
import type { Account, Permissions } from "../account/account.ts"
import { addKey } from "../account/api-key.ts"
import { BadRequest, done, logText, read } from "./control-answer.ts"
import { addMarketControl, restart } from "./control-market.ts"
import { controlRequests } from "./control-requests.ts"
import { obey } from "./command.ts"
import type { Exchange } from "../exchange-state.ts"
import { isFromPage, isOwnName } from "../protocol/local-caller.ts"
import { Refusal } from "../refusal.ts"
import type { Language } from "../language.ts"
import type { Sockets } from "../streams/sockets.ts"

export type Controlled = { exchange: Exchange; sockets: Sockets; language: Language; seed: string }

const MOST_ACCOUNTS = 1_000
const MOST_KEYS = 10_000
const MOST_FAULTS = 1_000

/**
 * The control plane: creates accounts, faults, price stories and time. It listens on a port of its own and serves
 * only the person at this machine: it refuses strange Host names, requests from web pages and bodies that are not
 * JSON.
 */
export function createControl(controlled: Controlled): Hono {
  const app = new Hono()
  app.use(bodyLimit((context, { status, message }) => context.json({ error: message }, status)))
  app.use(async (context, next) => {
    if (!isOwnName(context.req.header("host"))) return context.json({ error: "Ask me by localhost or 127.0.0.1." }, 421)
    if (isFromPage({ origin: context.req.header("origin"), site: context.req.header("sec-fetch-site") }))
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
  app.notFound((context) =>
    context.json({ error: "There is no such command; docs/simulated-exchange.md lists them." }, 404),
  )
  app.onError((error, context) =>
    context.json({ error: error.message }, error instanceof Refusal || error instanceof BadRequest ? 400 : 500),
  )
  addReading(app, controlled)
  addAccounts(app, controlled)
  addMarketControl(app, controlled)
  addFaults(app, controlled)
  return app
}

function addReading(app: Hono, { exchange }: Controlled): void {
  const { clock } = exchange
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
  app.get("/log", (context) => {
    const text = logText(exchange.log.since(Number(context.req.query("from") ?? 0)), exchange.surroundings)
    return context.body(ReadableStream.from(text), 200, { "content-type": "application/json" })
  })
}

function addAccounts(app: Hono, { exchange, language, seed }: Controlled): void {
  const { keys } = exchange.state
  const accountOf = (context: Context) => Number(context.req.param("id"))
  app.post("/accounts", async (context) => {
    const { name, balances, permissions } = await read(context, controlRequests.account)
    if (exchange.state.venue.accounts.size >= MOST_ACCOUNTS)
      throw new BadRequest(`The exchange has ${MOST_ACCOUNTS} accounts; more are not opened.`)
    const account = obey(exchange, { do: "open-account", name }) as Account
    for (const [asset, delta] of Object.entries(balances))
      obey(exchange, { do: "deposit", accountId: account.id, asset, delta })
    // With its name, so that an exchange that begins anew gives nobody the key of another.
    const { key, secret } = language.createKey(`${seed}/${name}`, account.id)
    Object.assign(key.permissions, permissions satisfies Partial<Permissions>)
    addKey(exchange, key)
    return context.json({ accountId: account.id, apiKey: key.apiKey, secret })
  })
  app.post("/accounts/:id/keys", async (context) => {
    const { scheme, publicKey, permissions } = await read(context, controlRequests.key)
    const { id: accountId } = exchange.state.venue.account(accountOf(context))
    const { key, secret } = language.createKey(`${seed}/${keys.size}`, accountId)
    if (keys.size >= MOST_KEYS) throw new BadRequest(`The exchange has ${MOST_KEYS} keys; more are not made.`)
    if (scheme !== "HMAC" && !isPublicKey(publicKey)) throw new BadRequest("Send the public key as PEM.")
    Object.assign(key.permissions, permissions)
    addKey(exchange, publicKey === undefined ? key : { ...key, scheme, secret: publicKey })
    return context.json({ apiKey: key.apiKey, ...(publicKey === undefined ? { secret } : {}) })
  })
  app.post("/keys/:key", async (context) => {
    const key = keys.get(context.req.param("key"))
    if (!key) throw new BadRequest("There is no such key.")
    const { permissions, isRevoked } = await read(context, controlRequests.keyChange)
    const changed = addKey(exchange, {
      ...key,
      permissions: { ...key.permissions, ...permissions },
      isRevoked: isRevoked ?? key.isRevoked,
    })
    return context.json({ permissions: changed.permissions, isRevoked: changed.isRevoked })
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
  app.post("/faults", async (context) => {
    const fault = await read(context, controlRequests.fault)
    if (exchange.faults.list().length >= MOST_FAULTS)
      throw new BadRequest(`${MOST_FAULTS} faults are ordered already; DELETE /faults clears them.`)
    return done(context, exchange.faults.add(fault))
  })
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
  app.post("/restart", (context) => done(context, restart(exchange, sockets)))
  app.post("/accounts/:id/terminate", (context) =>
    done(context, sockets.users.terminate(Number(context.req.param("id")))),
  )
}

function isPublicKey(pem: string | undefined): boolean {
  try {
    return pem !== undefined && createPublicKey(pem).type === "public"
  } catch {
    return false
  }
}
