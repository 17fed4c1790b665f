import { createRoute, z } from "@hono/zod-openapi"
import type { Context } from "hono"
import { addressOf, type CallerGuard } from "../door/caller-guard.ts"
import { Refusal } from "../door/refusal.ts"
import { keyObject } from "../people/devices.ts"
import type { People } from "../people/people.ts"
import type { Surroundings } from "../surroundings.ts"
import { deviceKey } from "./people.ts"
import { actorOf, given, givenName, listOf, nothing, resource, taken, timeMs, unknown, whoIn } from "./resource.ts"
import { refuseWithoutStepUp } from "./step-up.ts"

const MOST_LETTERS = 20_000
const letters = z.string().max(MOST_LETTERS)
/** What the browser gives, as far as it is looked at (PublicKeyCredential's `toJSON`). */
const answer = z.strictObject({
  id: z.string().regex(/^[\w-]{1,1400}$/, "it is base64url"),
  rawId: letters,
  type: z.literal("public-key"),
  response: z.strictObject({
    clientDataJSON: letters,
    attestationObject: letters.optional(),
    authenticatorData: letters.optional(),
    signature: letters.optional(),
    userHandle: letters.optional(),
  }),
})
const passkey = z.object({
  id: z.string(),
  name: z.string(),
  /** The name in the address that it is good for. */
  host: z.string(),
  createdMs: timeMs,
  usedMs: timeMs.nullable(),
})
/** What `navigator.credentials` takes as JSON. */
const options = z.looseObject({ challenge: z.string() })
const one = { params: z.object({ id: z.string().regex(/^[\w-]{1,1400}$/, "There is no such passkey.") }) }

const routes = {
  list: createRoute({
    method: "get",
    path: "/",
    summary: "Your passkeys, the newest first",
    responses: { 200: given("them", listOf(passkey)) },
  }),
  creation: createRoute({
    method: "post",
    path: "/creation",
    summary: "What this browser's device is asked for, to make a passkey of yours",
    responses: { 200: given("options for the browser", options) },
  }),
  add: createRoute({
    method: "post",
    path: "/",
    summary: "Keep a new passkey of yours",
    request: taken(z.strictObject({ name: givenName, answer })),
    responses: { 201: given("it", passkey) },
  }),
  remove: createRoute({
    method: "delete",
    path: "/{id}",
    summary: "Remove a passkey of yours",
    request: one,
    responses: { 204: nothing },
  }),
  request: createRoute({
    method: "post",
    path: "/sign-in-options",
    summary: "What a device is asked for, to sign in with a passkey it has",
    responses: { 200: given("options for the browser", options) },
  }),
  signIn: createRoute({
    method: "post",
    path: "/sign-in",
    summary: "Pair this browser by a passkey; it is known until it was not used for 30 days",
    request: taken(z.strictObject({ name: givenName, publicKey: deviceKey, answer })),
    responses: { 201: given("paired", z.object({ id: z.string(), run: z.string(), nowMs: timeMs })) },
  }),
  stepUpOptions: createRoute({
    method: "post",
    path: "/step-up-options",
    summary: "What your device is asked for, to show your passkey again",
    responses: { 200: given("options for the browser", options) },
  }),
  stepUp: createRoute({
    method: "post",
    path: "/step-up",
    summary: "Show your passkey again: for five minutes this browser may do what could lose money",
    request: taken(z.strictObject({ answer })),
    responses: { 204: nothing },
  }),
}

type PasskeyRoutesDeps = { people: People; guard: CallerGuard; surroundings: Pick<Surroundings, "nowMs"> }

/** Passkeys: making, using and removing them. */
export function passkeyRoutes({ people, guard, surroundings }: PasskeyRoutesDeps) {
  const { passkeys, persons, stepUps } = people
  return resource()
    .openapi(routes.list, async (c) => c.json({ items: await passkeys.list(whoIn(c).person), next: null }, 200))
    .openapi(routes.creation, async (c) => {
      await refuseWeak(c, people)
      const { person: id } = whoIn(c)
      const name = (await persons.find(id))?.name ?? id
      return c.json(await passkeys.creationOptions({ id, name }, at(c, "creation")), 200)
    })
    .openapi(routes.add, async (c) => {
      await refuseWeak(c, people)
      const { name, answer: answered } = c.req.valid("json")
      return c.json(await passkeys.add({ name, answer: answered, ...at(c, "creation") }, actorOf(c)), 201)
    })
    .openapi(routes.remove, async (c) => {
      await refuseWithoutStepUp(c, people)
      const { id } = c.req.valid("param")
      if (!(await passkeys.remove(id, actorOf(c)))) throw unknown("passkey")
      return c.body(null, 204)
    })
    .openapi(routes.request, async (c) => {
      guard.attempt(addressOf(c))
      return c.json(await passkeys.requestOptions({ origin: originOf(c), purpose: "sign-in" }), 200)
    })
    .openapi(routes.signIn, async (c) => {
      guard.attempt(addressOf(c))
      const { name, publicKey: key, answer: answered } = c.req.valid("json")
      if (keyObject(key) === undefined)
        throw new Refusal(422, "not-valid", "This is no P-256 key.", { field: "publicKey" })
      const { id } = await people.signIn(answered, { name, key, address: addressOf(c), origin: originOf(c) })
      return c.json({ id, run: people.run, nowMs: surroundings.nowMs() }, 201)
    })
    .openapi(routes.stepUpOptions, async (c) => {
      refuseToken(c)
      const { person } = whoIn(c)
      return c.json(await passkeys.requestOptions({ ...at(c, "step-up"), person }), 200)
    })
    .openapi(routes.stepUp, async (c) => {
      refuseToken(c)
      const { id, person } = whoIn(c)
      const shown = await passkeys.shown(c.req.valid("json").answer, at(c, "step-up"))
      if (shown !== person) throw notYours
      stepUps.note(id)
      return c.body(null, 204)
    })
}

function originOf(c: Context): string {
  return c.get("entrance").origin
}

/** For which browser's which purpose a challenge is, at which address. */
function at(c: Context, what: string): { origin: string; purpose: string } {
  return { origin: originOf(c), purpose: `${what} of ${whoIn(c).id}` }
}

/** A passkey is made and removed by its person at a browser; from the internet, by who shows the one they have. */
async function refuseWeak(c: Context, people: People): Promise<void> {
  refuseToken(c)
  if (await people.passkeys.areThere(whoIn(c).person, originOf(c))) await refuseWithoutStepUp(c, people)
}

function refuseToken(c: Context): void {
  if (whoIn(c).kind !== "device") throw browserOnly
}

const browserOnly = new Refusal(
  409,
  "browser-only",
  "Only a paired browser does this: a passkey is shown by a person. Nothing was changed.",
)

const notYours = new Refusal(401, "wrong-credential", "This passkey is another person's. Use your own.")
