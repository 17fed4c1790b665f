import type { Exchange } from "../../exchange/exchange.ts"
import type { LastLook } from "../../guard/last-look.ts"
import type { Ledger } from "../../ledger/ledger.ts"

/** A relay with a mistake built in: it wraps what the relay reaches the world by, or replaces a part of its insides. */
export type Twist = {
  look: (look: LastLook) => LastLook
  ledger: (ledger: Ledger) => Ledger
  exchange: (exchange: Exchange) => Exchange
  /** Changes the insides; call what it returns to undo it. */
  inside: () => () => void
}

/** The relay as it is. */
export const straight: Twist = {
  look: (look) => look,
  ledger: (ledger) => ledger,
  exchange: (exchange) => exchange,
  inside: () => () => {},
}
