import { createRoute, z } from "@hono/zod-openapi"
import type { Who } from "../door/policy.ts"
import { type EventStream, eventStream } from "../door/event-stream.ts"
import { Refusal } from "../door/refusal.ts"
import { StreamPlaces } from "../door/stream-places.ts"
import type { Accounts } from "../accounts/accounts.ts"
import type { BotEvent } from "../ledger/bot-event.ts"
import { EventTail } from "../ledger/event-tail.ts"
import type { Ledger } from "../ledger/ledger.ts"
import { isStoreFailure } from "../ledger/store-failure.ts"
import type { Access } from "../people/access.ts"
import type { People } from "../people/people.ts"
import type { Surroundings } from "../surroundings.ts"
import { eventAnswer } from "./history.ts"
import { resource } from "./resource.ts"

/** A stream on which nothing happens says so this often; then it also ends if its caller may no longer read. */
const KEEP_ALIVE_MS = 15_000
const EVENTS_AT_ONCE = 50
/** A browser comes back so long after its stream has ended. */
const RETRY_MS = 2_000

const seq = z
  .string()
  .regex(/^\d{1,15}$/, "it is the id of an event")
  .transform(Number)
  .optional()

const route = createRoute({
  method: "get",
  path: "/",
  summary:
    "What happens to bots as it happens (server-sent events); Last-Event-ID or ?after= resumes without a hole; one the relay has not come to is answered with an event named reset",
  request: { query: z.object({ after: seq }), headers: z.object({ "last-event-id": seq }) },
  responses: { 200: { description: "each event as a message: its `seq` is the id, its JSON the data" } },
})

export type EventRoutesDeps = {
  access: Access
  ledger: Ledger
  accounts: Pick<Accounts, "exchangeKinds">
  people: People
  surroundings: Surroundings
  /** Aborted when the relay stops. */
  stopping: AbortSignal
  onBug(error: unknown): void
}

/** `GET /api/events`. */
export function eventRoutes(deps: EventRoutesDeps) {
  const places = new StreamPlaces()
  return resource().openapi(route, async (c) => {
    if (c.req.method === "HEAD") return c.body(null, 200, { "content-type": "text/event-stream" })
    const who = c.get("who")!
    const leave = places.enter(`${who.kind} ${who.id}`)
    if (leave === undefined) throw tooMany
    const after = c.req.valid("header")["last-event-id"] ?? c.req.valid("query").after
    const tail = await EventTail.open(deps.ledger, after).catch((error: unknown) => {
      leave()
      throw error
    })
    return eventStream(c, deps, (stream) => follow(stream, { tail, who, deps }).finally(leave))
  })
}

const tooMany = new Refusal(
  429,
  "too-many-streams",
  "Too many streams of events are open. Close one, or read what happened at /api/bots/{id}/events.",
  { retryAfterS: 5 },
)

type Following = { tail: EventTail; who: Who; deps: EventRoutesDeps }

async function follow(stream: EventStream, { tail, who, deps }: Following): Promise<void> {
  const wake = () => tail.wake()
  stream.ended.addEventListener("abort", wake)
  try {
    // The id is there before the first event, so that a reader who goes before it can resume too.
    await stream.write(`retry: ${RETRY_MS}\nid: ${tail.last}\n\n`)
    if (tail.ahead !== undefined) await stream.write(resetOf(tail))
    await pass(stream, { tail, who, deps })
  } catch (error) {
    if (!isStoreFailure(error)) deps.onBug(error)
  } finally {
    stream.ended.removeEventListener("abort", wake)
    tail.close()
  }
}

/** Where numbers begin anew, as after a restore, a reader has to know that its own tell nothing here. */
function resetOf({ last, ahead }: EventTail): string {
  const words = `The relay has no event ${ahead} yet; its newest is ${last}. It was restored from a backup, or is another one: read the lists anew. The stream goes on with the next event.`
  return `event: reset\nid: ${last}\ndata: ${JSON.stringify({ asked: ahead, newest: last, words })}\n\n`
}

async function pass(stream: EventStream, { tail, who, deps }: Following): Promise<void> {
  const { people, surroundings } = deps
  let checkedMs = surroundings.steadyMs()
  while (!stream.ended.aborted) {
    if (surroundings.steadyMs() - checkedMs >= KEEP_ALIVE_MS) {
      if (!(await people.knows(who))) return
      checkedMs = surroundings.steadyMs()
    }
    const events = await tail.take(EVENTS_AT_ONCE)
    if (events.length > 0) await stream.write(await messagesOf(events, who, deps))
    else if (!(await isNewsWithin(tail, surroundings))) await stream.write(": nothing happened\n\n")
  }
}

async function isNewsWithin(tail: EventTail, { after }: Pick<Surroundings, "after">): Promise<boolean> {
  let isLate = false
  const cancel = after(KEEP_ALIVE_MS, () => {
    isLate = true
    tail.wake()
  })
  await tail.news()
  cancel()
  return !isLate
}

async function messagesOf(
  events: readonly BotEvent[],
  who: Who,
  { access, accounts }: Pick<EventRoutesDeps, "access" | "accounts">,
) {
  const reachOf = await access.accounts(who)
  const own = events.filter(({ accountId }) => reachOf(accountId) !== undefined)
  const messages = own.map(async (event) => {
    const exchange = await accounts.exchangeKinds.of(event.accountId)
    return `id: ${event.seq}\ndata: ${JSON.stringify({ ...eventAnswer(event), exchange })}\n\n`
  })
  return (await Promise.all(messages)).join("")
}
