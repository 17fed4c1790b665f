import { MOST_ANSWER_BYTES } from "#venues"

/** How long a whole answer may take, and how large it may be once unpacked. */
export type AnswerLimits = { patienceMs: number; mostBytes: number }

/** The outcome of a request for public data. Header values as sent, missing ones null. */
export type PublicOutcome =
  | { kind: "answer"; status: number; body: Uint8Array<ArrayBuffer>; header: (name: string) => string | null }
  | { kind: "redirect" | "too-large" | "no-room" | "late" | "stopped" }
  /** `because` is the network's own code, such as ECONNREFUSED. */
  | { kind: "unreachable"; because: string }

export const usualLimits: AnswerLimits = { patienceMs: 20_000, mostBytes: MOST_ANSWER_BYTES }

/**
 * Fetches an address: one GET that sends nothing but the address, follows no redirect, and reads the whole body,
 * since a connection may break halfway. `hold` sees every piece of the body and may refuse it.
 */
export async function askPublic(
  address: URL,
  {
    patienceMs,
    mostBytes,
    signal,
    hold = () => true,
  }: AnswerLimits & { signal?: AbortSignal; hold?: (bytes: number) => boolean },
): Promise<PublicOutcome> {
  const patience = AbortSignal.timeout(patienceMs)
  try {
    const answer = await fetch(address, {
      redirect: "manual",
      headers: { accept: "application/json" },
      signal: signal ? AbortSignal.any([patience, signal]) : patience,
    })
    const { status, headers } = answer
    if (status >= 300 && status < 400 && headers.has("location")) return await left(answer, "redirect")
    const body = await bytesOf(answer, { mostBytes, hold })
    if (typeof body === "string") return { kind: body }
    return { kind: "answer", status, body, header: (name) => headers.get(name) }
  } catch (error) {
    if (patience.aborted) return { kind: "late" }
    return signal?.aborted ? { kind: "stopped" } : { kind: "unreachable", because: networkWords(error) }
  }
}

async function left({ body }: Response, kind: "redirect"): Promise<PublicOutcome> {
  await body?.cancel()
  return { kind }
}

/** The unpacked body; a reason when it is too large or there is no room for it, so that a zip bomb stays small here. */
async function bytesOf(
  { body }: Response,
  { mostBytes, hold }: { mostBytes: number; hold: (bytes: number) => boolean },
): Promise<Uint8Array<ArrayBuffer> | "too-large" | "no-room"> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    bytes += chunk.length
    // Leaving the loop cancels the rest of the body.
    if (bytes > mostBytes) return "too-large"
    if (!hold(chunk.length)) return "no-room"
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

// Node's fetch says "fetch failed" and keeps the reason, such as ECONNREFUSED, in the cause.
function networkWords(error: unknown): string {
  const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined
  return cause?.code ?? cause?.message ?? (error instanceof Error ? error.message : String(error))
}
