import { withoutSecrets } from "../redaction.ts"
import { NotSent } from "./gate.ts"
import type { RefusalReason, Refused, Silence, Unknown } from "./exchange.ts"
import { binanceReasons, bybitReasons, coinbaseErrors, coinbaseOrderErrors, notFoundCodes } from "./refusal-codes.ts"

const ENGINE_REFUSAL = -2010
type Texts = [part: string, reason: RefusalReason][]
/** What the engine says when it refuses. */
const engineTexts: Texts = [
  ["insufficient balance", "insufficient-balance"],
  ["Duplicate order", "duplicate-id"],
  ["Market is closed", "market-closed"],
  ["immediately match", "would-trade-at-once"],
  ["trigger immediately", "would-trigger-at-once"],
  ["PERCENT_PRICE", "too-far"],
  ["MAX_POSITION", "other"],
]
const texts: Texts = [
  ...engineTexts,
  ["IP banned", "banned"],
  ["MAX_NUM_ALGO_ORDERS", "too-many-stops"],
  ["MAX_NUM_ORDERS", "too-many-orders"],
  ["MAX_NUM_ORDER_LISTS", "too-many-orders"],
]
const silences = new Set<RefusalReason>(["banned", "busy", "key", "clock"])
const SHUTTING_DOWN = -1016

/**
 * What a failed order request proves. ccxt's classes mislead here (a revoked key can look like rate limiting, an
 * overload like a refusal, a truncated answer like a TypeError), so only the exchange's own code in the message
 * counts; all else is unknown. Its words are kept and shown, so what looks like a key is taken out: some repeat it.
 */
export function verdictOn(error: unknown, headers: Record<string, string> | undefined): Refused | Unknown {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof NotSent) return { ...refused(error.reason, message), retryAfterMs: error.retryAfterMs }
  // For engine refusals that ccxt recognises it repeats the exchange's message and leaves the code out.
  const code = codeIn(message) ?? (engineTexts.some(([part]) => message.includes(part)) ? ENGINE_REFUSAL : undefined)
  const reason = reasonFor(code, message)
  const words = exchangeWords(withoutSecrets(message))
  if (reason === undefined) return { ok: false, because: "unknown", message: words }
  return {
    ...refused(reason, words),
    code,
    retryAfterMs: reason === "busy" || reason === "banned" ? retryAfterMs(headers) : undefined,
  }
}

/** A refusal of our own: nothing was sent. */
export function refused(reason: RefusalReason, message: string): Refused {
  return { ok: false, because: "refused", reason, message, code: undefined, retryAfterMs: undefined }
}

/** Whether the exchange says that it has no such order, or that it is no longer open. */
export function isNotFound(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = codeIn(error.message)
  const isNamed = error.constructor.name === "OrderNotFound" || /"error"\s*:\s*"NOT_FOUND"/.test(error.message)
  return isNamed || (code !== undefined && notFoundCodes.has(code))
}

/** How long the last answer asks us to wait, in milliseconds; undefined when it does not say. */
export function retryAfterMs(headers: Record<string, string> | undefined): number | undefined {
  const seconds = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === "retry-after")?.[1]
  return seconds === undefined || Number.isNaN(Number(seconds)) ? undefined : Number(seconds) * 1000
}

/** Why a question stayed unanswered. A page instead of an answer with 503 is how exchanges close for maintenance. */
export function silenceOf(verdict: Refused | Unknown): Silence {
  const reason = verdict.because === "refused" ? verdict.reason : undefined
  if (reason && silences.has(reason)) return reason as Silence
  const code = codeIn(verdict.message)
  const isClosed = code === SHUTTING_DOWN || (code === undefined && /\b503\b/.test(verdict.message))
  return isClosed ? "maintenance" : "no-answer"
}

function reasonFor(code: number | undefined, message: string): RefusalReason | undefined {
  if (code === undefined) return coinbaseReason(message)
  if (code >= 0) return bybitReasons[code]
  // -1100 to -1199 reject the request's form, before the engine sees it.
  const reason = binanceReasons[code] ?? (code <= -1100 && code > -1200 ? "rule" : undefined)
  return reason === undefined ? undefined : (textReason(message) ?? reason)
}

/**
 * Coinbase has no codes: a refused order is `success: false` with an error_response, a refused request a named error,
 * which its older paths put in a list.
 */
function coinbaseReason(message: string): RefusalReason | undefined {
  const [, named, older] = /"error"\s*:\s*"([A-Z_]+)"|"errors"\s*:\s*\[\{"id"\s*:\s*"([a-z_]+)"/.exec(message) ?? []
  const error = named ?? older?.toUpperCase()
  if (error === undefined) return undefined
  if (!message.includes('"error_response"')) return coinbaseErrors[error]
  // What fails its preview is not sent on; the preview's reason is the more exact one too.
  const preview = /"preview_failure_reason"\s*:\s*"(PREVIEW_[A-Z_]+)"/.exec(message)?.[1]
  if (error === "UNKNOWN_FAILURE_REASON" && preview === undefined) return undefined
  return coinbaseOrderErrors[preview ?? ""] ?? coinbaseOrderErrors[error] ?? "other"
}

function textReason(message: string): RefusalReason | undefined {
  return texts.find(([part]) => message.includes(part))?.[1]
}

/** Where an exchange's answer has its words, the best first. */
const wordsIn = ["msg", "retMsg", "message", "error_details", "error"] as const

/** The words of ccxt's message, with the code where there is one: `binance {"code":-2010,"msg":"…"}` is for programs. */
function exchangeWords(message: string): string {
  const page = /<(?:!doctype|html|head|body)\b/i.exec(message)
  if (page) return pageWords(message.slice(0, page.index))
  const from = message.indexOf("{")
  const said = from < 0 ? undefined : wordsOf(message.slice(from))
  if (from < 0 || said === undefined) return message
  const code = codeIn(message)
  return code === undefined ? said : `${said} (code ${code})`
}

/** A web page says nothing that its status does not; before it ccxt has that: `binance GET https://… 502 Bad Gateway <html>`. */
function pageWords(before: string): string {
  const status = /\s([1-5]\d\d)\s/.exec(before)?.[1]
  return `it answered ${status === undefined ? "" : `${status} `}(a web page instead of data)`
}

function wordsOf(json: string): string | undefined {
  try {
    const told = JSON.parse(json) as Record<string, unknown>
    const answer = (told.error_response ?? told) as Record<string, unknown>
    return wordsIn.map((name) => answer[name]).find((text): text is string => typeof text === "string" && text !== "")
  } catch {
    return undefined
  }
}

/** The exchange's code inside ccxt's message, or inside its words. */
function codeIn(message: string): number | undefined {
  const [, raw, told] = /"(?:code|retCode)"\s*:\s*(-?\d+)|\(code (-?\d+)\)/.exec(message) ?? []
  const code = raw ?? told
  return code === undefined ? undefined : Number(code)
}
