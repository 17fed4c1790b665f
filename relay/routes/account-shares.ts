import { createRoute, z } from "@hono/zod-openapi"
import type { Accounts } from "../accounts/accounts.ts"
import type { People } from "../people/people.ts"
import { actorOf, given, listOf, nothing, oneOf, resource, taken, unknown } from "./resource.ts"

const reach = z.enum(["read", "trade"])
const share = z.object({ person: z.string(), name: z.string(), reach })
const one = { params: oneOf("account").params.extend({ person: oneOf("person").params.shape.id }) }

const routes = {
  list: createRoute({
    method: "get",
    path: "/{id}/shares",
    summary: "With whom an account is shared, and how far",
    request: oneOf("account"),
    responses: { 200: given("them", listOf(share)) },
  }),
  share: createRoute({
    method: "put",
    path: "/{id}/shares/{person}",
    summary: "Share an account with a person of this relay: to look at it, or to trade with it",
    request: { ...one, ...taken(z.strictObject({ reach })) },
    responses: { 204: nothing },
  }),
  end: createRoute({
    method: "delete",
    path: "/{id}/shares/{person}",
    summary: "Share it no more",
    request: one,
    responses: { 204: nothing },
  }),
}

/** Whom an account is shared with. */
export function shareRoutes({ people: { shares }, accounts }: { people: People; accounts: Accounts }) {
  const found = async (id: string) => {
    if ((await accounts.find(id)) === undefined) throw unknown("account")
    return id
  }
  return resource()
    .openapi(routes.list, async (c) =>
      c.json({ items: await shares.list(await found(c.req.valid("param").id)), next: null }, 200),
    )
    .openapi(routes.share, async (c) => {
      const { id, person } = c.req.valid("param")
      if (!(await shares.share(await found(id), person, c.req.valid("json").reach, actorOf(c)))) throw unknown("person")
      return c.body(null, 204)
    })
    .openapi(routes.end, async (c) => {
      const { id, person } = c.req.valid("param")
      if (!(await shares.end(await found(id), person, actorOf(c)))) throw unknown("share")
      return c.body(null, 204)
    })
}
