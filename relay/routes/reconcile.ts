import { createRoute, z } from "@hono/zod-openapi"
import type { Accounts } from "../accounts/accounts.ts"
import type { Bots } from "../bots/bots.ts"
import { differenceActions } from "../bots/difference-answers.ts"
import type { DifferenceView } from "../bots/inbox.ts"
import type { Access } from "../people/access.ts"
import { exchange } from "./history.ts"
import { actorOf, given, listOf, oneOf, resource, taken, timeMs, unknown, whoIn } from "./resource.ts"

const action = z.enum(differenceActions, 'it is "adopt", "ignore" or "buyBack"')

const difference = z.object({
  id: z.string(),
  accountId: z.string(),
  botId: z.string(),
  market: z.string(),
  botQuantity: z.string(),
  exchangeQuantity: z.string(),
  differenceQuantity: z.string(),
  /** What the exchange says, what the bot says, and the question that follows. */
  words: z.string(),
  sinceMs: timeMs,
  /** Its owner knows: it is not asked about again. */
  isIgnored: z.boolean(),
  actions: z.array(action),
  exchange,
})

const answered = z.object({ id: z.string(), action, words: z.string() })

const routes = {
  list: createRoute({
    method: "get",
    path: "/",
    summary: "Coins that bots hold and their exchanges do not have: sold or moved by hand",
    responses: { 200: given("them, the newest first", listOf(difference)) },
  }),
  answer: createRoute({
    method: "post",
    path: "/{id}",
    summary: "adopt: they were sold · ignore: do not ask again · buyBack: buy them again, through the guard",
    request: { ...oneOf("difference"), ...taken(z.strictObject({ action })) },
    responses: { 200: given("what follows, in words", answered) },
  }),
}

type ReconcileDeps = { access: Access; accounts: Accounts; bots: Pick<Bots, "inbox"> }

/** What bots and their exchanges do not agree about. */
export function reconcileRoutes({ access, accounts, bots }: ReconcileDeps) {
  const placed = async (one: DifferenceView) => ({ ...one, exchange: await accounts.exchangeKinds.of(one.accountId) })
  return resource()
    .openapi(routes.list, async (c) => {
      const reachOf = await access.accounts(whoIn(c))
      const own = (await bots.inbox.list()).filter(({ accountId }) => reachOf(accountId) !== undefined)
      const items = await Promise.all(own.map(placed))
      return c.json({ items, next: null }, 200)
    })
    .openapi(routes.answer, async (c) => {
      const answer = await bots.inbox.answer(c.req.valid("param").id, c.req.valid("json").action, actorOf(c))
      if (answer === undefined) throw unknown("difference")
      return c.json(answer, 200)
    })
}
