import { DAY_MS } from "#engine/candles"
import type { CallLedger, ModelCall } from "./model-call.ts"
import { dollarsText } from "./money-text.ts"

/** The most that calls may cost, by UTC day and month; null is no limit. */
export type Budget = {
  dayMicroDollars: number | null
  monthMicroDollars: number | null
  /** Models whose price nobody knows may be asked although no budget can hold them. */
  allowsUnknownPrices: boolean
}

/** What a person begins with: a dollar a day, ten a month. */
export const usualBudget: Budget = {
  dayMicroDollars: 1_000_000,
  monthMicroDollars: 10_000_000,
  allowsUnknownPrices: false,
}

/** What was spent today and this month, and how much of the narrower limit that is (1 is all of it). */
export type Spending = { dayMicroDollars: number; monthMicroDollars: number; share: number }

/** From here on the cheap models come first. */
const NEAR = 0.8

/** Adds up the calls of this UTC day and month. Calls that are under way count with the most they may cost. */
export async function spendingOf(ledger: CallLedger, budget: Budget, nowMs: number): Promise<Spending> {
  const calls = await ledger.since(monthStartMs(nowMs))
  const dayMicroDollars = sumOf(calls.filter(({ atMs }) => atMs >= dayStartMs(nowMs)))
  const monthMicroDollars = sumOf(calls)
  const share = Math.max(
    shareOf(dayMicroDollars, budget.dayMicroDollars),
    shareOf(monthMicroDollars, budget.monthMicroDollars),
  )
  return { dayMicroDollars, monthMicroDollars, share }
}

export function isNearBudget({ share }: Spending): boolean {
  return share >= NEAR
}

/** Why a call that may cost this much is not made; undefined when it is. Asked before, not after. */
export function overBudget(spending: Spending, budget: Budget, worstMicroDollars: number | null): string | undefined {
  const { dayMicroDollars, monthMicroDollars } = budget
  if (dayMicroDollars === null && monthMicroDollars === null) return undefined
  if (worstMicroDollars === null) return budget.allowsUnknownPrices ? undefined : UNKNOWN_PRICE
  if (worstMicroDollars === 0) return undefined
  if (isOver(spending.dayMicroDollars, worstMicroDollars, dayMicroDollars))
    return words("today", spending.dayMicroDollars, worstMicroDollars, dayMicroDollars!)
  if (isOver(spending.monthMicroDollars, worstMicroDollars, monthMicroDollars))
    return words("this month", spending.monthMicroDollars, worstMicroDollars, monthMicroDollars!)
  return undefined
}

const UNKNOWN_PRICE =
  "Nobody told Candlewright what this model costs, so your budget could not hold. Enter its price, or allow models without one, in the costs."

function isOver(spent: number, worst: number, limit: number | null): boolean {
  return limit !== null && spent + worst > limit
}

function words(when: string, spent: number, worst: number, limit: number): string {
  return `This call may cost up to ${dollarsText(worst)}, and ${dollarsText(spent)} of your ${dollarsText(limit)} for ${when} are spent. It was not made. Choose a cheaper model or one on your device, or raise the budget.`
}

function sumOf(calls: readonly ModelCall[]): number {
  return calls.reduce((sum, { costMicroDollars }) => sum + (costMicroDollars ?? 0), 0)
}

function shareOf(spent: number, limit: number | null): number {
  if (limit === null) return 0
  return limit === 0 ? 1 : spent / limit
}

function dayStartMs(nowMs: number): number {
  return nowMs - (nowMs % DAY_MS)
}

export function monthStartMs(nowMs: number): number {
  const date = new Date(nowMs)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
}
