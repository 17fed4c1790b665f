import type { Outcome } from "../protocol/speech.ts"

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
export function struckOutcome({ status = 500, code }: { status?: number; code?: number }): Outcome {
  // A signature that does not hold and a token that has run out are the same answer here.
  const heard = code === -1021 || code === -1022 ? 401 : status === 418 ? 429 : status
  const { error, message } = errors[heard] ?? errors[500]
  if (heard === 401) return { status: heard, body: "Unauthorized\n", type: "text/plain; charset=utf-8" }
  return {
    status: heard,
    body: JSON.stringify({ error, error_details: message, message }),
    type: "application/json; charset=utf-8",
  }
}
