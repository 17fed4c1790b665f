import type { BarName } from "../ledger/entry-bar.ts"
import type { RiskSettings } from "../accounts/risk.ts"
import { clockWords } from "./clock-words.ts"

/** An entry that a bot wants, in quote currency a unit. */
export type WantedEntry = {
  market: string
  quantity: number
  price: number
  /** Undefined: none. */
  stopPrice: number | undefined
  /** It makes a position larger that is there. */
  isMore: boolean
}

/** How an account's bots stand together. Quote currency. */
export type Results = {
  /** Since the day began by the exchange's clock: negative for a loss. */
  dayProfit: number
  /** What they had when the day began. */
  dayStart: number
  /** How far below their highest they are, percent. */
  drawdownPercent: number
}

/** What an account has at risk, over all its bots. Quote currency. */
export type Exposure = Results & {
  /** All of the account: cash and coins. Undefined: the exchange has not said. */
  equity: number | undefined
  /** Markets with a position, or an entry under way, and what it is worth. */
  positions: ReadonlyMap<string, number>
  /** Orders sent within the last minute. */
  ordersInMinute: number
  /** The highest correlation with a market that is held, and which one; undefined where none is held. */
  closest: { market: string; correlation: number } | undefined
  /** Why nothing is bought at all for now, whatever the figures say by now; undefined: nothing keeps it. */
  barred?: string
}

/** How trustworthy the moment is. */
export type Moment = {
  isKilled: boolean
  /** Age of the decision, in candles; undefined while nobody knows how late it is. */
  candleAge: number | undefined
  /** How far this machine's clock is from the exchange's; undefined where it is not measured. */
  clockErrorMs: number | undefined
  /** The last price. */
  price: number
}

/** How much of an entry may leave, and what decided it; or why nothing may, in words. */
export type EntryVerdict = { ok: true; quantity: number; decidedBy?: string } | { ok: false; because: string }

const MOST_CANDLE_AGE = 2
/** No order leaves at a price further from the market's than this (trust.md, I9). */
export const PRICE_BAND = 0.05

/**
 * Whether an entry may leave, and how large: what one bot wants, brought to what the account allows all of them
 * (product.md, screen 9: the smaller of risk formula, share and caps, and which one decided). Exits are never asked
 * about.
 */
export function checkEntry(entry: WantedEntry, risk: RiskSettings, at: Exposure, moment: Moment): EntryVerdict {
  const because =
    momentFault(entry, moment) ?? ruleFault(entry, risk, at) ?? at.barred ?? reachedLimits(risk, at)[0]?.words
  return because === undefined ? sized(entry, risk, at) : { ok: false, because }
}

/** Nothing is bought on data that is old or wrong (trust.md, I7). */
function momentFault(entry: WantedEntry, { isKilled, candleAge, clockErrorMs, price }: Moment): string | undefined {
  if (isKilled) return "the kill switch is on"
  if (!(entry.quantity > 0) || !(entry.price > 0) || !(price > 0)) return "a price or quantity makes no sense"
  // By a clock that is wrong no age can be told.
  const clockFault = clockWords(clockErrorMs)
  if (clockFault !== undefined) return clockFault
  if (candleAge === undefined || candleAge < -1) return "the exchange's time is not known yet"
  if (candleAge > MOST_CANDLE_AGE) return `its candle is ${Math.floor(candleAge)} candles old`
  if (Math.abs(entry.price / price - 1) > PRICE_BAND)
    return `its price is more than ${PRICE_BAND * 100} % ${entry.price > price ? "above" : "below"} the market's`
  return undefined
}

function ruleFault(entry: WantedEntry, risk: RiskSettings, at: Exposure): string | undefined {
  const { market, stopPrice, isMore } = entry
  if (risk.allowedMarkets && !risk.allowedMarkets.includes(market)) return `the account does not allow ${market}`
  if (risk.requireStop && stopPrice === undefined && !isMore)
    return "the account wants a stop with every entry, and this one has none"
  if (at.ordersInMinute >= risk.maxOrdersPerMinute)
    return `the account has sent its ${risk.maxOrdersPerMinute} orders of this minute`
  if (at.positions.has(market)) return undefined
  if (at.positions.size >= risk.maxPositions)
    return `the account has its ${risk.maxPositions} ${risk.maxPositions === 1 ? "position" : "positions"} already`
  if (at.closest && at.closest.correlation > risk.maxCorrelation)
    return `${market} moves almost like ${at.closest.market}, which is held (correlation ${at.closest.correlation.toFixed(2)}, limit ${risk.maxCorrelation})`
  return undefined
}

/** The limits on losses that are reached now; one that was reached holds for the day (`EntryBar`). */
export function reachedLimits(
  { dailyLossPercent, maxDrawdownPercent }: Pick<RiskSettings, "dailyLossPercent" | "maxDrawdownPercent">,
  { dayStart, dayProfit, drawdownPercent }: Results,
): { name: BarName; words: string }[] {
  const lostPercent = dayStart > 0 ? (-dayProfit / dayStart) * 100 : 0
  const reached: { name: BarName; words: string }[] = []
  if (lostPercent >= dailyLossPercent)
    reached.push({
      name: "daily-loss",
      words: `the account's bots have lost ${lostPercent.toFixed(1)} % today (limit ${dailyLossPercent} %); entries go on tomorrow`,
    })
  if (drawdownPercent >= maxDrawdownPercent)
    reached.push({
      name: "drawdown",
      words: `the account's bots are ${drawdownPercent.toFixed(1)} % below their highest (limit ${maxDrawdownPercent} %)`,
    })
  return reached
}

function sized(entry: WantedEntry, risk: RiskSettings, at: Exposure): EntryVerdict {
  if (at.equity === undefined) return { ok: false, because: "the exchange has not said what the account holds" }
  const caps = capsOf(entry, risk, at, at.equity)
  const least = caps.reduce((one, other) => (other.quantity < one.quantity ? other : one))
  if (least.quantity <= 0) return { ok: false, because: `${least.name} leaves no room` }
  return least.quantity < entry.quantity
    ? { ok: true, quantity: least.quantity, decidedBy: least.name }
    : { ok: true, quantity: entry.quantity }
}

function capsOf({ market, price, stopPrice }: WantedEntry, risk: RiskSettings, at: Exposure, equity: number) {
  const held = at.positions.get(market) ?? 0
  const share = (equity * risk.maxSharePercent) / 100 - held
  const caps = [{ name: `the largest share of one market (${risk.maxSharePercent} %)`, quantity: share / price }]
  if (stopPrice !== undefined && stopPrice < price)
    caps.push({
      name: `the risk of one trade (${risk.riskPercent} %)`,
      quantity: (equity * risk.riskPercent) / 100 / (price - stopPrice),
    })
  if (risk.maxOrderQuote !== null)
    caps.push({ name: `the largest order (${risk.maxOrderQuote})`, quantity: Number(risk.maxOrderQuote) / price })
  return caps
}
