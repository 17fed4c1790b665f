import { IntentField } from "../../../assembly/account/record.ts"
import { exitReasons, type ExitReason } from "../../result/backtest-result.ts"

/** What a live run asks of its exchange: prices in quote currency on the market's tick, quantities on its step. */
export type LiveIntent = {
  /** 1, 2, 3 …: unique in the run, its restored states included. */
  id: number
  /** Number of the market in the plan. */
  market: number
  action: "enter" | "add" | "exit" | "moveStop" | "placeTarget" | "cancel"
  side: "buy" | "sell"
  /** Base units; none for `cancel`. */
  quantity?: number
  /** A resting order at this price; without it the market's. */
  limitPrice?: number
  /** Of an entry: where its stop will be; of `moveStop`: the stop. */
  stopPrice?: number
  /** Of an entry: where its first target will be. */
  targetPrice?: number
  /** Number of the entry's tag among the run's tags. */
  tag?: number
  reason?: ExitReason
  /** When it was decided, UTC ms. */
  timeMs: number
  /** The intent whose order it replaces or cancels. */
  replaces?: number
}

/** By IntentAction. */
const actions: readonly LiveIntent["action"][] = ["enter", "add", "exit", "moveStop", "placeTarget", "cancel"]

/** The engine's rows as intents. */
export function intentsFrom(rows: Float64Array): LiveIntent[] {
  return Array.from({ length: rows.length / IntentField.length }, (_, n) =>
    intentFrom(rows.subarray(n * IntentField.length, (n + 1) * IntentField.length)),
  )
}

function intentFrom(row: Float64Array): LiveIntent {
  const number = (field: IntentField) => (Number.isNaN(row[field]) ? undefined : row[field])
  const reason = number(IntentField.reason)
  return {
    id: row[IntentField.id],
    market: row[IntentField.market],
    action: actions[row[IntentField.action]],
    side: row[IntentField.side] < 0 ? "sell" : "buy",
    quantity: number(IntentField.quantity),
    limitPrice: number(IntentField.limitPrice),
    stopPrice: number(IntentField.stop),
    targetPrice: number(IntentField.target),
    tag: number(IntentField.tag),
    reason: reason === undefined ? undefined : exitReasons[reason],
    timeMs: row[IntentField.timeMs],
    replaces: row[IntentField.replaces] || undefined,
  }
}
