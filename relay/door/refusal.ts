import type { Context } from "hono"
import type { z } from "@hono/zod-openapi"
import type { problem, RefusalCode, StatusOf } from "./refusals.ts"

export type RefusalDetails = {
  /** The place in the body: "risk.maxPositions". */
  field?: string
  /** When asking again makes sense, in whole seconds. */
  retryAfterS?: number
  /** What a program needs to do better, beside the sentence. */
  answer?: Record<string, unknown>
  /** What went wrong underneath: for nobody but the program. */
  cause?: unknown
}

/** An honest no to a request, thrown from wherever it is known: a status, a word for programs (`refusals`) and a sentence for people. */
export class Refusal<Code extends RefusalCode = RefusalCode> extends Error {
  override name = "Refusal"

  constructor(
    readonly status: StatusOf<Code>,
    readonly code: Code,
    sentence: string,
    readonly details: RefusalDetails = {},
  ) {
    super(sentence, { cause: details.cause })
  }
}

/** A text as a sentence: with a mark at its end, and one only. */
export function asSentence(text: string): string {
  return /[.!?…]$/.test(text.trimEnd()) ? text.trimEnd() : `${text.trimEnd()}.`
}

/** One shape for every refusal: JSON for programs, the bare sentence for a person elsewhere. */
export function refuse(c: Context, { status, code, message, details }: Refusal): Response {
  const { field, retryAfterS, answer } = details
  if (retryAfterS !== undefined) c.header("retry-after", String(retryAfterS))
  if (!isApi(c.req.path)) return c.text(`${message}\n`, status)
  const said: z.infer<typeof problem> = { error: message, code, ...(field === undefined ? {} : { field }), ...answer }
  return c.json(said, status)
}

function isApi(path: string): boolean {
  return path === "/mcp" || path === "/api" || path.startsWith("/api/")
}
