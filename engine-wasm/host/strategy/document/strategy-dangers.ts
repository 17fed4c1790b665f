import { neverHolds } from "./idle-rule.ts"
import { mayCode } from "./order-term.ts"
import { chosenParams, type ParamValues, resolvedStrategy } from "./strategy-document-params.ts"
import type { StrategyDocument, StrategySide } from "./strategy-document.ts"

/** A thing the reader should know before trusting the strategy. */
export type StrategyFlag = {
  kind:
    | DangerKind
    | "unusedParam"
    | "unusedSeries"
    | "unusedModel"
    | "otherMarket"
    | "modelSince"
    | "otherEngine"
    | "sliderEnd"
    | "code"
  because: string
}

/** What can cost more than one thinks. */
export const dangerKinds = ["noStop", "short", "leverage", "addsToLosers", "largeRisk", "noExit"] as const
export type DangerKind = (typeof dangerKinds)[number]

/** On which account a strategy trades, and with which values of its params where they are not its own. */
export type DangerPlace = { leverage?: number; params?: ParamValues }

/** The dangers of a strategy as it trades with these values: said wherever the strategy is shown. */
export function dangersOf(
  written: StrategyDocument,
  { leverage = 1, params }: DangerPlace = {},
): { kind: DangerKind; because: string }[] {
  const strategy = asItTrades(written, params)
  const { protect, short, add } = strategy
  const hasStop = protect.stopLoss.kind !== "none"
  const dangers: [DangerKind, boolean, string][] = [
    ["noStop", !hasStop, noStopWords(strategy)],
    ["short", short !== null, "It sells short: losses are not limited to the stake, and interest or funding is due."],
    ["leverage", leverage > 1, leverageWords(leverage)],
    ["addsToLosers", add !== null, "It buys more while losing: the position can grow to several times its first size."],
    ["largeRisk", riskWords(strategy) !== undefined, riskWords(strategy) ?? ""],
    [
      "noExit",
      hasNoExit(strategy),
      hasStop ? "Only the stop loss ever closes a position." : "Nothing ever closes a position but you.",
    ],
  ]
  return dangers.filter(([, holds]) => holds).map(([kind, , because]) => ({ kind, because }))
}

/** With its numbers for names, and without sides that never open a position. Values that are not its own change nothing. */
function asItTrades(strategy: StrategyDocument, params: ParamValues | undefined) {
  const own = chosenParams(strategy)
  const chosen = [chosenParams(strategy, params), own].find(({ ok }) => ok)
  const values = chosen?.ok ? chosen.values : {}
  const unlessIdle = (side: StrategySide | null) =>
    side && !neverHolds(side.enter, { params: values, series: strategy.series }) ? side : null
  const { long, short } = strategy
  return { ...resolvedStrategy(strategy, values), long: unlessIdle(long), short: unlessIdle(short) }
}

type AsItTrades = ReturnType<typeof asItTrades>

function noStopWords({ code }: AsItTrades): string {
  const off = mayCode(code, "stop") ? "Where its code sets no stop, the stop loss" : "The stop loss"
  return `${off} is switched off: one bad trade can cost most of the position.`
}

/** More of the account than this on one trade, or on all that may be open together, is a lot. Percent. */
const MOST_RISK = { oneTrade: 2, together: 6, wholeStop: 10 }

/** What is large about the risk; undefined where nothing is. */
function riskWords({ size, protect: { stopLoss }, limits: { maxOpenPositions } }: AsItTrades): string | undefined {
  if (size.kind === "risk") {
    if (size.percent > MOST_RISK.oneTrade) return "It risks more than 2 % of the account on each trade."
    const together = Number((size.percent * maxOpenPositions).toFixed(2))
    return together > MOST_RISK.together
      ? `With ${maxOpenPositions} positions open at once it risks ${together} % of the account together.`
      : undefined
  }
  if (size.kind !== "equity") return undefined
  if (stopLoss.kind === "none")
    return size.percent >= 50 ? `It puts ${size.percent} % of the account into one position without a stop.` : undefined
  const lost = stopLoss.kind === "percent" ? Number(((size.percent * stopLoss.percent) / 100).toFixed(2)) : 0
  return lost > MOST_RISK.wholeStop ? `One stop costs ${lost} % of the account.` : undefined
}

function leverageWords(leverage: number): string {
  const move = Number((100 / leverage).toFixed(1))
  return `The account uses ${leverage}-fold leverage: a move of ${move} % against it loses everything.`
}

function hasNoExit({ long, short, protect: { takeProfit, trailing, roi, timeStop } }: AsItTrades): boolean {
  const sides = [long, short].filter((side) => side !== null)
  return (
    sides.some((side) => side.exit === null) && takeProfit.length === 0 && roi.length === 0 && !trailing && !timeStop
  )
}
