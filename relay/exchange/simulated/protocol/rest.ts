import { sleep } from "../../../surroundings.ts"
import type { Exchange } from "../exchange-state.ts"
import type { Strike } from "../faults/faults.ts"
import { AskerGone } from "../long-work.ts"
import { Refusal } from "../refusal.ts"
import { isOwnProgram } from "./local-caller.ts"
import { noteRequest } from "./request-note.ts"
import type { Asked, Outcome, RestRequest, Speech } from "./speech.ts"

/** The answer, and how far it gets: whole, not at all, cut off by a reset, or half of it. */
export type RestAnswer = {
  status: number
  headers: Record<string, string>
  body: string
  fate: "whole" | "hang" | "reset" | "truncated"
}

const JSON_TYPE = "application/json;charset=UTF-8"
const DOWN: Strike = { name: "F85", runs: 0, reply: "html", status: 503, delayMs: 0 }

/** Answers requests to one exchange in one language. */
export class Rest<Own extends Asked = Asked> {
  constructor(
    private readonly exchange: Exchange,
    private readonly speech: Speech<Own>,
  ) {}

  /** Answers every request, whatever it is. */
  async answer(request: RestRequest): Promise<RestAnswer> {
    try {
      return await this.answerOrThrow(request)
    } catch (error) {
      if (error instanceof AskerGone) return whole({ status: 499, body: "" })
      this.exchange.report(error)
      return whole(this.speech.mistake(this.exchange.state.nowMs()))
    }
  }

  private async answerOrThrow(request: RestRequest): Promise<RestAnswer> {
    const { host, origin, "sec-fetch-site": site } = request.headers
    if (!isOwnProgram({ host: one(host), origin: one(origin), site: one(site) })) return page("403 Forbidden")
    const asked = this.speech.asked(this.exchange, request)
    if (!("operation" in asked)) return whole(asked)
    if (request.door === "pages" && !asked.isPublic) return page("404 Not Found")
    return this.carryOut(request, asked)
  }

  private async carryOut(request: RestRequest, asked: Own): Promise<RestAnswer> {
    const { exchange } = this
    exchange.catchUp()
    const isDown = exchange.state.venue.nowMs < exchange.downUntilMs
    const strike = isDown ? DOWN : exchange.faults.strike(asked.operation)
    if (strike?.isLate) return this.arriveLater(request, asked, strike)
    const outcome = strike?.runs === 0 ? this.struck(strike, asked) : await this.run(request, asked, strike)
    this.note(asked, outcome, strike)
    if (strike?.name === "F18") await sleep(exchange.surroundings, strike.delayMs)
    return strike ? this.troubled(outcome, strike, asked) : whole(outcome)
  }

  /** Its sender hears of a reset at once, and the request is still on its way (F06b). */
  private arriveLater(request: RestRequest, asked: Own, strike: Strike): RestAnswer {
    const arrive = async () => this.note(asked, await this.run(request, asked, strike), strike)
    this.exchange.surroundings.after(strike.delayMs, () => void arrive().catch((error) => this.exchange.report(error)))
    return { ...whole({ status: 499, body: "" }), fate: "reset" }
  }

  private async run(request: RestRequest, asked: Own, strike: Strike | undefined): Promise<Outcome> {
    try {
      return await this.speech.answer(this.exchange, request, asked, strike)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return this.speech.refusal(this.exchange, request, asked, error)
    }
  }

  private note(asked: Own, outcome: Outcome, strike: Strike | undefined): void {
    noteRequest(this.exchange, { ...asked, status: outcome.status, code: this.speech.codeIn(outcome), strike })
  }

  private struck(strike: Strike, asked: Own): Outcome {
    if (strike.reply === "error") return this.speech.struck(strike, this.exchange.state.nowMs(), asked)
    const { reply, status = 200 } = strike
    return { status, body: reply === "html" ? html(String(status)) : "", type: "text/html" }
  }

  /** The answer after the fault has acted on it. */
  private troubled(outcome: Outcome, strike: Strike, asked: Own): RestAnswer {
    const isReplaced = strike.runs > 0 && ["error", "html", "empty"].includes(strike.reply)
    const waits = ["F10", "F10b", "F12"].includes(strike.name)
    const answer = whole(isReplaced ? { ...this.struck(strike, asked), headers: outcome.headers } : outcome)
    if (waits) answer.headers["retry-after"] = String(Math.ceil(strike.delayMs / 1000))
    const { reply } = strike
    return reply === "hang" || reply === "reset" || reply === "truncated" ? { ...answer, fate: reply } : answer
  }
}

/** An answer that is a page, as front servers write them. */
export function page(title: string): RestAnswer {
  return whole(pageOutcome(title))
}

/** A page before anything happens to it on its way. */
export function pageOutcome(title: string): Outcome {
  return { status: Number(title.slice(0, 3)), body: html(title), type: "text/html; charset=UTF-8" }
}

/** Of a header sent several times, what is read. */
export function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(", ") : header
}

function html(title: string): string {
  return `<html><head><title>${title}</title></head><body><center><h1>${title}</h1></center></body></html>`
}

function whole({ status, body, type = JSON_TYPE, headers }: Outcome): RestAnswer {
  return { status, headers: { "content-type": type, ...headers }, body, fate: "whole" }
}
