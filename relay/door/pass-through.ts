import { isPublicData, type Venue } from "#venues"
import type { RefusalCode, StatusOf } from "./refusals.ts"
import { type AnswerLimits, askPublic, type PublicOutcome, usualLimits } from "./public-request.ts"

/** The answer for the browser, as JSON. `retryAfter` and `usedWeight` are the venue's headers when it sent them. */
export type PassedAnswer = {
  status: number
  body: Uint8Array<ArrayBuffer>
  retryAfter?: string
  usedWeight?: string
}

export type PassThroughOptions = Partial<AnswerLimits> & {
  signal?: AbortSignal
  /** Whether there is room for this many more bytes of the answer. */
  hold?: (bytes: number) => boolean
}

/**
 * Requests public data from a venue for the browser: one GET with nothing of the browser's but path and query, no
 * redirects. `path` is everything below the venue's origin, still percent-encoded. Always answers, with a sentence
 * when it is not the venue's own answer.
 */
export async function passThrough(
  venue: Venue,
  { path, query }: { path: string; query: string },
  options: PassThroughOptions = {},
): Promise<PassedAnswer> {
  if (!isPublicData(venue.dialect, path, query))
    return no(404, "unknown-address", `${venue.name} has no public market data at this address.`)
  const asked = { ...usualLimits, ...options }
  for (const origin of venue.rest) {
    const outcome = await askPublic(addressOf(origin, path, query), asked)
    if (outcome.kind !== "unreachable") return passed(venue, outcome, asked)
  }
  return no(
    502,
    "exchange-away",
    `${venue.name} cannot be reached right now. Check the internet connection; nothing was lost, and trying again is safe.`,
  )
}

/** The answer when too much is under way already. */
export const noRoom: PassedAnswer = {
  ...no(503, "no-room", "Candlewright is fetching as much as it can hold. Trying again in a moment is safe."),
  retryAfter: "2",
}

/** The allow-list already keeps the path on this host; this check enforces it. */
function addressOf(origin: string, path: string, query: string): URL {
  const address = new URL(origin + path + query)
  if (address.origin !== new URL(origin).origin) throw new Error(`${path} led away from ${origin}`)
  return address
}

function passed(
  venue: Venue,
  outcome: Exclude<PublicOutcome, { kind: "unreachable" }>,
  { patienceMs, mostBytes }: AnswerLimits,
): PassedAnswer {
  switch (outcome.kind) {
    case "redirect":
      return no(502, "exchange-redirects", `${venue.name} sent us elsewhere, and Candlewright does not follow.`)
    case "too-large":
      return no(
        502,
        "answer-too-large",
        `${venue.name} answered with more than ${Math.round(mostBytes / 1_048_576)} MB, and Candlewright stopped listening.`,
      )
    case "no-room":
      return noRoom
    case "late":
      return no(
        504,
        "exchange-late",
        `${venue.name} did not answer within ${Math.round(patienceMs / 1000)} seconds. Trying again is safe.`,
      )
    case "stopped":
      return no(503, "stopped", "The page stopped asking.")
    case "answer":
      return venuesOwn(venue, outcome)
  }
}

function venuesOwn(venue: Venue, { status, body, header }: Extract<PublicOutcome, { kind: "answer" }>): PassedAnswer {
  // 204, 205 and 304 have no body to pass on, and HTTP defines nothing beyond 599.
  if (status < 200 || status > 599 || [204, 205].includes(status) || (status >= 300 && status < 400))
    return no(502, "answer-without-data", `${venue.name} answered without data (HTTP ${status}). Trying again is safe.`)
  const isJson = /^application\/json\b/i.test(header("content-type") ?? "")
  return {
    status,
    // A foreign page must not appear on our origin.
    body: isJson
      ? body
      : json({ error: `${venue.name} sent a page instead of data (HTTP ${status}).`, code: "answer-without-data" }),
    retryAfter: numberIn(header("retry-after")),
    usedWeight: numberIn(header("x-mbx-used-weight-1m")),
  }
}

function numberIn(text: string | null): string | undefined {
  return text !== null && /^\d{1,12}(\.\d{1,3})?$/.test(text) ? text : undefined
}

function no<Code extends RefusalCode>(status: StatusOf<Code>, code: Code, error: string): PassedAnswer {
  return { status, body: json({ error, code }) }
}

function json(value: object): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value))
}
