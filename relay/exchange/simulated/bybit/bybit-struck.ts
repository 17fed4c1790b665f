import type { RequestFaultName, Strike } from "../faults/faults.ts"
import { pageOutcome } from "../protocol/rest.ts"
import type { Outcome } from "../protocol/speech.ts"
import { limitHeaders } from "./bybit-limits.ts"
import { type BybitCode, bybitWords } from "./bybit-refusals.ts"

/** What Bybit says where Binance's servers would answer with an error. New orders and cancels have timeouts of their own. */
const codes: Partial<Record<RequestFaultName, BybitCode>> = {
  F02: 10000,
  F03: 10016,
  F04: 10000,
  F04b: 10016,
  F04c: 10016,
  F05: 10016,
  F10: 10006,
  F12: 10006,
  F22: 10002,
  F25: 10004,
}

/** The answer of a fault that answers with an error. */
export function bybitStruck(strike: Strike, nowMs: number, operation: string): Outcome {
  if (strike.name === "F10b") return banned()
  const known = codes[strike.name] ?? 10016
  const code = known === 10000 ? timeoutOf(operation) : known
  const headers = code === 10006 ? limitHeaders({ most: 20, left: 0, resetMs: nowMs + strike.delayMs }) : undefined
  return { ...envelope({ retCode: code, retMsg: bybitWords[code], result: {} }, nowMs), headers }
}

/** Bybit's front servers turn an address away with a page. */
export function banned(): Outcome {
  return pageOutcome("403 Forbidden")
}

/** Everything Bybit answers is in this shape, with HTTP status 200. */
export function envelope(answer: { retCode: number; retMsg: string; result: unknown }, nowMs: number): Outcome {
  return { status: 200, body: JSON.stringify({ ...answer, retExtInfo: {}, time: Math.floor(nowMs) }) }
}

function timeoutOf(operation: string): BybitCode {
  if (operation.includes(".place")) return 170146
  return operation === "order.cancel" ? 170147 : 10000
}
