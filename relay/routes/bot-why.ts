import { z } from "@hono/zod-openapi"
import { timeframesMs } from "#engine/candles"
import { exitReasons, rejectedReasons } from "#engine/result"
import { liveExits } from "../ledger/live-exit.ts"
import type { LiveWhy } from "../bots/why.ts"
import { decimalText, textOrNull } from "../ledger/decimal-text.ts"
import { event, eventAnswer } from "./history.ts"
import { timeMs } from "./resource.ts"

const side = z.enum(["long", "short"])
const part = z.enum(["long.enter", "long.exit", "short.enter", "short.exit"])
/** Of a formula: no money, so a plain number; null while it is not known. */
const value = z.number().nullable()
const price = z.string()

/** Why a bot did, or did not, trade at a candle. Prices and quantities are decimal texts. */
export const why = z.object({
  market: z.string(),
  timeframe: z.enum(Object.keys(timeframesMs) as [keyof typeof timeframesMs]),
  openTimeMs: timeMs,
  /** As the bot heard it. */
  candle: z.object({ open: price, high: price, low: price, close: price }),
  /** Of `code` only its orders and its journal are visible. */
  writtenAs: z.enum(["rules", "code"]),
  conditions: z.array(
    z.object({
      part,
      formula: z.string(),
      words: z.string(),
      value,
      met: z.boolean(),
      asksForPosition: z.boolean(),
      operands: z.array(z.object({ words: z.string(), value })),
    }),
  ),
  /** Whether all conditions of a part must be met, or any. */
  joins: z.partialRecord(part, z.enum(["all", "any"])),
  journal: z.array(z.string()),
  series: z.array(z.object({ name: z.string(), value })),
  /** After the candle. */
  position: z
    .object({
      side,
      quantity: price,
      entryPrice: price,
      entryTimeMs: timeMs,
      candlesHeld: z.int(),
      bestPrice: price,
      stop: price.nullable(),
      stopReason: z.enum(exitReasons),
      targets: z.array(price),
    })
    .nullable(),
  waitingEntry: z.object({ side, limitPrice: price.nullable() }).nullable(),
  waitingExit: z.enum(exitReasons).nullable(),
  refusals: z.array(z.enum(rejectedReasons)),
  /** What was traded while the candle ran, as decided before. */
  entered: z.array(z.object({ price })),
  exited: z.array(z.object({ price, reason: z.enum(liveExits) })),
  /** What happened between this close and the next: risk, kill switch, orders. The first first. */
  events: z.array(event),
})

export function whyAnswer(one: LiveWhy): z.infer<typeof why> {
  const { candle, position, waitingEntry, entered, exited, events, ...told } = one
  const [, open, high, low, close] = candle.map(decimalText)
  return {
    ...told,
    candle: { open, high, low, close },
    position: position && positionAnswer(position),
    waitingEntry: waitingEntry && { side: waitingEntry.side, limitPrice: textOrNull(waitingEntry.limitPrice) },
    entered: entered.map((each) => ({ price: decimalText(each.price) })),
    exited: exited.map((each) => ({ ...each, price: decimalText(each.price) })),
    events: events.map(eventAnswer),
  }
}

function positionAnswer(position: NonNullable<LiveWhy["position"]>) {
  const { quantity, entryPrice, bestPrice, stop, targets } = position
  return {
    ...position,
    quantity: decimalText(quantity),
    entryPrice: decimalText(entryPrice),
    bestPrice: decimalText(bestPrice),
    stop: textOrNull(stop),
    targets: targets.map(decimalText),
  }
}
