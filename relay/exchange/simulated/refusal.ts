/**
 * The exchange's own "no": a Binance error code and its text. Thrown anywhere while a request is read or run, caught
 * at the one door of each protocol (REST and WebSocket API), which writes it in that protocol's shape.
 * Codes and texts: https://developers.binance.com/docs/binance-spot-api-docs/errors
 */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    message: string,
    /** HTTP status, also used as the WebSocket API's `status`. */
    readonly status = 400,
    /** Extra body, as in a failed cancel-replace. */
    readonly data?: unknown,
  ) {
    super(message)
  }
}

/** Refuses: throws, so that a check reads as one line. */
export function refuse(code: number, message: string, status = 400): never {
  throw new Refusal(code, message, status)
}

/** Binance's order rejection (-2010) with its reason. */
export function reject(reason: string): never {
  throw new Refusal(-2010, reason)
}

/** A broken trading rule (-1013). */
export function refuseFilter(filter: string): never {
  throw new Refusal(-1013, `Filter failure: ${filter}`)
}

/** A trading rule that is broken by too much: the words are the same, and other protocols have their own for it. */
export class TooLarge extends Refusal {
  constructor(filter: "LOT_SIZE" | "NOTIONAL") {
    super(-1013, `Filter failure: ${filter}`)
  }
}
