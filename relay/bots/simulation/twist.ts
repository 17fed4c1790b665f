import type { Exchange } from "../../exchange/exchange.ts"
import type { LastLook } from "../../guard/last-look.ts"
import type { Ledger } from "../../ledger/ledger.ts"

/** A mistake built into a relay: it wraps what the relay reaches the world by, or replaces a part of its insides. */
export type Twist = {
  look?: (look: LastLook) => LastLook
  ledger?: (ledger: Ledger) => Ledger
  exchange?: (exchange: Exchange) => Exchange
  killSwitch?: { isOn: boolean }
  /** Changes the insides; call what it returns to undo each. */
  inside?: () => (() => void)[]
}

/** An object with some of its methods replaced. */
export function withOther<Whole extends object>(whole: Whole, others: Partial<Whole>): Whole {
  return new Proxy(whole, {
    get(_, name) {
      const value: unknown = Reflect.get(name in others ? others : whole, name)
      return typeof value === "function" && !(name in others) ? value.bind(whole) : value
    },
  })
}
