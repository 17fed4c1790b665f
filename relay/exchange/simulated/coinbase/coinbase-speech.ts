import type { Exchange } from "../exchange-state.ts"
import { LongAnswer } from "../long-work.ts"
import type { Strike } from "../faults/faults.ts"
import type { Refusal } from "../refusal.ts"
import type { Asked, Outcome, RestRequest, Speech } from "../protocol/speech.ts"
import { CoinbaseCall } from "./coinbase-call.ts"
import { askedFor } from "./asked-for.ts"
import { countRequest } from "./request-limits.ts"
import { Refused } from "./refused.ts"
import { type Route, routeOf } from "./routes.ts"
import { namedKey, senderOf } from "./sender.ts"
import { struckOutcome } from "./struck.ts"

type Found = Asked & { route: Route; id: string }

const JSON_TYPE = "application/json; charset=utf-8"

/** Coinbase's REST paths over one exchange. */
export const coinbaseSpeech: Speech<Found> = {
  asked(exchange, request) {
    const [path] = request.url.split("?", 1)
    const found = routeOf(request.method, path)
    if (!found) return errorOutcome(path, new Refused(404, "NOT_FOUND", "not found"))
    const apiKey = namedKey(request)
    const { operation, sent } = askedFor(exchange, request, found.route)
    return { operation, isPublic: found.route.needs === undefined, apiKey, sent, ...found }
  },

  async answer(exchange, request, asked, strike) {
    const answer = answerOf(exchange, request, asked, strike)
    const finished = answer instanceof LongAnswer ? await exchange.longWork.finish(answer, request.signal) : answer
    return { status: 200, body: JSON.stringify(finished), type: JSON_TYPE }
  },

  refusal: (_exchange, request, _asked, refusal) => errorOutcome(request.url, refusal),

  struck: (strike) => struckOutcome(strike),

  mistake: () => struckOutcome({ status: 500 }),

  // Coinbase has words, not numbers: an order refused with an answer has the number of such refusals.
  codeIn({ status, body }) {
    if (status >= 400) return -status
    return body.startsWith('{"success":false') ? ORDER_REFUSED : undefined
  },
}

const ORDER_REFUSED = -2010

function answerOf(exchange: Exchange, request: RestRequest, { route, id }: Found, strike: Strike | undefined): unknown {
  countRequest(exchange, request, route.needs === undefined)
  const key = route.needs === undefined ? undefined : senderOf(exchange, request, route.needs)
  return route.answer(new CoinbaseCall(exchange, request, id, key, strike))
}

/** A refusal in the shape its path has: the older paths list their errors. */
function errorOutcome(url: string, refusal: Refusal): Outcome {
  const { status, message } = refusal
  if (status === 401) return { status, body: "Unauthorized\n", type: "text/plain; charset=utf-8" }
  const error = refusal instanceof Refused ? refusal.error : "INVALID_ARGUMENT"
  const body = url.startsWith("/v2/")
    ? { errors: [{ id: error.toLowerCase(), message }] }
    : { error, error_details: message, message }
  const wait = refusal instanceof Refused ? refusal.afterSeconds : undefined
  const headers = wait === undefined ? undefined : { "retry-after": String(wait) }
  return { status, body: JSON.stringify(body), type: JSON_TYPE, headers }
}
