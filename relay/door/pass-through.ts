import { isPublicPath, type Venue } from "#venues"
import { type AnswerLimits, askPublic, type PublicOutcome, usualLimits } from "./public-request.ts"

/** What goes back to the browser. `retryAfter` and `usedWeight` are the venue's headers when it sent them. */
export type PassedAnswer = { status: number; body: string; retryAfter?: string; usedWeight?: string }

const MOST_QUERY_LENGTH = 4_096

export type PassThroughLimits = Partial<AnswerLimits>

/**
 * Asks a venue for public data on the browser's behalf: one GET, nothing of the browser's but path and query, no
 * redirect followed.
 * `path` is everything below the venue's origin, still percent-encoded. Answers for every outcome, with a sentence
 * when it is not the venue's own answer.
 */
export async function passThrough(
  venue: Venue,
  { path, query }: { path: string; query: string },
  limits: PassThroughLimits & { signal?: AbortSignal } = {},
): Promise<PassedAnswer> {
  if (!isPublicPath(venue.dialect, path) || query.length > MOST_QUERY_LENGTH)
    return no(404, `${venue.name} has no public market data at this address.`)
  const asked = { ...usualLimits, ...limits }
  for (const origin of venue.rest) {
    const outcome = await askPublic(addressOf(origin, path, query), asked)
    if (outcome.kind !== "unreachable") return passed(venue, outcome, asked)
  }
  return no(
    502,
    `${venue.name} cannot be reached right now. Check the internet connection; nothing was lost, and trying again is safe.`,
  )
}

/** The path was matched against a list, so it cannot lead to another host; this holds it to that. */
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
      return no(502, `${venue.name} sent us elsewhere, and Candlewright does not follow.`)
    case "too-large":
      return no(
        502,
        `${venue.name} answered with more than ${Math.round(mostBytes / 1_048_576)} MB, and Candlewright stopped listening.`,
      )
    case "late":
      return no(
        504,
        `${venue.name} did not answer within ${Math.round(patienceMs / 1000)} seconds. Trying again is safe.`,
      )
    case "stopped":
      return no(499, "The page stopped asking.")
    case "answer":
      return venuesOwn(venue, outcome)
  }
}

function venuesOwn(venue: Venue, { status, body, header }: Extract<PublicOutcome, { kind: "answer" }>): PassedAnswer {
  const isJson = /^application\/json\b/i.test(header("content-type") ?? "")
  return {
    status,
    body: isJson ? body : pageInstead(venue, status),
    retryAfter: header("retry-after") ?? undefined,
    usedWeight: header("x-mbx-used-weight-1m") ?? undefined,
  }
}

/** A page of somebody else's has no business on our origin. */
function pageInstead(venue: Venue, status: number): string {
  return JSON.stringify({ error: `${venue.name} sent a page instead of data (HTTP ${status}).` })
}

function no(status: number, error: string): PassedAnswer {
  return { status, body: JSON.stringify({ error }) }
}
