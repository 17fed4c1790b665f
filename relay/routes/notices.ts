import { createRoute, z } from "@hono/zod-openapi"
import { refuseLocal } from "../door/matters.ts"
import type { Notices } from "../notifications/notices.ts"
import { quietHours } from "../notifications/quiet-hours.ts"
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

const quiet = z.string().regex(quietHours, 'it is "22:00-07:00", UTC')
const wishes = {
  name: givenName,
  /** Purchases and sales too; problems always. */
  wantsTrades: z.boolean().default(false),
  /** When trades wait, UTC; problems never do. */
  quiet: quiet.nullable().default(null),
}
const address = {
  url: z.string().min(1).max(2_000),
  /** It is a program on this computer; without it, only https addresses of the internet are taken. */
  isLocal: z.boolean().default(false),
}
/** Bytes in base64url, as a browser gives them. */
const keyOf = (bytes: number) =>
  z.string().refine((text) => /^[\w-]{1,100}$/.test(text) && Buffer.from(text, "base64url").length === bytes, {
    error: `it is ${bytes} bytes in base64url, as the browser gives them`,
  })
const newChannel = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("webhook"), ...wishes, ...address }),
  /** Told every minute that the relay lives; the service there raises the alarm when it is not. */
  z.strictObject({ kind: z.literal("ping"), ...wishes, ...address }),
  /** A browser's push address with its keys (RFC 8291), and a pair made there that requests are signed with (RFC 8292). */
  z.strictObject({
    kind: z.literal("push"),
    ...wishes,
    ...address,
    p256dh: keyOf(65),
    auth: keyOf(16),
    publicKey: keyOf(65),
    privateKey: keyOf(32),
  }),
  z.strictObject({
    kind: z.literal("telegram"),
    ...wishes,
    botToken: z.string().regex(/^\d{3,20}:[\w-]{20,100}$/, "it is the token that @BotFather gave, such as 123456:ABC…"),
    /** The one chat that messages go to. */
    chatId: z.string().regex(/^(-?\d{1,20}|@\w{3,40})$/, "it is the number of a chat, or the @name of a channel"),
  }),
])
const channel = z.object({
  id: z.string(),
  kind: z.enum(["webhook", "telegram", "push", "ping"]),
  name: z.string(),
  target: z.string(),
  isLocal: z.boolean(),
  wantsTrades: z.boolean(),
  quiet: quiet.nullable(),
  createdMs: timeMs,
  sentMs: timeMs.nullable(),
  /** Why the last notice did not arrive. */
  problem: z.string().nullable(),
  waiting: z.int(),
})
/** With the secret that its signatures are made with, shown this once. */
const added = z.object({ id: z.string(), secret: z.string().nullable() })

const routes = {
  list: createRoute({
    method: "get",
    path: "/",
    summary: "Where notices go, without addresses and secrets",
    responses: { 200: given("them", listOf(channel)) },
  }),
  add: createRoute({
    method: "post",
    path: "/",
    summary:
      "Add a webhook, a Telegram chat, a browser, or a watcher that hears every minute that the relay lives; what opens it is sealed and never answered",
    request: taken(newChannel),
    responses: { 201: given("it; a webhook's secret is answered once", added) },
  }),
  remove: createRoute({
    method: "delete",
    path: "/{id}",
    summary: "Remove it with what waits for it",
    request: oneOf("channel"),
    responses: { 204: nothing },
  }),
  test: createRoute({
    method: "post",
    path: "/{id}/test",
    summary: "Send it a message now",
    request: oneOf("channel"),
    responses: {
      200: given("whether it arrived, and else why not", z.object({ arrived: z.boolean(), words: z.string() })),
    },
  }),
}

/** Where a person hears of what happens. */
export function noticeRoutes({ notices }: { notices: Notices }) {
  const { channels } = notices
  return resource()
    .openapi(routes.list, async (c) => c.json({ items: await channels.list(whoIn(c).person), next: null }, 200))
    .openapi(routes.add, async (c) => {
      const wanted = c.req.valid("json")
      if ("isLocal" in wanted && wanted.isLocal) refuseLocal(whoIn(c))
      return c.json(await channels.add(wanted, actorOf(c)), 201)
    })
    .openapi(routes.remove, async (c) => {
      if (!(await channels.remove(c.req.valid("param").id, actorOf(c)))) throw unknown("channel")
      return c.body(null, 204)
    })
    .openapi(routes.test, async (c) => {
      const sent = await notices.test(c.req.valid("param").id)
      if (sent === undefined) throw unknown("channel")
      const words = sent.ok ? "The message was taken." : `The message did not arrive: ${sent.because}.`
      return c.json({ arrived: sent.ok, words }, 200)
    })
}
