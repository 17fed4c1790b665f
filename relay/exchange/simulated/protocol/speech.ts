import type { Exchange } from "../exchange-state.ts"
import type { Strike } from "../faults/faults.ts"
import type { Refusal } from "../refusal.ts"
import type { Door } from "./caller.ts"

/** A request as sent, not decoded. Header names are lower case. */
export type RestRequest = {
  method: string
  /** Path and query. */
  url: string
  headers: Record<string, string | string[] | undefined>
  body: string
  address: string
  door: Door
  /** Fires when the caller is gone. */
  signal?: AbortSignal
}

/** An answer before anything happens to it on its way. */
export type Outcome = { status: number; body: string; type?: string; headers?: Record<string, string> }

/** What a request asks for. */
export type Asked = {
  /** The operation's name, by which faults strike and the event log writes: "order.place" in every language. */
  operation: string
  isPublic: boolean
  apiKey: string | undefined
  /** What it says of its order, by Binance's names, for the event log. */
  sent: Record<string, string>
}

/**
 * One exchange's language over REST: paths, signatures, words, codes and shapes. What happens to a request besides
 * (maintenance, faults, the event log) is the same in all of them.
 */
export type Speech<Own extends Asked = Asked> = {
  /** What a request asks for, or the answer where there is nothing to ask. Checks nothing yet. */
  asked(exchange: Exchange, request: RestRequest): Own | Outcome
  /** Carries it out; throws refusals. */
  answer(exchange: Exchange, request: RestRequest, asked: Own, strike: Strike | undefined): Promise<Outcome> | Outcome
  /** A refusal in its own words and shape. */
  refusal(exchange: Exchange, request: RestRequest, asked: Own, refusal: Refusal): Outcome
  /** What a front server or a broken backend of this exchange says, by the fault that struck. */
  struck(strike: Strike, nowMs: number, asked: Own): Outcome
  /** Its answer when we have made a mistake. */
  mistake(nowMs: number): Outcome
  /** The exchange's code in an answer, for the event log. */
  codeIn(outcome: Outcome): number | undefined
}
