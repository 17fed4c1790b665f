import type { Context } from "hono"
import type { z } from "zod"
import type { Surroundings } from "../../../surroundings.ts"
import type { LogEntry } from "../event-log.ts"

/** Entries written at a time; a log of weeks is long, and other requests need their turn in between. */
const ENTRIES_AT_ONCE = 500

/** The control plane cannot read the request; the message says why. */
export class BadRequest extends Error {}

/** Reads a body by its schema. */
export async function read<T extends z.ZodType>(context: Context, schema: T): Promise<z.output<T>> {
  const parsed = schema.safeParse(await context.req.json().catch(() => undefined))
  if (parsed.success) return parsed.data
  throw new BadRequest(
    parsed.error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`).join("; "),
  )
}

/** The answer when there is nothing to report. */
export function done(context: Context, _result?: unknown): Response {
  return context.json({ ok: true })
}

/** Entries of the log as one JSON list. */
export async function* logText(entries: readonly LogEntry[], { giveWay }: Surroundings): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder()
  yield bytes.encode("[")
  for (let from = 0; from < entries.length; from += ENTRIES_AT_ONCE) {
    const part = entries.slice(from, from + ENTRIES_AT_ONCE).map((entry) => JSON.stringify(entry))
    yield bytes.encode((from === 0 ? "" : ",") + part.join(","))
    await giveWay()
  }
  yield bytes.encode("]")
}
