import { formatMoney, formatCount, formatNumber, formatPercent, formatSignedPercent } from "../candles/number-format.ts"
import type { RunPart } from "./split-result.ts"

/** "unknown": the run says nothing about the question, neither yes nor no. */
export type LightLevel = "good" | "doubtful" | "bad" | "unknown"
export type LightId = "trades" | "holding" | "fees" | "unseen" | "luck" | "ruin" | "minimums"
/** One question about every result: the answer, and the reason in a sentence or two. */
export type Light = { id: LightId; level: LightLevel; because: string }

/** The questions in the order they are asked. */
export const lightQuestions: Record<LightId, string> = {
  trades: "Enough trades?",
  holding: "Beats holding?",
  fees: "Survives higher costs?",
  unseen: "Holds on the unseen part?",
  luck: "More than luck?",
  ruin: "Survives bad luck?",
  minimums: "Fits exchange minimums?",
}

export const lightIds = Object.keys(lightQuestions) as LightId[]

/** Below this nothing can be said, below `ENOUGH_TRADES` little. */
export const FEW_TRADES = 10
export const ENOUGH_TRADES = 30

export function tradesLight(tradeCount: number): Light {
  const counted = formatCount(tradeCount, "trade")
  if (tradeCount === 0) return { id: "trades", level: "bad", because: "It never traded, so there is nothing to judge." }
  if (tradeCount < FEW_TRADES)
    return {
      id: "trades",
      level: "bad",
      because: `${counted}: a few different prices would change every figure. Test a longer period.`,
    }
  if (tradeCount < ENOUGH_TRADES)
    return {
      id: "trades",
      level: "doubtful",
      because: `${counted}: from about ${ENOUGH_TRADES} on the figures begin to mean something. Test a longer period.`,
    }
  return { id: "trades", level: "good", because: `${counted}: enough for the figures to mean something.` }
}

/** What cannot be asked of a run without trades. */
export function unknownLight(id: LightId, words: string): Light {
  return { id, level: "unknown", because: `It never traded, so ${words}.` }
}

type HoldingInput = {
  tradeCount: number
  returnPercent: number
  holdingReturnPercent: number
  maxDrawdownPercent: number
  holdingDrawdownPercent: number
}

/** Calmer counts too: with at most this share of holding's worst dip, less profit may be worth it. */
const CALMER = 0.6

export function holdingLight(input: HoldingInput): Light {
  const { tradeCount, returnPercent, holdingReturnPercent, maxDrawdownPercent, holdingDrawdownPercent } = input
  if (tradeCount === 0)
    return unknownLight(
      "holding",
      `there is nothing to compare with holding, which returned ${formatSignedPercent(holdingReturnPercent)}`,
    )
  const returns = `It returned ${formatSignedPercent(returnPercent)}, holding ${formatSignedPercent(holdingReturnPercent)}`
  const dips = `its worst dip was ${formatPercent(maxDrawdownPercent)}, that of holding ${formatPercent(holdingDrawdownPercent)}`
  if (returnPercent > holdingReturnPercent) return { id: "holding", level: "good", because: `${returns}; ${dips}.` }
  if (returnPercent > 0 && maxDrawdownPercent <= CALMER * holdingDrawdownPercent)
    return { id: "holding", level: "doubtful", because: `${returns}: less, but calmer; ${dips}.` }
  return { id: "holding", level: "bad", because: `${returns}: doing nothing would have been better; ${dips}.` }
}

type FeesInput = {
  tradeCount: number
  cash: number
  finalEquity: number
  /** With twice the fees and `slippagePercent`. */
  finalWithHighCosts: number
  /** Of the run, and of the one with higher costs. */
  slippagePercent: { usual: number; high: number }
  currency: string | undefined
}

export function feesLight(input: FeesInput): Light {
  const { tradeCount, cash, finalEquity, finalWithHighCosts, slippagePercent, currency } = input
  if (tradeCount === 0) return unknownLight("fees", "no fee was paid, and higher costs change nothing")
  const slippage =
    slippagePercent.usual === 0
      ? `${formatNumber(slippagePercent.high, 2)} % slippage`
      : `${formatNumber(slippagePercent.high / slippagePercent.usual)} times the slippage`
  const dear = `With twice the fees and ${slippage} ${formatMoney(cash, currency)} would have become ${formatMoney(finalWithHighCosts, currency)}`
  if (finalEquity <= cash)
    return { id: "fees", level: "bad", because: `It makes no profit with the costs as they are. ${dear}.` }
  if (finalWithHighCosts <= cash)
    return { id: "fees", level: "bad", because: `${dear}: all its profit depends on low costs.` }
  const kept = (finalWithHighCosts - cash) / (finalEquity - cash)
  return kept < 0.5
    ? { id: "fees", level: "doubtful", because: `${dear}: less than half of the profit would be left.` }
    : { id: "fees", level: "good", because: `${dear}.` }
}

/** Fewer trades than this in the last part say nothing about it. */
const FEW_UNSEEN_TRADES = 5

type UnseenInput = { parts: { seen: RunPart; unseen: RunPart } | undefined; wasLeftOut: boolean }

export function unseenLight({ parts, wasLeftOut }: UnseenInput): Light {
  if (!parts) return { id: "unseen", level: "doubtful", because: "The period is too short to be cut in two." }
  const { seen, unseen } = parts
  if (seen.tradeCount + unseen.tradeCount === 0) return unknownLight("unseen", "no part of the period says anything")
  const finding = `${formatSignedPercent(seen.returnPercent)} in ${days(seen)}, then ${formatSignedPercent(unseen.returnPercent)} in the last ${days(unseen)}`
  const note = wasLeftOut
    ? ""
    : " You have been shown that part as well. To keep it unseen, leave it out of the test (“Leave unseen” in the run settings) before you move sliders."
  const light = (level: LightLevel, because: string): Light => ({ id: "unseen", level, because: because + note })
  if (unseen.tradeCount < FEW_UNSEEN_TRADES)
    return light(
      "doubtful",
      `${finding}: with ${formatCount(unseen.tradeCount, "trade")} in it, the last part says little.`,
    )
  if (unseen.returnPercent <= 0)
    return light(
      "bad",
      `${finding}: ${seen.returnPercent > 0 ? "what worked before did not work there" : "it loses in both parts"}.`,
    )
  if (seen.returnPercent > 0 && pace(unseen) < pace(seen) / 2)
    return light("doubtful", `${finding}: still a gain, at less than half the pace.`)
  return light("good", `${finding}.`)
}

function days(part: RunPart): string {
  return `${formatNumber(Math.round(part.days))} days`
}

function pace({ returnPercent, days }: RunPart): number {
  return returnPercent / days
}

/** The light of a run that leaves its last part out, before anybody has looked at it. */
export function leftOutLight(daysLeftOut: number): Light {
  const left = formatNumber(Math.round(daysLeftOut))
  return {
    id: "unseen",
    level: "doubtful",
    because: `The last ${left} ${left === "1" ? "day is" : "days are"} left out of this test. Look at that part once, when you have stopped changing things: it counts only the first time.`,
  }
}

type MinimumsInput = {
  /** The minimum order value; 0: unknown. */
  minNotional: number
  /** The smallest order the run placed; null when it placed none. */
  smallestOrder: number | null
  /** Orders the exchange's rules would have refused. */
  refusedCount: number
  currency: string | undefined
}

export function minimumsLight({ minNotional, smallestOrder, refusedCount, currency }: MinimumsInput): Light {
  const light = (level: LightLevel, because: string): Light => ({ id: "minimums", level, because })
  const least = `The exchange takes orders from ${formatMoney(minNotional, currency)} on`
  if (minNotional === 0)
    return light("doubtful", "It is not known how small an order may be. Choose an exchange in the run settings.")
  if (refusedCount > 0)
    return light(
      "bad",
      `${least}: ${formatNumber(refusedCount)} of its orders would have been refused. Start with more money, or hold fewer positions.`,
    )
  if (smallestOrder === null) return light("unknown", `It never traded, so no order was too small. ${least}.`)
  if (smallestOrder < 1.5 * minNotional)
    return light(
      "doubtful",
      `${least}; its smallest was ${formatMoney(smallestOrder, currency)}. After a few losses orders would be refused.`,
    )
  return light("good", `${least}; its smallest was ${formatMoney(smallestOrder, currency)}.`)
}
