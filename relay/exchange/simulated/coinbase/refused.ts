import { Refusal } from "../refusal.ts"

/** A request that Coinbase turns away with an HTTP status and a word for the reason. */
export class Refused extends Refusal {
  constructor(
    status: number,
    readonly error: string,
    readonly details: string,
    /** Whole seconds after which asking again makes sense. */
    readonly afterSeconds?: number,
  ) {
    super(-status, details, status)
  }
}

/** An argument that is missing, malformed or unknown. */
export function refuseArgument(details: string): never {
  throw new Refused(400, "INVALID_ARGUMENT", details)
}

/** The sender has not proved who they are. */
export function refuseCaller(): never {
  throw new Refused(401, "UNAUTHENTICATED", "Unauthorized")
}

/** What is asked for does not exist. */
export function refuseUnknown(details: string): never {
  throw new Refused(404, "NOT_FOUND", details)
}

/** An order that is refused with an answer: Coinbase's reasons for a new order and for its preview. */
export class OrderRefused extends Refusal {
  constructor(
    readonly error: string,
    readonly preview: string,
    message = "",
  ) {
    super(-2010, message)
  }
}
