import { quoted } from "#engine/candles"
import { type Rejected, refusalWords } from "#engine/result"
import type { LiveIntent, LiveOrderEnd } from "#engine/run"
import type { Refused } from "../exchange/exchange.ts"
import { decimalText } from "../ledger/decimal-text.ts"
import type { NewEvent } from "../ledger/bot-event.ts"
import type { LiveTrade, OwnFill } from "../ledger/step.ts"
import { isOwnersSale, type OwnOrder } from "../ledger/own-order.ts"
import type { MarketDesk } from "./market-desk.ts"
import type { Act } from "./next-act.ts"
import { MOST_NAKED_MS } from "./stop-clock.ts"

// What happens to a bot, in words for its owner.

/** What the engine wants, where the owner would want to know. */
export function intentWords({ name, facts }: MarketDesk, intent: LiveIntent): NewEvent[] {
  const { action, quantity = 0, limitPrice, stopPrice, reason } = intent
  const amount = `${facts.quantity(quantity)} ${facts.market.base}`
  const about = { intent: intent.id, market: name }
  const bought = { ...about, side: "buy" } as const
  switch (action) {
    case "enter": {
      const where = limitPrice === undefined ? "at the market" : `at ${facts.price(limitPrice)} or lower`
      const stop = stopPrice === undefined ? "without a stop" : `with a stop at ${facts.price(stopPrice)}`
      return [{ kind: "decision", words: `${name}: the rules say buy ${amount} ${where}, ${stop}.`, about: bought }]
    }
    case "add":
      return [{ kind: "decision", words: `${name}: the rules say buy ${amount} more.`, about: bought }]
    case "exit":
      return [
        {
          kind: "decision",
          words: `${name}: sell ${amount}, because of ${reasonWords[reason ?? "signal"]}.`,
          about: { ...about, side: "sell" },
        },
      ]
    default:
      return []
  }
}

const reasonWords: Record<string, string> = {
  signal: "the rules",
  stop: "the stop",
  trailing: "the trailing stop",
  takeProfit: "the target",
  roi: "the return it has reached",
  timeStop: "the time it was held",
  breakEven: "the break-even stop",
  liquidation: "liquidation",
  endOfData: "the end of the candles",
  byHand: "a sale by hand",
  noStop: "a sale at the market, since the exchange took no stop",
}

/** What ended a trade, in words. */
export function endedBy(reason: string): string {
  return reasonWords[reason] ?? reason
}

/** `isWithoutStop`: it sold since no stop could be placed. */
export function fillWords(order: OwnOrder, fills: readonly OwnFill[], isWithoutStop = false): NewEvent {
  const quantity = fills.reduce((sum, fill) => sum + Number(fill.quantity), 0)
  const value = fills.reduce((sum, fill) => sum + Number(fill.quantity) * Number(fill.price), 0)
  return {
    kind: "fill",
    words: `${isWithoutStop ? "Without a stop at the exchange, sold" : deedOf(order)} ${short(quantity)} ${order.market} at ${short(value / quantity)}.`,
    about: { order: order.clientOrderId, role: order.role },
  }
}

function deedOf(order: OwnOrder): string {
  if (order.side === "buy") return "Bought"
  if (isOwnersSale(order)) return "As its owner wanted, sold"
  return order.role === "stop" ? "The stop sold" : "Sold"
}

export function tradeWords({ market, profit, exitReason, entryPrice, exitPrice }: LiveTrade): NewEvent {
  const result = profit < 0 ? `a loss of ${short(-profit)}` : `a profit of ${short(profit)}`
  return {
    kind: "fill",
    words: `${market}: the trade from ${short(entryPrice)} to ${short(exitPrice)} ended by ${endedBy(exitReason)} with ${result} after fees.`,
  }
}

/** Why nothing is bought where its owner wants it so. */
export const PAUSED = "entries are paused"

/** Entries that the strategy's own limits refused. */
export function refusalEvents(rejected: readonly Rejected[]): NewEvent[] {
  return rejected.map(({ market, reason }) => ({
    kind: "refusal",
    words: `${market}: nothing is bought. ${refusalWords[reason]}`,
    about: { market, reason },
  }))
}

export const actWords = {
  ended: (order: OwnOrder, end: LiveOrderEnd): NewEvent => ({
    kind: "order",
    words: `${order.market}: ${roleWords[order.role]} was ${endWords[end]}${order.reason ? ` (${quoted(order.reason, 200)})` : ""}.`,
    about: { order: order.clientOrderId },
  }),
  stopGone: ({ market }: OwnOrder): NewEvent => ({
    kind: "order",
    words: `${market}: the stop was ended at the exchange, not by this bot. It is placed again.`,
  }),
  neverArrived: ({ market, role }: OwnOrder): NewEvent => ({
    kind: "problem",
    words: `${market}: ${roleWords[role]} never reached the exchange. Nothing of it was traded.`,
  }),
  tooSmall: ({ name, facts }: MarketDesk, quantity: number): NewEvent => ({
    kind: "problem",
    words: `${name}: ${short(quantity)} ${facts.market.base} is less than the exchange's smallest order and cannot be sold. It stays on the account, and the bot goes on without it.`,
    about: { writtenOff: decimalText(quantity) },
  }),
  tooSmallNow: ({ name, facts, price }: MarketDesk, quantity: number, hasStop: boolean): NewEvent => ({
    kind: "problem",
    words: `${name}: the ${short(quantity)} ${facts.market.base} held are less than the smallest order the exchange takes now (${short(facts.leastSale(price))} ${facts.market.base}), so they cannot be sold. ${hasStop ? "Their stop stays at the exchange." : "They have no stop."} Nothing is lost: the bot looks every minute, and goes on as soon as the exchange takes them.`,
    about: { market: name, tooSmall: decimalText(quantity) },
  }),
  dust: ({ name, facts }: MarketDesk, quantity: number): NewEvent => ({
    kind: "fill",
    words: `${name}: ${short(quantity)} ${facts.market.base} is too little to sell. It waits on the account for the bot's next purchase, to be sold with that, and counts in what the bot is worth.`,
    about: { market: name, dust: decimalText(quantity) },
  }),
  dropped: (market: string, because: string, decidedMs: number): NewEvent => ({
    kind: "refusal",
    words: `${market}: nothing is bought, because ${because}.`,
    about: { market, because, decidedMs },
  }),
  tooFar: ({ name, facts, price }: MarketDesk, limitPrice: number): NewEvent => ({
    kind: "order",
    words: `${name}: the rules want to buy at ${facts.price(limitPrice)}, which is too far below the market's ${facts.price(price)} for an order to leave. It waits here, and is ordered as soon as the price is near enough.`,
    about: { market: name, limitPrice: facts.price(limitPrice) },
  }),
  smaller: (market: string, by: string): NewEvent => ({
    kind: "risk",
    words: `${market}: less is bought than the rules say; ${by} decides.`,
  }),
  withoutStop: (market: string): NewEvent => ({
    kind: "problem",
    words: `${market}: the exchange has not confirmed a stop for ${MOST_NAKED_MS / 1_000} seconds. What is held is sold at the market.`,
  }),
  fallenThrough: (market: string): NewEvent => ({
    kind: "problem",
    words: `${market}: the price fell past the lowest price that its stop sells at. What is held is sold at the market.`,
  }),
  failed: (market: string, act: Act, { message }: Refused, next: "again" | "sold"): NewEvent => ({
    kind: "problem",
    words: `${market}: the exchange did not ${tryWords[act.do] ?? act.do} (${quoted(message, 200)}). ${nextWords[next]}`,
  }),
}

const nextWords = {
  again: "It is tried again.",
  sold: "What is held is sold at the market as soon as the exchange takes it.",
}

const tryWords: Partial<Record<Act["do"], string>> = {
  protect: "take the stop",
  sell: "take the sale",
  cancel: "cancel an order",
}

const roleWords: Record<OwnOrder["role"], string> = {
  entry: "the entry",
  add: "the safety order",
  stop: "the stop",
  target: "the sale at the target",
  exit: "the sale",
  buyBack: "the purchase of what was sold by hand",
}

const endWords: Record<LiveOrderEnd, string> = {
  filled: "filled",
  cancelled: "cancelled",
  refused: "refused",
  expired: "not filled in time",
}

function short(value: number): string {
  return decimalText(Number(value.toPrecision(8)))
}
