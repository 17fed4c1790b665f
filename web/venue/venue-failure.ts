import { type PageFailure, type PageFailureKind, pageFailureOfStatus } from "#engine/candles"

/** What an exchange, or the way to it, said instead of an answer. */
export class VenueFailure extends Error {
  readonly failure: PageFailure

  constructor(failure: PageFailure) {
    super(failure.message)
    this.failure = failure
  }
}

/** No connection, one that broke, or an answer nobody could have meant. */
export function unreachable(message: string): VenueFailure {
  return new VenueFailure({ ok: false, kind: "unreachable", message })
}

/** Reads a refusal from its HTTP status, its body and what it says about waiting. */
export function failureOfResponse({
  status,
  body,
  retryAfter,
}: {
  status: number
  body: string
  retryAfter: string | null
}): VenueFailure {
  const message = messageIn(body) ?? `HTTP ${status}`
  const seconds = retryAfter === null ? Number.NaN : Number(retryAfter)
  const failure = pageFailureOfStatus(status, message, Number.isFinite(seconds) ? seconds * 1000 : undefined)
  // https://developers.binance.com/docs/binance-spot-api-docs/errors: "Invalid symbol."
  return new VenueFailure(body.includes("-1121") ? { ...failure, kind: "unknown-market" } : failure)
}

/**
 * What any error of a request means: ours as it says, ccxt's by the name of its class, all else as an answer that
 * made no sense.
 */
export function failureOf(error: unknown): PageFailure {
  if (error instanceof VenueFailure) return error.failure
  const { name, message } = error instanceof Error ? error : { name: "", message: String(error) }
  return {
    ok: false,
    kind: ccxtKinds.find(([pattern]) => pattern.test(name))?.[1] ?? "unreachable",
    message: message.slice(0, 200),
  }
}

// The names of ccxt's error classes. Bybit says no with HTTP 200, so for it these are all there is.
const ccxtKinds: [RegExp, PageFailureKind][] = [
  [/BadSymbol/, "unknown-market"],
  [/DDoSProtection|RateLimitExceeded/, "busy"],
  [/PermissionDenied|RestrictedLocation/, "region"],
  [/BadRequest|NotSupported/, "refused"],
]

/** The words in an exchange's refusal, or in the relay's own. */
function messageIn(body: string): string | undefined {
  try {
    const { msg, retMsg, message, error } = JSON.parse(body) as Record<string, unknown>
    return [msg, retMsg, message, error].find((each) => typeof each === "string" && each !== "") as string | undefined
  } catch {
    return undefined
  }
}
