import { DAY_MS } from "#engine/candles"

/** What an account's bots and its person may risk. null is no limit of its own. */
export type RiskSettings = {
  riskPercent: number
  maxPositions: number
  maxSharePercent: number
  maxCorrelation: number
  dailyLossPercent: number
  maxDrawdownPercent: number
  /** Quote currency, as decimal text. */
  maxOrderQuote: string | null
  maxOrdersPerMinute: number
  /** Sorted names such as BTC/USDT. */
  allowedMarkets: string[] | null
  requireStop: boolean
}

/** Settings that hold now, and those that were wanted and hold from a later day on. */
export type RiskPlan = {
  now: RiskSettings
  wanted: RiskSettings
  /** From when on what is wanted holds. */
  fromMs: number
  /** When it was last changed: a clock set back does not bring an earlier day. */
  changedMs: number
}

/** What a new account starts with. */
export const usualRisk: RiskSettings = {
  riskPercent: 1,
  maxPositions: 3,
  maxSharePercent: 33,
  maxCorrelation: 0.9,
  dailyLossPercent: 3,
  maxDrawdownPercent: 20,
  maxOrderQuote: null,
  maxOrdersPerMinute: 10,
  allowedMarkets: null,
  requireStop: true,
}

/** The plan of a new account: nothing to wait for. */
export function newRiskPlan(risk: RiskSettings, nowMs: number): RiskPlan {
  return { now: risk, wanted: risk, fromMs: nowMs, changedMs: nowMs }
}

/** The settings that hold at a time. */
export function riskAt({ now, wanted, fromMs }: RiskPlan, nowMs: number): RiskSettings {
  return nowMs >= fromMs ? wanted : now
}

/** The plan after a change: what it tightens holds at once, what it loosens from the next UTC day. */
export function changedRisk(plan: RiskPlan, change: Partial<RiskSettings>, nowMs: number): RiskPlan {
  const changedMs = Math.max(nowMs, plan.changedMs)
  const wanted = { ...plan.wanted, ...change }
  return { now: tighter(riskAt(plan, nowMs), wanted), wanted, fromMs: dayAfterMs(changedMs), changedMs }
}

/** The plan of an account that was removed and comes back: on the day it was removed, what is looser waits as ever. */
export function returnedPlan(
  { plan, removedMs }: { plan: RiskPlan; removedMs: number },
  wanted: RiskSettings,
  nowMs: number,
): RiskPlan {
  if (nowMs >= dayAfterMs(removedMs)) return newRiskPlan(wanted, nowMs)
  return changedRisk({ ...plan, changedMs: Math.max(plan.changedMs, removedMs) }, wanted, nowMs)
}

/** Whether a change would allow anything that is not allowed now. */
export function loosens(now: RiskSettings, change: Partial<RiskSettings>): boolean {
  const wanted = { ...now, ...change }
  return JSON.stringify(tighter(now, wanted)) !== JSON.stringify(tighter(wanted, wanted))
}

/** The tighter of two, setting by setting: it allows what both allow. */
export function tighter(one: RiskSettings, other: RiskSettings): RiskSettings {
  const least = (name: NumberName) => Math.min(one[name], other[name])
  return {
    riskPercent: least("riskPercent"),
    maxPositions: least("maxPositions"),
    maxSharePercent: least("maxSharePercent"),
    maxCorrelation: least("maxCorrelation"),
    dailyLossPercent: least("dailyLossPercent"),
    maxDrawdownPercent: least("maxDrawdownPercent"),
    maxOrderQuote: leastQuote(one.maxOrderQuote, other.maxOrderQuote),
    maxOrdersPerMinute: least("maxOrdersPerMinute"),
    allowedMarkets: inBoth(one.allowedMarkets, other.allowedMarkets),
    requireStop: one.requireStop || other.requireStop,
  }
}

type NumberName = { [Name in keyof RiskSettings]: RiskSettings[Name] extends number ? Name : never }[keyof RiskSettings]

function leastQuote(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other
  return unitsOf(one) <= unitsOf(other) ? one : other
}

/** Whole hundred-millionths of a decimal text. */
function unitsOf(text: string): bigint {
  const [whole, fraction = ""] = text.split(".")
  return BigInt(whole + fraction.padEnd(QUOTE_DIGITS, "0"))
}

/** Digits after the point of an amount of quote currency. */
export const QUOTE_DIGITS = 8

function inBoth(one: string[] | null, other: string[] | null): string[] | null {
  if (one === null || other === null) return one ?? other
  return one.filter((market) => other.includes(market))
}

/** When the UTC day after this one begins. */
export function dayAfterMs(nowMs: number): number {
  return (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS
}
