import { createRoute } from "@hono/zod-openapi"
import type { Accounts } from "../accounts/accounts.ts"
import { exchangeKindOf } from "../accounts/exchange-kind.ts"
import type { EventKind } from "../ledger/bot-event.ts"
import { cursors, type History } from "../ledger/history.ts"
import { eventAnswer, fillAnswer, histories, orderAnswer, pageAt, tradeAnswer } from "./history.ts"
import { given, oneOf, pageOf, resource, unknown } from "./resource.ts"

const account = oneOf("account")
const routes = {
  orders: createRoute({
    method: "get",
    path: "/{id}/orders",
    summary: "Orders of its bots, the newest first",
    request: { ...account, query: pageOf(cursors.orders) },
    responses: { 200: given("them", histories.orders) },
  }),
  fills: createRoute({
    method: "get",
    path: "/{id}/fills",
    summary: "What its bots' orders traded, the newest first",
    request: { ...account, query: pageOf(cursors.fills) },
    responses: { 200: given("them", histories.fills) },
  }),
  trades: createRoute({
    method: "get",
    path: "/{id}/trades",
    summary: "Finished trades of its bots, the last to end first",
    request: { ...account, query: pageOf(cursors.trades) },
    responses: { 200: given("them", histories.trades) },
  }),
  riskEvents: createRoute({
    method: "get",
    path: "/{id}/risk-events",
    summary: "What was refused, made smaller or went wrong, in words, the newest first",
    request: { ...account, query: pageOf(cursors.events) },
    responses: { 200: given("them", histories.events) },
  }),
  positions: createRoute({
    method: "get",
    path: "/{id}/positions",
    summary:
      "What each of its bots holds of each market by its fills, what was bought by hand, and where the stop of each waits",
    request: account,
    responses: { 200: given("them", histories.positions) },
  }),
  costs: createRoute({
    method: "get",
    path: "/{id}/costs",
    summary: "What its bots paid in fees, by bot and market, whoever traded most first",
    request: account,
    responses: { 200: given("them", histories.costs) },
  }),
}

const riskKinds: readonly EventKind[] = ["refusal", "risk", "problem"]

/** What an account's bots did, those it had too. */
export function accountHistoryRoutes({ accounts, history }: { accounts: Accounts; history: History }) {
  const found = async (id: string) => {
    const account = await accounts.find(id)
    if (account === undefined) throw unknown("account")
    return { of: { accountId: id }, at: exchangeKindOf(account) }
  }
  return resource()
    .openapi(routes.orders, async (c) => {
      const { of, at } = await found(c.req.valid("param").id)
      return c.json(pageAt(await history.orders(of, c.req.valid("query")), at, orderAnswer), 200)
    })
    .openapi(routes.fills, async (c) => {
      const { of, at } = await found(c.req.valid("param").id)
      return c.json(pageAt(await history.fills(of, c.req.valid("query")), at, fillAnswer), 200)
    })
    .openapi(routes.trades, async (c) => {
      const { of, at } = await found(c.req.valid("param").id)
      return c.json(pageAt(await history.trades(of, c.req.valid("query")), at, tradeAnswer), 200)
    })
    .openapi(routes.riskEvents, async (c) => {
      const { of, at } = await found(c.req.valid("param").id)
      return c.json(pageAt(await history.events(of, c.req.valid("query"), riskKinds), at, eventAnswer), 200)
    })
    .openapi(routes.positions, async (c) => {
      const { of, at } = await found(c.req.valid("param").id)
      const { accountId } = of
      const items = [...(await history.positions(accountId)), ...(await history.positionsByHand(accountId))]
      return c.json(pageAt({ items, next: null }, at, asIs), 200)
    })
    .openapi(routes.costs, async (c) => {
      const { of, at } = await found(c.req.valid("param").id)
      return c.json(pageAt({ items: await history.costs(of.accountId), next: null }, at, asIs), 200)
    })
}

function asIs<Item>(item: Item): Item {
  return item
}
