import { refusedOrder } from "./order-failure.ts"
import type { Outcome } from "../protocol/speech.ts"

const JSON_TYPE = "application/json; charset=utf-8"
/** A refusal that proves nothing: the order may be there. */
const nameless = refusedOrder(
  { error: "UNKNOWN_FAILURE_REASON", preview: "UNKNOWN_PREVIEW_FAILURE_REASON", message: "" },
  null,
)

const errors: Record<number, { error: string; message: string }> = {
  400: { error: "INVALID_ARGUMENT", message: "invalid argument" },
  401: { error: "UNAUTHENTICATED", message: "Unauthorized" },
  403: { error: "PERMISSION_DENIED", message: "Missing required scopes" },
  418: { error: "RESOURCE_EXHAUSTED", message: "too many requests" },
  429: { error: "RESOURCE_EXHAUSTED", message: "too many requests" },
  500: { error: "INTERNAL", message: "internal server error" },
  503: { error: "UNAVAILABLE", message: "service unavailable" },
  504: { error: "DEADLINE_EXCEEDED", message: "context deadline exceeded" },
}

/** What a broken backend of Coinbase says: the general faults' statuses in its words. */
export function struckOutcome({
  name,
  status = 500,
  code,
}: {
  name?: string
  status?: number
  code?: number
}): Outcome {
  if (name === "F96" || name === "F97") return { status: 200, body: JSON.stringify(nameless), type: JSON_TYPE }
  // A signature that does not hold and a token that has run out are the same answer here.
  const heard = code === -1021 || code === -1022 ? 401 : status === 418 ? 429 : status
  const { error, message } = errors[heard] ?? errors[500]
  if (heard === 401) return { status: heard, body: "Unauthorized\n", type: "text/plain; charset=utf-8" }
  return {
    status: heard,
    body: JSON.stringify({ error, error_details: message, message }),
    type: JSON_TYPE,
  }
}
