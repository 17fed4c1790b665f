import { DAY_MS, pageFailureOfStatus, plainText, type PageFailure, type PageFailureKind } from "#engine/candles"

/** A refusal or failure on its way through ccxt, whose own error classes lose the status and the wait. */
export class VenueFailure extends Error {
  override name = "VenueFailure"

  constructor(readonly failure: PageFailure) {
    super(failure.message)
  }
}

/** Foreign messages beyond this length help nobody. */
const MOST_LETTERS = 200
/** No exchange bans anybody for longer; a longer wait is a mistake in its answer. */
const LONGEST_RETRY_MS = 3 * DAY_MS

/** No connection, a broken one, or an answer that makes no sense. */
export function unreachable(message: string): VenueFailure {
  return new VenueFailure({ ok: false, kind: "unreachable", message: plainText(message, MOST_LETTERS) })
}

/** Reads a refusal from its HTTP status, its body and its Retry-After. */
export function failureOfAnswer({ status, body, retryAfter }: Refusal): VenueFailure {
  const message = plainText(wordsIn(body) ?? `HTTP ${status}`, MOST_LETTERS)
  const failure = pageFailureOfStatus(status, message, retryAfterMs(retryAfter))
  // -1121: "Invalid symbol." Source: https://developers.binance.com/docs/binance-spot-api-docs/errors
  return new VenueFailure(/"code"\s*:\s*-1121\b/.test(body) ? { ...failure, kind: "unknown-market" } : failure)
}

type Refusal = { status: number; body: string; retryAfter?: string | null }

/**
 * What any error of a request means: ours as it says, ccxt's by its class, all else as an answer that made no sense.
 */
export function failureOf(error: unknown): PageFailure {
  if (error instanceof VenueFailure) return error.failure
  const { name, message } = error instanceof Error ? error : { name: "", message: String(error) }
  const kind = ccxtKinds.find(([pattern]) => pattern.test(name))?.[1] ?? "unreachable"
  return { ok: false, kind, message: plainText(message, MOST_LETTERS) }
}

// The names of ccxt's error classes. Bybit refuses with HTTP 200, so for Bybit these are all there is.
const ccxtKinds: [RegExp, PageFailureKind][] = [
  [/BadSymbol/, "unknown-market"],
  [/DDoSProtection|RateLimitExceeded/, "busy"],
  [/PermissionDenied|RestrictedLocation/, "region"],
  [/BadRequest|NotSupported|ArgumentsRequired/, "refused"],
]

/**
 * The wait in a Retry-After in seconds, ms; undefined for a missing or invalid one, where our own pace holds: a date
 * depends on a clock that may be wrong, and "at once" is what made the exchange busy.
 */
function retryAfterMs(retryAfter: string | null | undefined): number | undefined {
  const seconds = /^\d{1,9}(\.\d+)?$/.test(retryAfter ?? "") ? Number(retryAfter) : 0
  return seconds > 0 ? Math.min(seconds * 1000, LONGEST_RETRY_MS) : undefined
}

/** The message in an exchange's refusal, or in the relay's own. */
function wordsIn(body: string): string | undefined {
  const { msg, retMsg, message, error } = (parsedJson(body) ?? {}) as Record<string, unknown>
  return [msg, retMsg, message, error].find((each) => typeof each === "string" && each !== "") as string | undefined
}

/** The JSON value of a text; undefined when it is not JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
