import { mayCode } from "./order-term.ts"
import type { StrategyDocument } from "./strategy-document.ts"

/** A thing the reader should know before trusting the strategy. */
export type StrategyFlag = {
  kind: DangerKind | "unusedParam" | "unusedSeries" | "sliderEnd" | "code"
  because: string
}

/** What can cost more than one thinks. */
export const dangerKinds = ["noStop", "short", "leverage", "addsToLosers", "largeRisk", "noExit"] as const
export type DangerKind = (typeof dangerKinds)[number]

/** The dangers of a strategy on an account of this leverage: said wherever the strategy is shown. */
export function dangersOf(strategy: StrategyDocument, leverage = 1): { kind: DangerKind; because: string }[] {
  const { protect, short, add, size } = strategy
  const hasStop = protect.stopLoss.kind !== "none"
  const dangers: [DangerKind, boolean, string][] = [
    ["noStop", !hasStop, noStopWords(strategy)],
    ["short", short !== null, "It sells short: losses are not limited to the stake, and interest or funding is due."],
    ["leverage", leverage > 1, leverageWords(leverage)],
    ["addsToLosers", add !== null, "It buys more while losing: the position can grow to several times its first size."],
    [
      "largeRisk",
      size.kind === "risk" && typeof size.percent === "number" && size.percent > 2,
      "It risks more than 2 % of the account on each trade.",
    ],
    [
      "noExit",
      hasNoExit(strategy),
      hasStop ? "Only the stop loss ever closes a position." : "Nothing ever closes a position but you.",
    ],
  ]
  return dangers.filter(([, holds]) => holds).map(([kind, , because]) => ({ kind, because }))
}

function noStopWords({ code }: StrategyDocument): string {
  const off = mayCode(code, "stop") ? "Where its code sets no stop, the stop loss" : "The stop loss"
  return `${off} is switched off: one bad trade can cost most of the position.`
}

function leverageWords(leverage: number): string {
  const move = Number((100 / leverage).toFixed(1))
  return `The account uses ${leverage}-fold leverage: a move of ${move} % against it loses everything.`
}

function hasNoExit({ long, short, protect: { takeProfit, trailing, roi, timeStop } }: StrategyDocument): boolean {
  const sides = [long, short].filter((side) => side !== null)
  return (
    sides.some((side) => side.exit === null) && takeProfit.length === 0 && roi.length === 0 && !trailing && !timeStop
  )
}
