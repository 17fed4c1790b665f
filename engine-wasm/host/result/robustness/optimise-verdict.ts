import { formatCount, formatNumber, formatPercent, formatSignedPercent } from "../../candles/number-format.ts"
import { combinedPValue } from "../statistics/combined-p-value.ts"

export type VerdictLevel = "ok" | "doubtful" | "overfitted"
/** One judgement in plain words: a headline, and the reasons behind it, the weightiest first. */
export type OptimiseVerdict = { level: VerdictLevel; headline: string; because: string[] }

/** What is known of the best of a search, as far as it is known. */
export type SearchEvidence = {
  evaluated: number
  tradeCount: number
  minTrades: number
  /** Whether it holds every constraint of the search. */
  holds: boolean
  /** The deepest fall allowed, and its own. */
  maxDrawdownPercent?: number
  drawdownPercent: number
  returnPercent: number
  /** `trials`: the combinations run on each; fewer than the search's where all of them would take too long. */
  coinFlips?: { pValue: number; tries: number; trials: number }
  heldOut?: {
    returnPercent: number
    holdingReturnPercent: number
    tradeCount: number
    days: number
    /** Of the whole period, 0 to 1. */
    share: number
    pValue: number | null
  }
  deflatedSharpe: number | null
  pbo: number | null
  comparedTrials: number
  walkForward?: { won: number; windows: number; returnPercent: number }
  isSpike: boolean
}

/** Chance explains what is at least as good in fewer than this share of markets where there is nothing to find. */
const RARE = 0.03
/** Fewer trades than this prove nothing, whatever was asked for. */
const FEWEST_TRADES = 20
/** That only counts where neither part alone says the contrary. */
const NO_SIGN = 0.5
/** and what is as good in more than this share is what chance finds. */
const USUAL = 0.15
/** Certainty of chance would outweigh everything else. */
const MOST_CHANCE = 0.999

const headlines: Record<VerdictLevel, string> = {
  ok: "This looks like more than luck.",
  doubtful: "This may be luck.",
  overfitted: "This is what luck looks like.",
}

/** How much of a search's best to believe. It warns unless chance alone rarely does as well, seen and unseen parts together. */
export function optimiseVerdict(evidence: SearchEvidence): OptimiseVerdict {
  const level = levelOf(evidence)
  return { level, headline: headlines[level], because: reasonsOf(evidence) }
}

function levelOf(evidence: SearchEvidence): VerdictLevel {
  const chance = chanceOf(evidence)
  if (chance === undefined) return "doubtful"
  if (evidence.returnPercent <= 0 || chance > USUAL) return "overfitted"
  const isEnough = evidence.tradeCount >= Math.max(FEWEST_TRADES, evidence.minTrades)
  return chance <= RARE && isEnough && evidence.holds && agrees(evidence) ? "ok" : "doubtful"
}

/** Whether the locked-away part shows any sign of it too: better there than half of its coin flips. */
function agrees({ heldOut }: SearchEvidence): boolean {
  return !heldOut || heldOut.pValue === null || heldOut.pValue <= NO_SIGN
}

/**
 * How often chance alone does as well: the search on the part it saw and its choice on the part it did not, which are
 * independent, joined by Stouffer's method with the square roots of their lengths as weights.
 */
function chanceOf({ coinFlips, heldOut }: SearchEvidence): number | undefined {
  if (!coinFlips) return undefined
  if (!heldOut || heldOut.pValue === null) return coinFlips.pValue
  return combinedPValue([
    { pValue: coinFlips.pValue, weight: Math.sqrt(1 - heldOut.share) },
    { pValue: Math.min(heldOut.pValue, MOST_CHANCE), weight: Math.sqrt(heldOut.share) },
  ])
}

function reasonsOf(evidence: SearchEvidence): string[] {
  return [
    ...coinFlipReason(evidence),
    ...heldOutReason(evidence),
    ...tradesReason(evidence),
    ...drawdownReason(evidence),
    ...deflatedReason(evidence),
    ...overfittingReason(evidence),
    ...walkForwardReason(evidence),
    ...spikeReason(evidence),
  ]
}

function coinFlipReason({ coinFlips, evaluated }: SearchEvidence): string[] {
  if (!coinFlips)
    return ["It was not compared with the same search on coin-flip markets, so nothing says how much of it is luck."]
  const { pValue, tries, trials } = coinFlips
  const search =
    trials < evaluated
      ? `a smaller search, of ${formatNumber(trials)} of its ${formatNumber(evaluated)} combinations by chance,`
      : `the same search of ${formatCount(evaluated, "combination")}`
  const asGood = Math.round(pValue * (tries + 1)) - 1
  const found = asGood === 0 ? "on none of them" : `on ${formatNumber(asGood)} of them`
  return [
    `On ${formatNumber(tries)} coin-flip markets, where every candle goes up or down by chance and there is nothing to find, ${search} found as much ${found}.`,
  ]
}

function heldOutReason({ heldOut }: SearchEvidence): string[] {
  if (!heldOut)
    return ["No part of the history was locked away, so nothing shows how it does on candles it was not chosen by."]
  const { returnPercent, holdingReturnPercent, tradeCount, days, pValue } = heldOut
  const part = `On the locked-away last ${formatCount(Math.round(days), "day")}`
  if (tradeCount === 0) return [`${part} it never traded, so they say nothing.`]
  const chance =
    pValue === null ? "" : `; by coin flips those days did as well in ${formatPercent(100 * pValue, 0)} of tries`
  return [
    `${part} it returned ${formatSignedPercent(returnPercent)} with ${formatCount(tradeCount, "trade")}, holding ${formatSignedPercent(holdingReturnPercent)}${chance}.`,
  ]
}

function tradesReason({ tradeCount, minTrades }: SearchEvidence): string[] {
  if (tradeCount >= minTrades && tradeCount < FEWEST_TRADES)
    return [`It made ${formatCount(tradeCount, "trade")}: from ${FEWEST_TRADES} on there is something to judge.`]
  if (tradeCount >= minTrades) return []
  return [
    `No combination with a result made ${formatNumber(minTrades)} trades; the best made ${formatNumber(tradeCount)}, too few to say much.`,
  ]
}

function drawdownReason({ maxDrawdownPercent, drawdownPercent }: SearchEvidence): string[] {
  if (maxDrawdownPercent === undefined || drawdownPercent <= maxDrawdownPercent) return []
  return [
    `No combination stays within the worst dip of ${formatPercent(maxDrawdownPercent, 0)} that was allowed; the best falls ${formatPercent(drawdownPercent)}.`,
  ]
}

function deflatedReason({ deflatedSharpe, evaluated }: SearchEvidence): string[] {
  if (deflatedSharpe === null) return []
  return [
    `After ${formatCount(evaluated, "trial")} the probability that its true Sharpe ratio is above zero is ${formatPercent(100 * deflatedSharpe, 0)} (deflated Sharpe ratio; 95 % would be good).`,
  ]
}

function overfittingReason({ pbo, comparedTrials }: SearchEvidence): string[] {
  if (pbo === null) return []
  return [
    `Chosen on one half of the days, the best of ${formatCount(comparedTrials, "trial")} was below the middle on the other half in ${formatPercent(100 * pbo, 0)} of all ways to cut them (probability of overfitting; about 50 % is chance).`,
  ]
}

function walkForwardReason({ walkForward }: SearchEvidence): string[] {
  if (!walkForward) return []
  const { won, windows, returnPercent } = walkForward
  return [
    `Chosen anew part after part and traded on the next (walk-forward), ${formatNumber(won)} of ${formatCount(windows, "part")} made money, ${formatSignedPercent(returnPercent)} in all.`,
  ]
}

function spikeReason({ isSpike }: SearchEvidence): string[] {
  return isSpike ? ["One step beside these values less than half of it is left: a peak, not a plateau."] : []
}
