import { createRoute } from "@hono/zod-openapi"
import type { Accounts } from "../accounts/accounts.ts"
import { cursors, type History } from "../ledger/history.ts"
import type { Ledger } from "../ledger/ledger.ts"
import { equityAnswer, eventAnswer, histories, orderAnswer, pageAnswer, pageAt, tradeAnswer } from "./history.ts"
import { given, oneOf, pageOf, resource, unknown, wholeNumber } from "./resource.ts"

const bot = oneOf("bot")
/** A picture has no more places than this. */
const lifePoints = wholeNumber(2, 1_000)
const routes = {
  events: createRoute({
    method: "get",
    path: "/{id}/events",
    summary: "What happened to a bot and why, in words, the newest first",
    request: { ...bot, query: pageOf(cursors.events) },
    responses: { 200: given("them", histories.events) },
  }),
  orders: createRoute({
    method: "get",
    path: "/{id}/orders",
    summary: "Its orders, the newest first",
    request: { ...bot, query: pageOf(cursors.orders) },
    responses: { 200: given("them", histories.orders) },
  }),
  trades: createRoute({
    method: "get",
    path: "/{id}/trades",
    summary: "Its finished trades, the last to end first",
    request: { ...bot, query: pageOf(cursors.trades) },
    responses: { 200: given("them", histories.trades) },
  }),
  equity: createRoute({
    method: "get",
    path: "/{id}/equity",
    summary:
      "What it was worth at each closed candle, the newest first; with `points`, its whole life in at most so many",
    request: { ...bot, query: pageOf(cursors.equity).extend({ points: lifePoints.optional() }) },
    responses: { 200: given("them, in quote currency", histories.equity) },
  }),
}

type BotHistoryDeps = { accounts: Accounts; ledger: Ledger; history: History }

/** What a bot did. */
export function botHistoryRoutes({ accounts, ledger, history }: BotHistoryDeps) {
  const found = async (id: string) => {
    const bot = await ledger.bot(id)
    if (bot === undefined) throw unknown("bot")
    return { of: { botId: id }, at: await accounts.exchangeKinds.of(bot.accountId) }
  }
  return resource()
    .openapi(routes.events, async (c) => {
      const { of, at } = await found(c.req.valid("param").id)
      return c.json(pageAt(await history.events(of, c.req.valid("query")), at, eventAnswer), 200)
    })
    .openapi(routes.orders, async (c) => {
      const { of, at } = await found(c.req.valid("param").id)
      return c.json(pageAt(await history.orders(of, c.req.valid("query")), at, orderAnswer), 200)
    })
    .openapi(routes.trades, async (c) => {
      const { of, at } = await found(c.req.valid("param").id)
      return c.json(pageAt(await history.trades(of, c.req.valid("query")), at, tradeAnswer), 200)
    })
    .openapi(routes.equity, async (c) => {
      const { botId } = (await found(c.req.valid("param").id)).of
      const { points, ...page } = c.req.valid("query")
      const curve = points === undefined ? await history.equity(botId, page) : await history.equityOver(botId, points)
      return c.json(pageAnswer(curve, equityAnswer), 200)
    })
}
