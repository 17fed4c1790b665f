import type { Exchange } from "../exchange-state.ts"
import type { Strike } from "../faults/faults.ts"

/** A request and its outcome. */
export type Noted = {
  operation: string
  isPublic: boolean
  apiKey: string | undefined
  /** Its parameters, read or not. */
  sent: Record<string, string>
  status: number
  code: number | undefined
  strike: Strike | undefined
}

/** The names by which a request creates or names an order, most useful first. */
const clientIds = [
  "newClientOrderId",
  "workingClientOrderId",
  "listClientOrderId",
  "cancelOrigClientOrderId",
  "origClientOrderId",
]

/** Writes a request into the event log; public requests only when a fault struck them. */
export function noteRequest(
  { log, state }: Exchange,
  { operation, isPublic, apiKey, sent, status, code, strike }: Noted,
): void {
  if (isPublic && !strike) return
  const name = clientIds.find((id) => sent[id] !== undefined)
  log.append({
    kind: "request",
    name: operation,
    accountId: state.keys.get(apiKey ?? "")?.accountId,
    clientOrderId: name === undefined ? undefined : sent[name].slice(0, MOST_ID_LETTERS),
    status,
    code,
    fault: strike?.name,
  })
}

/** A client id has 36 letters, Coinbase's up to 128; of anything longer the beginning is enough. */
const MOST_ID_LETTERS = 128
