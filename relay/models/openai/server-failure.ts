import { APIConnectionError, APIError, APIUserAbortError } from "openai/error"
import { HOUR_MS, quoted } from "#engine/candles"
import { ModelFailure, type ModelFailureKind } from "../model-failure.ts"
import type { ModelHost } from "./model-host.ts"

/** What a server says of its refusal. */
type ServersWords = { status: number | undefined; code: string; message: string; retryAfter: string | null }

/** What an error while asking a server means. `isUnderWay`: the server had begun to answer. */
export function failureOf(error: unknown, host: ModelHost, isUnderWay: boolean): ModelFailure {
  if (error instanceof ModelFailure) return error
  if (error instanceof APIError && !(error instanceof APIConnectionError) && !(error instanceof APIUserAbortError))
    return refusal(host, wordsOf(error))
  if (error instanceof SyntaxError) return unreadable(host)
  // Our own guard's failures come wrapped by the library.
  if (error instanceof Error && error.cause instanceof ModelFailure) return error.cause
  return isUnderWay
    ? new ModelFailure("cutShort", {
        because: `The connection to ${host.name} broke off before the answer was complete.`,
      })
    : unreachable(host)
}

function unreadable({ name }: ModelHost): ModelFailure {
  return new ModelFailure("badOutput", { because: `${name} answered in a form that cannot be read.` })
}

/** A page is not told why: no connection, no permission for pages, and a full queue look alike. */
function unreachable({ name, place, unreachableHint, needsKey }: ModelHost): ModelFailure {
  if (place === "ownServer") {
    const how = unreachableHint ?? "start the server, and let it allow pages of other origins (CORS)"
    return new ModelFailure("offlineOrBlocked", {
      because: `${name} does not answer: it is not running, it broke off before it began to answer, it does not let pages ask it, or this device is offline.`,
      nextStep: `To use it, ${how}; then try again. Through your own relay no such permission is necessary.`,
      isPassing: false,
    })
  }
  const key = needsKey ? " Or give the key to your own relay, which asks in the page's place." : ""
  return new ModelFailure("offlineOrBlocked", {
    because: `${name} could not be reached: there is no connection, it broke off before an answer began, it does not let pages ask it, or it is asked too often.`,
    nextStep: `Check the internet connection, wait a minute and try again.${key}`,
  })
}

function wordsOf(error: APIError): ServersWords {
  const said = (error.error ?? {}) as { message?: unknown; code?: unknown; type?: unknown }
  const code = [error.code, error.type, said.code].filter(
    (each) => typeof each === "string" || typeof each === "number",
  )
  const status = error.status ?? numberedCode(said.code)
  const message = typeof said === "string" ? said : typeof said.message === "string" ? said.message : error.message
  const headers = error.headers as Headers | undefined
  return { status, code: code.join(" "), message, retryAfter: headers?.get("retry-after") ?? null }
}

/** Inside a stream that began well, some servers put the status into the error. */
function numberedCode(code: unknown): number | undefined {
  const status = typeof code === "number" ? code : Number(typeof code === "string" ? code : NaN)
  return status >= 400 && status < 600 ? status : undefined
}

function refusal(host: ModelHost, words: ServersWords): ModelFailure {
  const kind = kindOf(words)
  const says = words.message.trim() === "" ? "" : ` It says: ${quoted(plainReason(words.message), MOST_LETTERS)}.`
  return new ModelFailure(kind, { ...ownWords(kind, host, words, says), retryAfterMs: retryAfterMs(words.retryAfter) })
}

const MOST_LETTERS = 160

/** The library puts the status before the server's words; a page's markup helps nobody. */
function plainReason(message: string): string {
  const text = message.replace(/^\d{3} /, "")
  return /<html|<!doctype/i.test(text) ? "(a web page)" : text
}

/** From the code and the words first: servers use one status for several things. */
function kindOf({ status, code, message }: ServersWords): ModelFailureKind {
  const said = `${code} ${message}`
  if (
    /context_length|context length|maximum context|too many tokens|prompt is too long|exceeds? the (available )?context/i.test(
      said,
    )
  )
    return "contextFull"
  if (
    status === 402 ||
    /insufficient_quota|insufficient balance|credit balance|billing|exceeded your current quota/i.test(said)
  )
    return "noCredit"
  if (status === 429 || /rate.?limit/i.test(said)) return "rateLimited"
  if (status === 401 || status === 403 || /invalid.api.key|authentication/i.test(said)) return "badKey"
  if (/content.?(filter|policy)|safety/i.test(said)) return "refused"
  if (status === 413) return "contextFull"
  if (status === undefined || status >= 500 || status === 404 || status === 408) return "gone"
  return "badOutput"
}

function ownWords(kind: ModelFailureKind, host: ModelHost, { status }: ServersWords, says: string) {
  const { name, keysUrl } = host
  const where = keysUrl === undefined ? "" : ` Keys are made at ${keysUrl}.`
  switch (kind) {
    case "badKey":
      return status === 403
        ? {
            because: `${name} does not let this key use this model.${says}`,
            nextStep: `Choose another model, or a key with more rights.${where}`,
          }
        : {
            because: `${name} does not accept this key.${says}`,
            nextStep: `Copy the key again and put it in anew.${where}`,
          }
    case "noCredit":
      return { because: `There is no credit left at ${name}.${says}` }
    case "rateLimited":
      return { because: `${name} is asked too often right now.${says}` }
    case "gone":
      return status === 404
        ? {
            because: `${name} has no such model or address.${says}`,
            nextStep: "Choose another model, or check the address.",
          }
        : {
            because: `${name} has a fault of its own right now${status === undefined ? "" : ` (HTTP ${status})`}.${says}`,
            isPassing: true,
          }
    case "badOutput":
      return {
        because: `${name} did not understand the request${status === undefined ? "" : ` (HTTP ${status})`}.${says}`,
        nextStep: "Choose another model, or check the address.",
      }
    default:
      return {}
  }
}

/** No server means more; a longer wait is a mistake in its answer. */
const LONGEST_RETRY_MS = HOUR_MS

function retryAfterMs(text: string | null): number | undefined {
  const seconds = /^\d{1,9}(\.\d+)?$/.test(text ?? "") ? Number(text) : 0
  return seconds > 0 ? Math.min(Math.ceil(seconds * 1000), LONGEST_RETRY_MS) : undefined
}
