import { createRoute, z } from "@hono/zod-openapi"
import { modelHosts } from "#models"
import { ModelDoor, type PassedModelAnswer } from "../hosted-models/model-door.ts"
import type { ModelKeys } from "../hosted-models/model-keys.ts"
import { refuseLocal } from "../door/matters.ts"
import type { Surroundings } from "../surroundings.ts"
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

const host = z.enum(modelHosts.map(({ id }) => id))
const secretKey = z
  .string()
  .max(1_000)
  .regex(/^[\x21-\x7e]*$/, "it is one word, without spaces or line ends; copy it again")

const newKey = z.strictObject({
  name: givenName,
  host,
  /** For a program on this computer, or another address: `https://…/v1`. */
  baseUrl: z.string().min(1).max(500).optional(),
  /** Empty where the server wants none. */
  key: secretKey,
  /** It is a program on this computer; without it, only https addresses of the internet are taken. */
  isLocal: z.boolean().default(false),
})
const replacement = z.strictObject({ key: secretKey.min(1) })
const shownKey = z.object({
  id: z.string(),
  name: z.string(),
  host,
  target: z.string(),
  isLocal: z.boolean(),
  last4: z.string(),
  version: z.int(),
  createdMs: timeMs,
})
/** OpenAI's protocol; what it means is the server's to say. */
const question = z.looseObject({
  model: z.string().min(1).max(200),
  messages: z
    .array(z.looseObject({ role: z.string().max(40) }))
    .min(1)
    .max(500),
})
const passedOn = { description: "what the model's server answers, with its status, as it comes" } as const

const routes = {
  list: createRoute({
    method: "get",
    path: "/",
    summary: "Keys for models, without the keys",
    responses: { 200: given("them", listOf(shownKey)) },
  }),
  add: createRoute({
    method: "post",
    path: "/",
    summary: "Keep a key for models; it is sealed, never answered, and goes only to its own address",
    request: taken(newKey),
    responses: { 201: given("it", shownKey) },
  }),
  replace: createRoute({
    method: "put",
    path: "/{id}",
    summary: "Another key for the same address",
    request: { ...oneOf("model key"), ...taken(replacement) },
    responses: { 200: given("it", shownKey) },
  }),
  remove: createRoute({
    method: "delete",
    path: "/{id}",
    summary: "Remove it",
    request: oneOf("model key"),
    responses: { 204: nothing },
  }),
  models: createRoute({
    method: "get",
    path: "/{id}/models",
    summary: "The models that a key's server lists, as it answers",
    request: oneOf("model key"),
    responses: { 200: passedOn },
  }),
  ask: createRoute({
    method: "post",
    path: "/{id}/chat/completions",
    summary: "Ask a model with this key, in OpenAI's protocol; the answer streams through",
    request: { ...oneOf("model key"), ...taken(question) },
    responses: { 200: passedOn },
  }),
}

type ModelRoutesDeps = {
  modelKeys: ModelKeys
  surroundings: Surroundings
  /** Aborted when the relay stops. */
  stopping: AbortSignal
}

/** Keys for models, and asking models with them. */
export function modelRoutes({ modelKeys, surroundings, stopping }: ModelRoutesDeps) {
  const door = new ModelDoor({ keys: modelKeys, surroundings })
  const signalOf = (request: Request) => AbortSignal.any([request.signal, stopping])
  return resource()
    .openapi(routes.list, async (c) => c.json({ items: await modelKeys.list(whoIn(c).person), next: null }, 200))
    .openapi(routes.add, async (c) => {
      const wanted = c.req.valid("json")
      if (wanted.isLocal) refuseLocal(whoIn(c))
      return c.json(await modelKeys.add(wanted, actorOf(c)), 201)
    })
    .openapi(routes.replace, async (c) => {
      const { id } = c.req.valid("param")
      const key = await modelKeys.replace(id, c.req.valid("json").key, actorOf(c))
      if (key === undefined) throw unknown("model key")
      return c.json(key, 200)
    })
    .openapi(routes.remove, async (c) => {
      if (!(await modelKeys.remove(c.req.valid("param").id, actorOf(c)))) throw unknown("model key")
      return c.body(null, 204)
    })
    .openapi(routes.models, async (c) => {
      const { id } = c.req.valid("param")
      // Nobody would read the answer to its end.
      if (c.req.method === "HEAD") return c.body(null, 200)
      return answerOf(await door.ask({ id, address: "models", signal: signalOf(c.req.raw) }))
    })
    .openapi(routes.ask, async (c) => {
      const { id } = c.req.valid("param")
      const body = JSON.stringify(c.req.valid("json"))
      return answerOf(await door.ask({ id, address: "chat/completions", body, signal: signalOf(c.req.raw) }))
    })
}

function answerOf(passed: PassedModelAnswer | undefined): Response {
  if (passed === undefined) throw unknown("model key")
  return new Response(passed.body, { status: passed.status, headers: passed.headers })
}
