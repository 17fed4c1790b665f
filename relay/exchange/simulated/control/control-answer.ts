import type { Context } from "hono"
import type { z } from "zod"

/** The person asked the control plane for something it cannot read; the message says what. */
export class BadRequest extends Error {}

/** Reads a body by its schema. */
export async function read<T extends z.ZodType>(context: Context, schema: T): Promise<z.output<T>> {
  const parsed = schema.safeParse(await context.req.json().catch(() => undefined))
  if (parsed.success) return parsed.data
  throw new BadRequest(
    parsed.error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`).join("; "),
  )
}

/** What is answered when there is nothing to tell. */
export function done(context: Context, _result?: unknown): Response {
  return context.json({ ok: true })
}
