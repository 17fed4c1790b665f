import type { Venue } from "./venue.ts"

/** What goes back to the browser. `retryAfter` and `usedWeight` are the venue's headers when it sent them. */
export type PassedAnswer = { status: number; body: string; retryAfter?: string; usedWeight?: string }

/** Waiting longer than this for a whole answer is given up. */
const PATIENCE_MS = 20_000
/** Binance's list of every market is the largest honest answer, some 15 MB. */
const MOST_BYTES = 24 * 1024 * 1024
const MOST_QUERY_LENGTH = 4_096

export type PassThroughLimits = { patienceMs?: number; mostBytes?: number }

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
  if (!venue.restPaths.test(path) || query.length > MOST_QUERY_LENGTH)
    return no(404, `${venue.name} has no public market data at this address.`)
  for (const origin of venue.rest) {
    const answer = await ask(venue, addressOf(origin, path, query), limits)
    if (answer !== "unreachable") return answer
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

async function ask(
  venue: Venue,
  address: URL,
  { patienceMs = PATIENCE_MS, mostBytes = MOST_BYTES, signal }: PassThroughLimits & { signal?: AbortSignal },
): Promise<PassedAnswer | "unreachable"> {
  const timeout = AbortSignal.timeout(patienceMs)
  try {
    const answer = await fetch(address, {
      redirect: "manual",
      headers: { accept: "application/json" },
      signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
    })
    if (answer.status >= 300 && answer.status < 400)
      return no(502, `${venue.name} sent us elsewhere, and Candlewright does not follow.`)
    const body = await textUpTo(answer, mostBytes)
    if (body === undefined)
      return no(
        502,
        `${venue.name} answered with more than ${Math.round(mostBytes / 1_048_576)} MB, and Candlewright stopped listening.`,
      )
    return { status: answer.status, body: isJson(answer) ? body : pageInstead(venue, answer.status), ...kept(answer) }
  } catch {
    if (timeout.aborted)
      return no(
        504,
        `${venue.name} did not answer within ${Math.round(patienceMs / 1000)} seconds. Trying again is safe.`,
      )
    return signal?.aborted ? no(499, "The page stopped asking.") : "unreachable"
  }
}

/** The body as text, or undefined when it is longer than `most` bytes (unpacked, so that a bomb is small to us). */
async function textUpTo(answer: Response, most: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length
    // Leaving the loop cancels the rest of the body.
    if (bytes > most) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString("utf8")
}

function kept({ headers }: Response): Pick<PassedAnswer, "retryAfter" | "usedWeight"> {
  return {
    retryAfter: headers.get("retry-after") ?? undefined,
    usedWeight: headers.get("x-mbx-used-weight-1m") ?? undefined,
  }
}

function isJson({ headers }: Response): boolean {
  return /^application\/json\b/i.test(headers.get("content-type") ?? "")
}

/** A page of somebody else's has no business on our origin. */
function pageInstead(venue: Venue, status: number): string {
  return JSON.stringify({ error: `${venue.name} sent a page instead of data (HTTP ${status}).` })
}

function no(status: number, error: string): PassedAnswer {
  return { status, body: JSON.stringify({ error }) }
}
