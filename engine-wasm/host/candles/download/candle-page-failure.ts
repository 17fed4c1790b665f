/** Why an exchange sent no candles. `busy` and `unreachable` pass with time; the others do not. */
export type PageFailureKind = "busy" | "unreachable" | "banned" | "region" | "unknown-market" | "refused"

export type PageFailure = {
  ok: false
  kind: PageFailureKind
  /** The exchange's or network's own message, for people who want to know. */
  message: string
  /** How long the exchange asks us to wait, ms. */
  retryAfterMs?: number
}

/** An exchange's answer to a page request. */
export type PageAnswer = { ok: true; rows: unknown } | PageFailure

/** Whether a retry makes sense. */
export function passes({ kind }: PageFailure): boolean {
  return kind === "busy" || kind === "unreachable"
}

/**
 * What an HTTP status other than 200 means for a download. Bybit and others answer 403 to countries they do not
 * serve, and firewalls to anybody. Source:
 * https://developers.binance.com/docs/binance-spot-api-docs/rest-api/general-api-information (418, 429).
 */
export function pageFailureOfStatus(status: number, message: string, retryAfterMs?: number): PageFailure {
  return { ok: false, kind: kindOfStatus(status), message, retryAfterMs }
}

function kindOfStatus(status: number): PageFailureKind {
  if (status === 429) return "busy"
  if (status === 418) return "banned"
  if (status === 451 || status === 403) return "region"
  if (status === 404) return "unknown-market"
  return status === 408 || status >= 500 || status < 400 ? "unreachable" : "refused"
}

/** The failure in a sentence or two for the person who waits for candles: what it means and what to do. */
export function pageFailureInWords(
  { kind, message, retryAfterMs }: PageFailure,
  { exchange, market }: { exchange: string; market: string },
): string {
  const later = retryAfterMs === undefined ? "in a few minutes" : `in ${waitInWords(retryAfterMs)}`
  switch (kind) {
    case "busy":
      return `${exchange} gets too many requests from this connection; try again ${later}. The candles so far are kept.`
    case "banned":
      return `${exchange} has shut this connection out for a while because it asked too often (HTTP 418). Try again ${later}, and let no other program ask meanwhile. The candles so far are kept.`
    case "region":
      return `${exchange} does not serve the country this connection comes from. Nothing is wrong with your computer: choose another exchange, or import a candle file.`
    case "unknown-market":
      return `${exchange} has no market ${market}, or no longer: look for its spelling in the list of markets.`
    case "refused":
      return `${exchange} refused the request for candles of ${market}: ${message}`
    case "unreachable":
      return `${exchange} cannot be reached (${message}). Check the network and try again: the candles so far are kept.`
  }
}

/** A wait as people say it: "40 seconds", "3 minutes", "2 hours". */
export function waitInWords(waitMs: number): string {
  const seconds = Math.max(1, Math.ceil(Math.round(waitMs) / 1000))
  const [count, unit] =
    seconds < 100
      ? [seconds, "second"]
      : seconds < 6000
        ? [Math.ceil(seconds / 60), "minute"]
        : [Math.ceil(seconds / 3600), "hour"]
  return `${count} ${unit}${count === 1 ? "" : "s"}`
}
