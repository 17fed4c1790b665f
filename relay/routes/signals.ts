import { createRoute, z } from "@hono/zod-openapi"
import type { Access } from "../people/access.ts"
import type { Signals } from "../signals/signals.ts"
import { actorOf, given, listOf, nothing, oneOf, resource, taken, unknown, venueName, whoIn } from "./resource.ts"
import { callAnswer, signalCall, signalRecord } from "./signals/signal-call.ts"
import { adoption, broughtModel, signalModel } from "./signals/signal-model.ts"
import { marketText, signalWatch, standingWatch } from "./signals/signal-watch.ts"

const oneModel = { params: z.object({ hash: oneOf("model").params.shape.id }) }

const routes = {
  list: createRoute({
    method: "get",
    path: "/",
    summary: "What models and indicators said of a market, the newest first, and how often each source came true",
    request: { query: z.object({ market: marketText, venue: venueName.default("practice") }) },
    responses: { 200: given("them", listOf(signalCall).extend({ records: z.array(signalRecord) })) },
  }),
  models: createRoute({
    method: "get",
    path: "/models",
    summary: "Trained models that are kept or carried by bots, each with how good it is and what warns of it",
    responses: { 200: given("them", listOf(signalModel)) },
  }),
  add: createRoute({
    method: "post",
    path: "/models",
    summary: "Keep a trained model; it is judged at once where its market's candles are here",
    request: taken(broughtModel),
    responses: { 201: given("it", signalModel) },
  }),
  remove: createRoute({
    method: "delete",
    path: "/models/{hash}",
    summary: "Remove a model that is not watched; what it said stays",
    request: oneModel,
    responses: { 204: nothing },
  }),
  adopt: createRoute({
    method: "post",
    path: "/models/{hash}/adopt",
    summary: "What it takes to give a bot exactly this version; nothing is changed before a person deploys it",
    request: { ...oneModel, ...taken(z.strictObject({ bot: z.string().min(1).max(100) })) },
    responses: { 200: given("the deployment", adoption) },
  }),
  watch: createRoute({
    method: "get",
    path: "/watch",
    summary: "Which markets are looked at whenever a candle closes, by which models, and how each stands",
    responses: { 200: given("it", standingWatch) },
  }),
  change: createRoute({
    method: "put",
    path: "/watch",
    summary: "Change that; nothing is ever traded by it",
    request: taken(signalWatch),
    responses: { 200: given("it", standingWatch) },
  }),
}

/** Trained models, what they and indicators say of watched markets, and what came of it. */
export function signalRoutes({ signals, access }: { signals: Signals; access: Access }) {
  const watchAnswer = () => ({ ...signals.watch, standings: signals.standings() })
  return resource()
    .openapi(routes.list, async (c) => {
      const { items, records } = await signals.list(c.req.valid("query"))
      return c.json({ items: items.map(callAnswer), records, next: null }, 200)
    })
    .openapi(routes.models, async (c) => {
      const reachOf = await access.accounts(whoIn(c))
      return c.json({ items: await signals.models((accountId) => reachOf(accountId) !== undefined), next: null }, 200)
    })
    .openapi(routes.add, async (c) => c.json(await signals.add(c.req.valid("json"), actorOf(c)), 201))
    .openapi(routes.remove, async (c) => {
      if (!(await signals.remove(c.req.valid("param").hash, actorOf(c)))) throw unknown("model")
      return c.body(null, 204)
    })
    .openapi(routes.adopt, async (c) => {
      const { bot } = c.req.valid("json")
      if ((await access.reach(whoIn(c), "bot", bot)) === undefined) throw unknown("model or bot that carries it")
      const adopted = await signals.adopt(c.req.valid("param").hash, bot)
      if (adopted === undefined) throw unknown("model or bot that carries it")
      return c.json(adopted, 200)
    })
    .openapi(routes.watch, (c) => c.json(watchAnswer(), 200))
    .openapi(routes.change, async (c) => {
      await signals.watchThese(c.req.valid("json"), actorOf(c))
      return c.json(watchAnswer(), 200)
    })
}
