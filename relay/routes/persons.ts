import { createRoute, z } from "@hono/zod-openapi"
import type { BotView } from "../bots/bot-view.ts"
import type { Bots } from "../bots/bots.ts"
import { roles, scopes } from "../door/policy.ts"
import type { Front } from "../door/front.ts"
import type { Access } from "../people/access.ts"
import type { People } from "../people/people.ts"
import { pairingLink } from "./people.ts"
import { refuseWithoutStepUp } from "./step-up.ts"
import {
  actorOf,
  given,
  givenName,
  listOf,
  nothing,
  oneOf,
  resource,
  taken,
  timeMs,
  unknown,
  whoIn,
} from "./resource.ts"

const role = z.enum(roles)
const person = z.object({
  id: z.string(),
  name: z.string(),
  role,
  createdMs: timeMs,
  /** Since when they may not come in; null while they may. */
  endedMs: timeMs.nullable(),
})
const me = z.object({ id: z.string(), name: z.string(), role, scope: z.enum(scopes) })
const change = z
  .strictObject({ name: givenName.optional(), role: role.optional() })
  .refine((wanted) => Object.keys(wanted).length > 0, "send name, or role, or both")
const MOST_SHOWN_ACCOUNTS = 100
const newInvitation = z.strictObject({
  name: givenName,
  role,
  /** Accounts of yours that are shown to them, by id: a viewer looks at them, a trader trades with them too. */
  accounts: z.array(z.string().min(1).max(100)).max(MOST_SHOWN_ACCOUNTS).default([]),
})
const invitation = z.object({
  id: z.string(),
  name: z.string(),
  role,
  accounts: z.array(z.string()),
  createdMs: timeMs,
  untilMs: timeMs,
})
const ended = z.object({
  /** Their bots that were at work and buy nothing more now, by name. */
  pausedBots: z.array(z.string()),
})

const routes = {
  me: createRoute({
    method: "get",
    path: "/me",
    summary: "Who you are here, and what you may do",
    responses: { 200: given("you", me) },
  }),
  list: createRoute({
    method: "get",
    path: "/people",
    summary: "Who uses this relay, and who did, the first one first",
    responses: { 200: given("them", listOf(person)) },
  }),
  change: createRoute({
    method: "patch",
    path: "/people/{id}",
    summary: "Change what somebody is called, or may do; it counts at once",
    request: { ...oneOf("person"), ...taken(change) },
    responses: { 200: given("them", person) },
  }),
  end: createRoute({
    method: "delete",
    path: "/people/{id}",
    summary: "Let somebody in no more: their browsers and tokens are ended, and their bots buy nothing more",
    request: oneOf("person"),
    responses: { 200: given("what was paused", ended) },
  }),
  invitations: createRoute({
    method: "get",
    path: "/people/invitations",
    summary: "Invitations that wait to be opened, the newest first",
    responses: { 200: given("them", listOf(invitation)) },
  }),
  invite: createRoute({
    method: "post",
    path: "/people/invitations",
    summary: "A link that lets one new person in, once and within two days",
    request: taken(newInvitation),
    responses: { 201: given("it; its link is answered once", invitation.extend({ url: z.string() })) },
  }),
  withdraw: createRoute({
    method: "delete",
    path: "/people/invitations/{id}",
    summary: "Withdraw an invitation",
    request: oneOf("invitation"),
    responses: { 204: nothing },
  }),
}

export type PersonRoutesDeps = {
  people: People
  access: Access
  bots: Bots
  front: Pick<Front, "home">
}

/** Who uses this relay. */
export function personRoutes({ people, access, bots, front }: PersonRoutesDeps) {
  const { persons, invitations } = people
  return resource()
    .openapi(routes.me, async (c) => {
      const { person: id, role: own, scope } = whoIn(c)
      const found = await persons.find(id)
      return c.json({ id, name: found?.name ?? id, role: own, scope }, 200)
    })
    .openapi(routes.list, async (c) => c.json({ items: await persons.list(), next: null }, 200))
    .openapi(routes.invitations, async (c) => c.json({ items: await invitations.list(), next: null }, 200))
    .openapi(routes.invite, async (c) => {
      const wanted = c.req.valid("json")
      if (wanted.role === "owner") await refuseWithoutStepUp(c, people)
      const reachOf = await access.accounts(whoIn(c))
      if (!wanted.accounts.every((id) => reachOf(id) === "own")) throw unknown("account")
      const { invitation: made, token } = await invitations.make(wanted, actorOf(c))
      return c.json({ ...made, url: pairingLink(front, token) }, 201)
    })
    .openapi(routes.withdraw, async (c) => {
      if (!(await invitations.withdraw(c.req.valid("param").id, actorOf(c)))) throw unknown("invitation")
      return c.body(null, 204)
    })
    .openapi(routes.change, async (c) => {
      if (c.req.valid("json").role === "owner") await refuseWithoutStepUp(c, people)
      const changed = await persons.change(c.req.valid("param").id, c.req.valid("json"), actorOf(c))
      if (changed === undefined) throw unknown("person")
      return c.json(changed, 200)
    })
    .openapi(routes.end, async (c) => {
      const { id } = c.req.valid("param")
      if (!(await persons.end(id, actorOf(c)))) throw unknown("person")
      const pausedBots: string[] = []
      for (const bot of await bots.list()) {
        if (!isAtWork(bot) || (await access.ownerOf(bot.accountId)) !== id) continue
        await bots.command(bot.id, "pause", actorOf(c))
        pausedBots.push(bot.name)
      }
      return c.json({ pausedBots }, 200)
    })
}

function isAtWork({ status }: { status: BotView["status"] }): boolean {
  return status === "running" || status === "starting"
}
