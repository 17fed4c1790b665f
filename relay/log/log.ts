import { type DestinationStream, type LoggerOptions, pino } from "pino"
import { MINUTE_MS } from "#engine/candles"
import type { Surroundings } from "../surroundings.ts"
import type { LogForm } from "./log-form.ts"
import { currentRequestId } from "./request-id.ts"

/** What is kept of an answered request. Neither its address nor a header nor a body can be in it: these carry secrets. */
export type Answered = {
  requestId: string
  method: string
  /** As the table of policies has it: "GET /api/bots/:id". */
  route: string
  status: number
  tookMs: number
  /** Who asked, where that was known: "device", "token" or "owner", and which. */
  who?: { kind: string; id: string }
}

/** Where a relay says what it does. */
export type Log = {
  /** A sentence for the person who started it. */
  said: (sentence: string) => void
  answered: (request: Answered) => void
  /** A bug of ours, as a text without secrets (bug-report.ts). */
  bug: (text: string) => void
}

/** Strangers cannot fill a disk: what is over is counted. */
const MOST_ANSWERS_A_MINUTE = 1_200

type LogDeps = {
  form: Exclude<LogForm, "plain">
  surroundings: Pick<Surroundings, "nowMs" | "steadyMs">
  to: DestinationStream
}

/** Lines of JSON. */
export function jsonLog({ form, surroundings, to }: LogDeps): Log {
  const logger = pino(optionsOf(form, surroundings), to)
  const pace = new Pace(surroundings.steadyMs)
  return {
    said: (sentence) => logger.info(sentence),
    bug: (text) => logger.error({ requestId: currentRequestId() }, text),
    answered: (request) => {
      const unwritten = pace.unwrittenBefore()
      if (unwritten > 0) logger.warn({ unwritten }, "More requests were answered than are logged.")
      if (!pace.take()) return
      const line = allowed(request)
      const words = `${request.route} ${request.status}`
      if (request.status >= 500) logger.warn(line, words)
      else logger.info(line, words)
    },
  }
}

/** Field by field: what somebody adds to a request later is in no log by itself. */
function allowed({ requestId, method, route, status, tookMs, who }: Answered) {
  return { requestId, method, route, status, tookMs, ...(who && { who: { kind: who.kind, id: who.id } }) }
}

function optionsOf(form: LogDeps["form"], { nowMs }: LogDeps["surroundings"]): LoggerOptions {
  const isGoogle = form === "google"
  return {
    base: null,
    messageKey: "message",
    timestamp: () => `,"time":"${new Date(nowMs()).toISOString()}"`,
    formatters: { level: (label) => (isGoogle ? { severity: severities[label] ?? "DEFAULT" } : { level: label }) },
  }
}

/** https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry#LogSeverity */
const severities: Record<string, string> = { info: "INFO", warn: "WARNING", error: "ERROR" }

/** So many lines in each minute. */
class Pace {
  #minute = -1
  #written = 0
  #unwritten = 0

  constructor(private readonly steadyMs: () => number) {}

  /** How many were not written in the minute that has just ended; 0 within a minute. */
  unwrittenBefore(): number {
    const minute = Math.floor(this.steadyMs() / MINUTE_MS)
    if (minute === this.#minute) return 0
    const before = this.#unwritten
    this.#minute = minute
    this.#written = this.#unwritten = 0
    return before
  }

  take(): boolean {
    if (this.#written === MOST_ANSWERS_A_MINUTE) {
      this.#unwritten++
      return false
    }
    this.#written++
    return true
  }
}
