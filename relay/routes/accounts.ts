import { createRoute, z } from "@hono/zod-openapi"
import { type Account, modes } from "../accounts/account.ts"
import { exchangeKindOf } from "../accounts/exchange-kind.ts"
import type { Accounts } from "../accounts/accounts.ts"
import { CoinWorth } from "../bots/coin-worth.ts"
import type { Bots } from "../bots/bots.ts"
import type { HandOrders } from "../bots/hand/hand-orders.ts"
import type { AccountQuestions } from "../desk/account-questions.ts"
import type { PublicMarkets } from "../desk/public-markets.ts"
import { Refusal } from "../door/refusal.ts"
import type { CopiedKey } from "#venues"
import type { Access } from "../people/access.ts"
import type { People } from "../people/people.ts"
import type { Surroundings } from "../surroundings.ts"
import { loosens } from "../accounts/risk.ts"
import { keyEvents } from "../accounts/key-uses.ts"
import { exchange } from "./history.ts"
import {
  actorOf,
  given,
  givenName,
  listOf,
  nothing,
  oneOf,
  pageOf,
  resource,
  taken,
  timeMs,
  unknown,
  whoIn,
} from "./resource.ts"
import { risk, someRisk } from "./risk.ts"
import { refuseWithoutStepUp } from "./step-up.ts"

const venueIds = ["practice", "binance", "bybit", "coinbase"] as const

/** A key as an exchange shows it once; never answered. */
const copiedKey = z.strictObject({ apiKey: z.string().min(1).max(200), secret: z.string().min(1).max(5_000) })
const newAccount = z.strictObject({
  name: givenName,
  venue: z.enum(venueIds),
  mode: z.enum(modes),
  key: copiedKey.optional(),
  risk: someRisk.optional(),
})
const accountChange = z
  .strictObject({ name: givenName.optional(), risk: someRisk.optional() })
  .refine((change) => Object.keys(change).length > 0, "send name, or risk, or both")
const account = z.object({
  id: z.string(),
  name: z.string(),
  venue: z.enum(venueIds),
  mode: z.enum(modes),
  /** A program on this computer stands in for its exchange: nothing here is real. */
  isStandIn: z.boolean(),
  createdMs: timeMs,
  /** What tells its key from others. */
  key: z.object({ last4: z.string(), fingerprint: z.string(), version: z.int(), sinceMs: timeMs }).nullable(),
  /** What its owner should know of the key. */
  warnings: z.array(z.string()),
  risk,
  /** What was loosened and waits for the next UTC day. */
  riskLater: z.object({ fromMs: timeMs, risk }).nullable(),
})
const keyUse = z.object({
  id: z.string(),
  atMs: timeMs,
  what: z.enum(keyEvents),
  who: z.string(),
  fingerprint: z.string(),
})
/** Decimal texts, as the exchange writes them. */
const worth = z.object({
  quote: z.string(),
  amount: z.string(),
  /** When its price was, by the exchange; null where it needs none. */
  priceMs: timeMs.nullable(),
})
const balance = z.object({
  asset: z.string(),
  free: z.string(),
  locked: z.string(),
  /** All of it, at the exchange's last price; null where there is none. */
  worth: worth.nullable(),
  exchange,
})
const balances = listOf(balance).extend({
  /** All that has a price, together; `priceMs` is of the oldest price, and `without` has the coins that have none. */
  total: worth.extend({ without: z.array(z.string()) }),
})
const cursor = /^(\d{1,15})_([\w-]{1,64})$/

const routes = {
  list: createRoute({
    method: "get",
    path: "/",
    summary: "Accounts, the newest first, without their keys",
    responses: { 200: given("them", listOf(account)) },
  }),
  add: createRoute({
    method: "post",
    path: "/",
    summary:
      "Add an account; its key is sealed and never answered. One that was removed comes back with its id, its records, and its limits of the day",
    request: taken(newAccount),
    responses: { 201: given("the account", account) },
  }),
  show: createRoute({
    method: "get",
    path: "/{id}",
    summary: "One account",
    request: oneOf("account"),
    responses: { 200: given("it", account) },
  }),
  change: createRoute({
    method: "patch",
    path: "/{id}",
    summary: "Rename it or change its risk settings: tightening holds at once, loosening from the next UTC day",
    request: { ...oneOf("account"), ...taken(accountChange) },
    responses: { 200: given("the account", account) },
  }),
  remove: createRoute({
    method: "delete",
    path: "/{id}",
    summary: "Remove it with its key",
    request: oneOf("account"),
    responses: { 204: nothing },
  }),
  changeKey: createRoute({
    method: "put",
    path: "/{id}/key",
    summary: "Change its key: the old one counts until the exchange has approved the new one",
    request: { ...oneOf("account"), ...taken(copiedKey) },
    responses: { 200: given("the account", account) },
  }),
  balances: createRoute({
    method: "get",
    path: "/{id}/balances",
    summary: "What it has, as its exchange says now, and what that is worth at its last prices",
    request: oneOf("account"),
    responses: { 200: given("every asset it has some of", balances) },
  }),
  keyLog: createRoute({
    method: "get",
    path: "/{id}/key-log",
    summary: "Every use of its key that mattered, the newest first",
    request: { ...oneOf("account"), query: pageOf(cursor) },
    responses: { 200: given("them", listOf(keyUse)) },
  }),
}

type AccountRoutesDeps = {
  people: People
  access: Access
  accounts: Accounts
  questions: AccountQuestions
  bots: Bots
  hand: HandOrders
  publicMarkets: PublicMarkets
  surroundings: Pick<Surroundings, "steadyMs">
}

/** Accounts, their keys and risk settings. */
export function accountRoutes(deps: AccountRoutesDeps) {
  const { access, people, accounts, questions, bots, hand, publicMarkets } = deps
  const coinWorth = new CoinWorth(deps)
  return resource()
    .openapi(routes.list, async (c) => {
      const reachOf = await access.accounts(whoIn(c))
      const items = (await accounts.list()).filter(({ id }) => reachOf(id) !== undefined)
      return c.json({ items, next: null }, 200)
    })
    .openapi(routes.add, async (c) => {
      const wanted = c.req.valid("json")
      if (wanted.key !== undefined) await refuseWithoutStepUp(c, people)
      await refuseUnknownMarkets(publicMarkets, wanted, wanted.risk)
      return c.json(await accounts.add(wanted, actorOf(c)), 201)
    })
    .openapi(routes.show, async (c) => c.json(found(await accounts.find(c.req.valid("param").id)), 200))
    .openapi(routes.change, async (c) => {
      const change = c.req.valid("json")
      const account = found(await accounts.find(c.req.valid("param").id))
      const known = new Set([...(account.risk.allowedMarkets ?? []), ...(account.riskLater?.risk.allowedMarkets ?? [])])
      if (change.risk !== undefined && loosens(account.risk, change.risk)) await refuseWithoutStepUp(c, people)
      await refuseUnknownMarkets(publicMarkets, account, change.risk, known)
      return c.json(found(await accounts.change(c.req.valid("param").id, change, actorOf(c))), 200)
    })
    .openapi(routes.remove, async (c) => {
      bots.refuseInUse(c.req.valid("param").id)
      await hand.refuseInUse(c.req.valid("param").id)
      if (!(await accounts.remove(c.req.valid("param").id, actorOf(c)))) throw unknown("account")
      await hand.forget(c.req.valid("param").id)
      await bots.reopen(c.req.valid("param").id)
      return c.body(null, 204)
    })
    .openapi(routes.changeKey, async (c) => {
      const { id } = c.req.valid("param")
      await refuseWithoutStepUp(c, people)
      const refuseOther = (key: CopiedKey) => bots.refuseOtherKey(id, key)
      const isThere = await accounts.keys.change(id, c.req.valid("json"), actorOf(c), refuseOther)
      if (!isThere) throw unknown("account")
      await Promise.all([bots.reopen(id), hand.reopen(id)])
      return c.json(found(await accounts.find(id)), 200)
    })
    .openapi(routes.balances, async (c) => {
      const { id } = c.req.valid("param")
      const held = await questions.balances(id)
      const account = found(await accounts.find(id))
      const exchange = exchangeKindOf(account)
      const { each, total } = await coinWorth.of(account.venue, held)
      const items = held.map((one, n) => ({ ...one, worth: each[n], exchange }))
      return c.json({ items, next: null, total }, 200)
    })
    .openapi(routes.keyLog, async (c) => {
      const { id } = c.req.valid("param")
      const { after, limit } = c.req.valid("query")
      found(await accounts.find(id))
      const [, atMs, last = ""] = cursor.exec(after ?? "") ?? []
      const items = await accounts.keys.uses.list(id, {
        after: atMs === undefined ? undefined : { atMs: Number(atMs), id: last },
        limit,
      })
      const end = items.at(-1)
      return c.json({ items, next: items.length < limit || !end ? null : `${end.atMs}_${end.id}` }, 200)
    })
}

function found<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw unknown("account")
  return thing
}

/**
 * Throws a `Refusal` for a market to be allowed that the exchange does not have; those `known` are allowed already. While
 * the exchange is away names are taken as they are: to allow less must always be possible.
 */
async function refuseUnknownMarkets(
  markets: Pick<PublicMarkets, "find">,
  { venue }: Pick<Account, "venue">,
  risk: { allowedMarkets?: string[] | null } | undefined,
  known: ReadonlySet<string> = new Set(),
): Promise<void> {
  for (const [n, name] of (risk?.allowedMarkets ?? []).entries()) {
    if (known.has(name)) continue
    const refusal = await markets.find(venue, name).then(
      () => undefined,
      (error: unknown) => error,
    )
    if (refusal instanceof Refusal && refusal.code === "unknown-market")
      throw new Refusal(422, "unknown-market", `${refusal.message} Nothing was changed.`, {
        field: `risk.allowedMarkets.${n}`,
      })
  }
}
