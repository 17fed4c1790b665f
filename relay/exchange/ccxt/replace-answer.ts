import type { PlacedOrder, Refused, ReplaceAnswer, Unknown } from "../exchange.ts"
import { refused } from "../failure.ts"

/** The halves of a cancel-replace in Binance's answer of failure. */
type Halves = {
  code?: number
  data?: { cancelResult?: string; newOrderResult?: string; newOrderResponse?: unknown }
}

type VerdictOn = (error: unknown) => Refused | Unknown

/** Both halves of a replacement that went well. */
export function replaced(order: PlacedOrder): ReplaceAnswer {
  return { cancelled: "yes", placed: { ok: true, orders: [order] } }
}

/** Both halves of one that did not, or did by half: -2021 and -2022 tell of each, anything else of both at once. */
export function replacementFailed(error: unknown, verdictOn: VerdictOn): ReplaceAnswer {
  const halves = halvesIn(error)
  if (halves)
    return { cancelled: halves.cancelResult === "SUCCESS" ? "yes" : "no", placed: placedHalf(halves, verdictOn) }
  const placed = verdictOn(error)
  return { cancelled: placed.because === "unknown" ? "unknown" : "no", placed }
}

function placedHalf(
  { newOrderResult, newOrderResponse }: NonNullable<Halves["data"]>,
  verdictOn: VerdictOn,
): Refused | Unknown {
  if (newOrderResult === "NOT_ATTEMPTED") return refused("not-tried", "The old order could not be cancelled.")
  return verdictOn(new Error(JSON.stringify(newOrderResponse)))
}

/** Undefined when the exchange's answer does not tell of both halves. */
function halvesIn(error: unknown): Halves["data"] {
  const message = error instanceof Error ? error.message : ""
  try {
    const { code, data } = JSON.parse(message.slice(message.indexOf("{"))) as Halves
    return code === -2021 || code === -2022 ? data : undefined
  } catch {
    return undefined
  }
}
