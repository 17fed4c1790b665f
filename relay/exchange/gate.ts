import type { MarketName } from "./exchange.ts"

/** An order inside a request that is about to be signed. Amounts are decimal texts. */
export type LeavingOrder = {
  market: MarketName
  side: "buy" | "sell"
  clientOrderId: string
  /** Undefined when it is given in quote. */
  quantity: string | undefined
  /** Quantity times its price, or its stop price; undefined when it takes the market's price. */
  notional: string | undefined
}

/** A request that is about to be signed, read from what will be sent, not from what was wanted. */
export type LeavingRequest = {
  /** The exchange takes it for this long; count it from now on a clock that never goes back. */
  windowMs: number
  /** The last moment, on the exchange's clock, at which it takes it. */
  deadlineMs: number
} & (
  | { kind: "read" }
  | { kind: "cancel"; market: MarketName }
  /** A stop that is moved, by its number or our id; it sells as much as before where no quantity is given. */
  | { kind: "amend"; market: MarketName; order: string; quantity: string | undefined }
  | ({ kind: "create" | "replace" } & LeavingOrder)
)

/**
 * The last gate: asked just before a request is signed, after every wait for its turn. When it throws, nothing is
 * sent. It must let reads pass.
 */
export type Gate = (request: LeavingRequest) => void

/** A request that the gate, or this program itself, did not let out: certainly not sent. */
export class NotSent extends Error {
  constructor(
    message: string,
    readonly reason: "gate" | "busy" | "banned" = "gate",
    /** When it may be tried again. */
    readonly retryAfterMs?: number,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
