import { OpenAPIHono, type RouteConfig, z } from "@hono/zod-openapi"
import type { Context, MiddlewareHandler } from "hono"
import type { ZodError } from "zod"
import { venues } from "#venues"
import type { Actor } from "../audit/audit-entry.ts"
import type { Who } from "../door/policy.ts"
import { asSentence, Refusal } from "../door/refusal.ts"
import { speakPlainly } from "./issue-words.ts"

/**
 * Routes of one resource. Whatever its schemas refuse is answered with the place and a sentence; where a route takes no
 * body, so is one that is sent: in silence, it would seem to have counted. What the caller does not have is then unknown,
 * at the place where it would be if there were no such thing.
 */
export function resource(): OpenAPIHono {
  speakPlainly()
  const routes = new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) throw notUnderstood(result.target, result.error as unknown as ZodError)
    },
  })
  const add = routes.openapi
  routes.openapi = ((route, handler, ...rest) =>
    add(
      takesNoBody(route) ? { ...route, middleware: withoutBody } : route,
      ((c, next) => {
        const missing = c.get("missing")
        if (missing !== undefined) throw unknown(missing)
        return handler(c, next)
      }) as typeof handler,
      ...rest,
    )) as typeof add
  return routes
}

function takesNoBody({ method, request }: RouteConfig): boolean {
  return method !== "get" && request?.body === undefined
}

const noBody = z
  .strictObject(
    {},
    { error: ({ code }) => (code === "invalid_type" ? "nothing is sent here: leave the body out" : undefined) },
  )
  .nullable()

/** Lets through what says nothing: no body, or an empty object. */
const withoutBody: MiddlewareHandler = async (c, next) => {
  const text = await c.req.text()
  const read = noBody.safeParse(text.trim() === "" ? {} : parsed(text))
  if (!read.success) throw notUnderstood("json", read.error)
  return next()
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Refusal(400, "bad-request", "Malformed JSON in request body. Nothing was changed.", { cause })
  }
}

function notUnderstood(target: string, error: ZodError): Refusal {
  const [issue] = error.issues
  if (target === "param") return new Refusal(404, "unknown-id", issue.message)
  // An unknown field is named by the issue's keys, not by its path.
  const path = [...issue.path, ...("keys" in issue && issue.keys.length > 0 ? [issue.keys[0]] : [])].map(String)
  const field = path.join(".").slice(0, LONGEST_FIELD)
  const what = field === "" ? issue.message : `${field}: ${issue.message}`
  return target === "json"
    ? new Refusal(422, "not-valid", `This is not understood. ${asSentence(what)} Nothing was changed.`, { field })
    : new Refusal(400, "bad-address", `The address is not understood. ${asSentence(what)}`, { field })
}

const LONGEST_FIELD = 200

/** A body of a request. */
export function taken<Schema extends z.ZodType>(schema: Schema) {
  return { body: { required: true, content: { "application/json": { schema } } } } as const
}

/** A body of an answer. */
export function given<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { description, content: { "application/json": { schema } } } as const
}

/** An answer without a body. */
export const nothing = { description: "done" } as const

/** A list, and where it goes on. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() })
}

/** A whole number in an address: digits, and nothing else; one that is left empty is none. */
export function wholeNumber(least: number, most: number) {
  const digits = z.string().regex(/^-?\d{1,16}$/, "it is a whole number in digits")
  return digits.transform(Number).pipe(z.number().int().min(least).max(most)).openapi({ type: "integer" })
}

/** Where a list goes on, and how much of it: `?after=&limit=`. */
export function pageOf(cursor: RegExp) {
  const after = z.string().regex(cursor, "it is the `next` of the page before").optional()
  return z.object({ after, limit: wholeNumber(1, MOST_ON_PAGE).default(USUAL_ON_PAGE) })
}

const MOST_ON_PAGE = 200
const USUAL_ON_PAGE = 50

/** Exchanges with public markets. */
export const venueName = z.enum(venues.map(({ id }) => id))

export const timeMs = z.int().min(0)

/** One line that a person gave something as its name. */
export const givenName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine((text) => !/[\p{C}\p{Zl}\p{Zp}]/u.test(text), "a name is one line of printable letters")

/** Who changes something, for the log. */
export function actorOf(c: Context): Actor {
  const who = whoIn(c)
  return { kind: who.kind, id: who.id, name: who.name, person: who.person }
}

/** Who asks, where a route is for callers that are known. */
export function whoIn(c: Context): Who {
  const who = c.get("who")
  if (who === undefined) throw new Error(`${c.req.path} answers nobody`)
  return who
}

/** The address of one thing, such as a "device". */
export function oneOf(what: string) {
  return { params: z.object({ id: z.string().regex(/^[\w-]{1,100}$/, unknownWords(what)) }) }
}

/** What is not there, or belongs to somebody else: the answer does not tell which. */
export function unknown(what: string): Refusal {
  return new Refusal(404, "unknown-id", unknownWords(what))
}

function unknownWords(what: string): string {
  return `There is no such ${what}.`
}
