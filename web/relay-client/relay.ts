import type { Api } from "#relay/api"
import { hc } from "hono/client"
import { findPairing, notePairing, type Pairing } from "../db/pairing.ts"
import { requestProof } from "./request-proof.ts"

/** The relay's API. Each request proves that this browser sends it, where it is paired. */
export const relay = hc<Api>(`${location.origin}/api`, { fetch: provenFetch })

/** What the relay said no to, in its own sentence. */
export class RelayRefusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** The place in what was sent that it is about: "markets", "strategy.protect.stopLoss". */
    readonly field?: string,
  ) {
    super(message)
  }
}

/** The relay does not answer. */
export class RelayAway extends Error {
  constructor() {
    super("The relay does not answer. Start Candlewright again; backtests go on without it.")
  }
}

/** Throws `RelayRefusal` where the relay said no. */
export async function answered<Answer extends { ok: boolean; json: () => Promise<unknown> }>(
  asking: Promise<Answer>,
): Promise<Answer> {
  const answer = await asking
  if (answer.ok) return answer
  const { code = "", error = "The relay refused.", field } = (await answer.json().catch(() => ({}))) as Refused
  throw new RelayRefusal(code, error, field)
}

type Refused = { code?: string; error?: string; field?: string; run?: string; nowMs?: number }

/** What the relay wants the person's passkey for is sent once more when it was shown: nothing was done before. */
export async function provenFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const answer = await freshlyProven(input, init)
  if (answer.status !== 403) return answer
  const { code } = (await answer
    .clone()
    .json()
    .catch(() => ({}))) as Refused
  if (code !== "step-up-needed") return answer
  const { showPasskey } = await import("./passkeys.ts")
  await showPasskey()
  return freshlyProven(input, init)
}

/** A relay that started again, or another clock, asks for a new proof: nothing was done, so it is sent once more. */
async function freshlyProven(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const pairing = await findPairing()
  const first = await send(new Request(input, init), pairing)
  if (first.status !== 401 || pairing === undefined) return first
  const { code, run, nowMs } = (await first.clone().json()) as Refused
  if (code !== "stale-proof" || run === undefined || nowMs === undefined) return first
  const now = { run, clockAheadMs: nowMs - Date.now() }
  await notePairing(now)
  return send(new Request(input, init), { ...pairing, ...now })
}

async function send(request: Request, pairing: Pairing | undefined): Promise<Response> {
  const body = new Uint8Array(await request.clone().arrayBuffer())
  if (pairing !== undefined) {
    const { method, url } = request
    request.headers.set("authorization", `Proof ${await requestProof(pairing, { method, url, body })}`)
  }
  try {
    return await fetch(request, { signal: patience(request) })
  } catch {
    throw new RelayAway()
  }
}

/** A question that takes longer has no answer: a relay that ended may leave its connections open. */
const PATIENCE_MS = 15_000
const STREAM = "/api/events"

/** What is done takes as long as it takes, and a stream has no end. */
function patience({ method, url, signal }: Request): AbortSignal {
  const isQuestion = method === "GET" && new URL(url).pathname !== STREAM
  return isQuestion ? AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]) : signal
}
