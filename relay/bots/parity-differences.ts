import { plainTime } from "#engine/candles"
import { type Rejected, refusalWords, type Trade } from "#engine/result"
import type { LiveOrderEnd } from "#engine/run"
import type { BotEvent } from "../ledger/bot-event.ts"
import type { LiveTrade } from "../ledger/step.ts"
import { amount } from "./bot-view.ts"
import { endedBy } from "./bot-words.ts"

/**
 * What made a bot's trade another than the backtest's: its order filled at other prices, with other fees, in another
 * size; it ended otherwise; its owner sold; its entry was refused or did not fill; its candle came late; the bot or the
 * backtest still held something; or only that an earlier difference came before.
 */
export const causes = [
  "price",
  "fee",
  "size",
  "exit",
  "byHand",
  "refused",
  "notFilled",
  "lateCandle",
  "held",
  "earlier",
] as const
export type Cause = (typeof causes)[number]

/** One way in which a bot's trades are not those of its backtest. */
export type Difference = { what: string; because: string; cause: Cause; costQuote: string }

/** A trade's market and beginning, or those of what is held. */
export type Entered = Pick<LiveTrade, "market" | "entryTimeMs">

/** What is held, as if it were sold at the last price: what it has made so far, fees until now included. */
export type HeldNow = Entered & Pick<LiveTrade, "quantity" | "entryPrice" | "exitPrice" | "feesPaid">

/** A purchase that the bot's rules decided on; how its order ended, where it did not fill. */
export type WantedBuy = { market: string; timeMs: number; end: LiveOrderEnd | undefined }

export type Compared = {
  live: readonly LiveTrade[]
  /** What the bot holds still. */
  liveHeld: readonly HeldNow[]
  again: readonly Trade[]
  /** What the backtest holds still. */
  againHeld: readonly HeldNow[]
  wanted: readonly WantedBuy[]
  /** Purchases that the strategy's own limits refused the bot. */
  rejected: readonly Rejected[]
  /** What something beside the rules refused, the newest first. */
  refusals: readonly BotEvent[]
  /** Candles that came after their time, by when they close. */
  late: readonly { market: string; timeMs: number }[]
  timeframeMs: number
}

/** Trades of both that began in the same candle belong together; each that is not the same is named with its cause. */
export function differencesOf(compared: Compared): Difference[] {
  const { live, again, liveHeld, againHeld, timeframeMs } = compared
  const nameOf = nameBy(timeframeMs)
  const lived = new Map(live.map((trade) => [nameOf(trade), trade]))
  const known = new Set([...again, ...againHeld].map(nameOf))
  const open = new Map(liveHeld.map((held) => [nameOf(held), held]))
  const stillOpen = new Map(againHeld.map((held) => [nameOf(held), held]))
  return [
    ...again.flatMap((trade) => {
      const own = lived.get(nameOf(trade))
      if (own) return priced(own, trade)
      const held = open.get(nameOf(trade))
      return [held ? onlyEndedAgain(trade, held) : missed(trade, compared)]
    }),
    ...live.flatMap((trade) => {
      const held = stillOpen.get(nameOf(trade))
      return held ? onlyEndedLive(trade, held) : []
    }),
    ...live.filter((trade) => !known.has(nameOf(trade))).map((trade) => extra(trade, compared)),
  ]
}

/** Whether the bot decided as its backtest: other prices, fees, sizes and orders that did not come through are no decisions. */
export function isDecidedTheSame(differences: readonly Difference[]): boolean {
  const outside: readonly Cause[] = ["price", "fee", "size", "refused", "notFilled"]
  return differences.every(({ cause }) => outside.includes(cause))
}

function nameBy(timeframeMs: number): (of: Entered) => string {
  return ({ market, entryTimeMs }) => `${market} ${Math.floor(entryTimeMs / timeframeMs)}`
}

/** What a trade made of its money. Coins too small to sell stay with the bot, so they are no part of it. */
function earnedBy({ quantity, entryPrice, exitPrice, feesPaid }: HeldNow): number {
  return (exitPrice - entryPrice) * quantity - feesPaid
}

/** The same trade with another result. */
function priced(own: LiveTrade, trade: Trade): Difference[] {
  const cost = earnedBy(trade) - earnedBy(own)
  const isOther = own.exitReason !== trade.exitReason
  if (Math.abs(cost) < 1e-9 && !isOther) return []
  const parts = [
    part("bought", own.entryPrice, trade.entryPrice),
    part("sold", own.exitPrice, trade.exitPrice),
    isOther ? `ended by ${endedBy(own.exitReason)}, not by ${endedBy(trade.exitReason)}` : "",
    own.quantity === trade.quantity ? "" : `${amount(own.quantity)} instead of ${amount(trade.quantity)}`,
    own.feesPaid === trade.feesPaid ? "" : `fees of ${amount(own.feesPaid)} instead of ${amount(trade.feesPaid)}`,
  ].filter((text) => text !== "")
  const what = `${at(trade)}: ${parts.join(", ")}`
  return [{ what, ...causeOf(own, trade), costQuote: amount(cost) }]
}

/** The first of these is what the rest follows from. */
function causeOf(own: LiveTrade, trade: Trade): Pick<Difference, "cause" | "because"> {
  if (own.exitReason === "byHand") return { cause: "byHand", because: BY_HAND }
  if (own.exitReason === "noStop") return { cause: "exit", because: NO_STOP }
  if (own.exitReason !== trade.exitReason) return { cause: "exit", because: otherExit(own, trade) }
  const gaps = [gap("entry", own.entryPrice, trade.entryPrice), gap("exit", own.exitPrice, trade.exitPrice)]
  const found = gaps.filter((text) => text !== "").join(" and ")
  if (found !== "")
    return { cause: "price", because: `price gap: the exchange filled ${found} than the candles the backtest fills by` }
  if (own.quantity !== trade.quantity) return { cause: "size", because: SIZE }
  return { cause: "fee", because: "fees: the exchange took others than the backtest counts" }
}

const SIZE =
  "size: the bot had other cash than the backtest after what came before, or the account's limits made it smaller"

const BY_HAND = "sale by hand: its owner sold, not its rules"

const NO_STOP = "no stop: the exchange took none for a while, as when a market is halted, so the bot sold at the market"

function otherExit({ exitReason }: LiveTrade, trade: Trade): string {
  return `other exit: live ${endedBy(exitReason)} came first, in the backtest ${endedBy(trade.exitReason)}; both follow from the price that was paid and the prices between candles`
}

/** "the entry 0.12 % higher" */
function gap(name: string, own: number, other: number): string {
  if (own === other) return ""
  const percent = Math.abs(own / other - 1) * 100
  return `the ${name} ${Number(percent.toPrecision(2))} % ${own > other ? "higher" : "lower"}`
}

function part(what: string, own: number, other: number): string {
  return own === other ? "" : `${what} at ${amount(own)} instead of ${amount(other)}`
}

function missed(trade: Trade, compared: Compared): Difference {
  const what = `${at(trade)}: the backtest traded, the bot did not`
  return { what, ...whyMissed(trade, compared), costQuote: amount(earnedBy(trade)) }
}

function whyMissed(trade: Trade, compared: Compared): Pick<Difference, "cause" | "because"> {
  const { wanted, rejected, refusals, late, live, liveHeld, timeframeMs } = compared
  const { market, entryTimeMs } = trade
  const closedMs = Math.floor(entryTimeMs / timeframeMs) * timeframeMs
  const buys = wanted.filter((buy) => buy.market === market && buy.timeMs <= entryTimeMs)
  const buy = buys.findLast(({ timeMs }) => timeMs === closedMs) ?? buys.findLast(({ end }) => end === undefined)
  if (buy?.end === "refused") return { cause: "refused", because: `refused: ${refusalAt(buy, refusals)}` }
  if (buy) return { cause: "notFilled", because: `not filled: its order ${endWords[buy.end ?? "filled"]}` }
  if (late.some((one) => one.market === market && one.timeMs === closedMs))
    return { cause: "lateCandle", because: "late candle: it came after the others of its time had been decided on" }
  const held = heldAt(entryTimeMs, market, { ended: live, open: liveHeld })
  if (held)
    return { cause: "held", because: `held: the bot had what it bought at ${plainTime(held.entryTimeMs)} still` }
  const own = rejected.find((one) => one.market === market && one.timeMs === closedMs)
  const words = own && refusalWords[own.reason]
  return { cause: "earlier", because: words ? `earlier difference: ${words.replace(/\.$/, "")}` : EARLIER }
}

/** A refusal that repeats is not kept each time: the newest before says it. */
function refusalAt({ market, timeMs }: WantedBuy, refusals: readonly BotEvent[]): string {
  const found = refusals.find(({ about, candleMs }) => {
    const { market: of, because, decidedMs } = (about ?? {}) as Partial<Record<string, unknown>>
    return of === market && because !== undefined && Number(decidedMs ?? candleMs) <= timeMs
  })
  return found ? String((found.about as { because: unknown }).because) : "the exchange or the account did not take it"
}

const endWords: Record<LiveOrderEnd, string> = {
  filled: "had not filled when the backtest's did",
  cancelled: "was cancelled before it filled",
  refused: "was refused",
  expired: "found no seller at its price in time",
}

const EARLIER =
  "earlier difference: what came before left the bot with other cash, another pause or another loss of the day than the backtest"

/** What the two made of the same money by now, one by its sale, the other by the last price. */
function onlyEndedAgain(trade: Trade, held: HeldNow): Difference {
  const what = `${at(trade)}: the backtest has ended it by ${endedBy(trade.exitReason)}, the bot holds it still`
  return { what, cause: "exit", because: STILL, costQuote: amount(earnedBy(trade) - earnedBy(held)) }
}

function onlyEndedLive(trade: LiveTrade, held: HeldNow): Difference {
  const what = `${at(trade)}: the bot has ended it by ${endedBy(trade.exitReason)}, the backtest holds it still`
  const isByHand = trade.exitReason === "byHand"
  return {
    what,
    cause: isByHand ? "byHand" : "exit",
    because: isByHand ? BY_HAND : trade.exitReason === "noStop" ? NO_STOP : STILL,
    costQuote: amount(earnedBy(held) - earnedBy(trade)),
  }
}

const STILL = "other exit: what ends it depends on the price that was paid and on prices between candles"

function extra(trade: LiveTrade, { again, againHeld, wanted }: Compared): Difference {
  const what = `${at(trade)}: the bot traded, the backtest did not`
  const costQuote = amount(-earnedBy(trade))
  const held = heldAt(trade.entryTimeMs, trade.market, { ended: again, open: againHeld })
  if (held) {
    const because = `held: the backtest had what it bought at ${plainTime(held.entryTimeMs)} still, the bot did not`
    return { what, because, cause: "held", costQuote }
  }
  const isWanted = wanted.some(({ market, timeMs }) => market === trade.market && timeMs <= trade.entryTimeMs)
  return isWanted
    ? { what, because: EARLIER, cause: "earlier", costQuote }
    : { what, because: "by hand: no rule of the bot's had decided on it", cause: "byHand", costQuote }
}

/** What one of the two held of a market when the other bought. */
function heldAt(
  timeMs: number,
  market: string,
  { ended, open }: { ended: readonly (Entered & { exitTimeMs: number })[]; open: readonly Entered[] },
): Entered | undefined {
  const over = ended.find((one) => one.market === market && one.entryTimeMs < timeMs && one.exitTimeMs >= timeMs)
  return over ?? open.find((one) => one.market === market && one.entryTimeMs < timeMs)
}

function at({ market, entryTimeMs }: Entered): string {
  return `${market}, ${plainTime(entryTimeMs)}`
}
