import { pageFailureOfStatus, type PageFailure, type PageFailureKind } from "#engine/candles"

const TIMEOUT_MS = 20_000

/** A refusal or failure on its way through ccxt, which would lose the status and the wait in its own error classes. */
export class VenueFailure extends Error {
  constructor(readonly failure: PageFailure) {
    super(failure.message)
  }
}

/**
 * The answer to a public question, whole and in JSON, or `VenueFailure`. Nothing is followed, nothing is sent but the
 * address.
 */
export async function getPublic(address: string, signal: AbortSignal | undefined): Promise<Response> {
  const { response, body } = await readWhole(address, signal)
  if (!response.ok) throw new VenueFailure(failureOfResponse(response, body))
  // ccxt takes whatever is no list of candles for an empty one, and a hole would be remembered where there is none.
  if (!isMeant(address, body))
    throw new VenueFailure({ ok: false, kind: "unreachable", message: "its answer makes no sense" })
  return new Response(body, {
    status: response.status,
    headers: { "content-type": response.headers.get("content-type") ?? "application/json" },
  })
}

/**
 * What any error of a question means: ours as it says, ccxt's by its class, all else as an answer that made no sense.
 */
export function failureOf(error: unknown): PageFailure {
  if (error instanceof VenueFailure) return error.failure
  const { name, message } =
    error instanceof Error
      ? { name: error.constructor.name, message: error.message }
      : { name: "", message: String(error) }
  const kind = ccxtKinds.find(([pattern]) => pattern.test(name))?.[1] ?? "unreachable"
  return { ok: false, kind, message: message.slice(0, 200) }
}

// Bybit says no with HTTP 200, so for it ccxt's classes are all there is.
const ccxtKinds: [RegExp, PageFailureKind][] = [
  [/BadSymbol/, "unknown-market"],
  [/DDoSProtection|RateLimitExceeded/, "busy"],
  [/PermissionDenied|RestrictedLocation/, "region"],
  [/BadRequest|NotSupported|ArgumentsRequired/, "refused"],
]

/**
 * Whether a body is JSON, and holds a list where candles were asked for: Binance's own, Bybit's `result.list`,
 * Coinbase's `candles`.
 */
function isMeant(address: string, body: string): boolean {
  const answer = parsed(body) as { result?: { list?: unknown }; candles?: unknown; retCode?: number } | undefined
  if (answer === undefined || answer === null || !/\/(klines?|candles)\?/.test(address))
    return typeof answer === "object"
  // Bybit refuses with HTTP 200 and a code, which ccxt then makes an error of.
  return [answer, answer.result?.list, answer.candles].some(Array.isArray) || (answer.retCode ?? 0) !== 0
}

async function readWhole(
  address: string,
  signal: AbortSignal | undefined,
): Promise<{ response: Response; body: string }> {
  const patience = AbortSignal.timeout(TIMEOUT_MS)
  try {
    const response = await fetch(address, {
      redirect: "error",
      signal: signal === undefined ? patience : AbortSignal.any([signal, patience]),
    })
    // The whole body is read here, because a connection may break in the middle of it.
    return { response, body: await response.text() }
  } catch (error) {
    throw new VenueFailure({
      ok: false,
      kind: "unreachable",
      message: patience.aborted ? `no answer within ${TIMEOUT_MS / 1000} seconds` : networkWords(error),
    })
  }
}

function failureOfResponse({ status, headers }: Response, body: string): PageFailure {
  const seconds = Number(headers.get("retry-after") ?? Number.NaN)
  const failure = pageFailureOfStatus(
    status,
    messageIn(body) ?? `HTTP ${status}`,
    Number.isFinite(seconds) ? seconds * 1000 : undefined,
  )
  // -1121: "Invalid symbol." Source: https://developers.binance.com/docs/binance-spot-api-docs/errors
  return /"code"\s*:\s*-1121\b/.test(body) ? { ...failure, kind: "unknown-market" } : failure
}

/** The words in an exchange's refusal. */
function messageIn(body: string): string | undefined {
  const { msg, retMsg, message, error } = (parsed(body) ?? {}) as Record<string, unknown>
  return [msg, retMsg, message, error].find((each) => typeof each === "string" && each !== "") as string | undefined
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

// Node's fetch says "fetch failed" and keeps the reason, such as ECONNREFUSED, in the cause.
function networkWords(error: unknown): string {
  const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined
  return cause?.code ?? cause?.message ?? (error instanceof Error ? error.message : String(error))
}
