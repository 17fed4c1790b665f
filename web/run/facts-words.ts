import type { MarketPhase, PhaseOutcome } from "#engine/result"
import { formatMoney, formatCount, formatNumber, formatSignedPercent } from "../ui/number-format.ts"
import type { StrategyFacts } from "./facts-job.ts"

/** A line about a strategy: what it is about, and what was counted. */
export type FactLine = { name: string; words: string }

/** What was counted, in words a beginner reads at a glance: when it worked, when it failed, what it needs. */
export function factLines(facts: StrategyFacts): FactLine[] {
  if (facts.tradeCount === 0)
    return [{ name: "Trades", words: "None in this period, so there is nothing to say of it here." }]
  return [
    { name: "Worked in", words: monthsOf(facts.phases, "won") ?? "No month here made money." },
    { name: "Failed in", words: monthsOf(facts.phases, "lost") ?? "No month here lost money." },
    ...asideLines(facts.phases),
    { name: "Trades", words: tradesWords(facts) },
    { name: "Needs", words: needsWords(facts) },
    { name: "Unseen part", words: unseenWords(facts) },
  ]
}

const names: Record<MarketPhase["kind"], string> = {
  rising: "rising",
  flat: "sideways",
  falling: "falling",
}

/** Months without a position are said only where there were some. */
function asideLines(phases: MarketPhase[]): FactLine[] {
  const words = monthsOf(phases, "aside")
  return words === undefined ? [] : [{ name: "Stood aside in", words }]
}

function monthsOf(phases: MarketPhase[], wanted: PhaseOutcome): string | undefined {
  const named = phases.filter(({ outcome }) => outcome === wanted).map(phaseWords)
  return named.length === 0 ? undefined : `${capital(named.join("; "))}.`
}

function phaseWords({ kind, outcome, months, ofMonths, returnPercent, holdingPercent }: MarketPhase): string {
  const all = ofMonths === 1 ? `1 ${names[kind]} month` : `${formatNumber(ofMonths)} ${names[kind]} months`
  const count = months === ofMonths ? all : `${formatNumber(months)} of ${all}`
  const held = `holding ${formatSignedPercent(holdingPercent)}`
  return outcome === "aside"
    ? `${count} (${held} each)`
    : `${count}, ${formatSignedPercent(returnPercent)} each (${held})`
}

function tradesWords({ tradesPerMonth, tradeCount }: StrategyFacts): string {
  const often = formatNumber(tradesPerMonth, tradesPerMonth < 10 ? 1 : 0)
  return `${often} a month, ${formatNumber(tradeCount)} in all.`
}

/** How much money a strategy needs for every one of its orders to be large enough. */
export function needsWords({
  smallestCash,
  minOrder,
  currency,
}: Pick<StrategyFacts, "smallestCash" | "minOrder" | "currency">): string {
  if (smallestCash === null) return "It buys for a fixed amount, which has to be above the exchange's minimum."
  const needed = Number(smallestCash.toPrecision(2))
  return `About ${formatMoney(needed, currency)}. With less, its smallest order falls below the ${formatMoney(minOrder, currency)} an exchange takes.`
}

function unseenWords({ parts }: StrategyFacts): string {
  if (!parts) return "The period is too short to be cut in two."
  const { seen, unseen } = parts
  return `${formatSignedPercent(seen.returnPercent)} in the first ${days(seen.days)}, ${formatSignedPercent(unseen.returnPercent)} in the last ${days(unseen.days)} with ${formatCount(unseen.tradeCount, "trade")}.`
}

function days(count: number): string {
  return `${formatNumber(Math.round(count))} days`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
