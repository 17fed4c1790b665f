import type { TroubledPath } from "../faults/stream-faults.ts"
import type { Door } from "../protocol/caller.ts"
import type { Connection } from "./connection.ts"

/** What a socket carries, in the control plane's words: markets, or an account and requests. */
export type Carried = "market" | "api"

/** One kind of socket that an exchange opens: where, and what happens on it. */
export interface Line {
  readonly carries: readonly Carried[]
  readonly connections: Connection[]
  /** Whether sockets on this path are of this kind. */
  takes(path: string, door: Door): boolean
  /** Whether this address may open one more, besides the limit all kinds share. */
  mayConnect?(address: string): boolean
  accept(connection: Connection): void
  /** What is said before the exchange closes it; undefined where nothing is. */
  goodbye?(event: unknown, connection: Connection): unknown
}

/** All kinds of sockets of one exchange, and the troubles on the way of what they send. */
export type Lines = {
  all: readonly Line[]
  markets: { path: TroubledPath }
  users: {
    path: TroubledPath
    /** Whether somebody listens to an account on this socket. */
    hears(connection: Connection): boolean
    /** Ends listening to an account, with a last word where the exchange has one (F40). */
    terminate(accountId: number): void
  }
}
