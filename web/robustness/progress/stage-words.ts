import type { OptimiseNews } from "#engine/run"
import { formatCount, formatNumber } from "../../ui/number-format.ts"
import { lengthWords } from "../length-words.ts"

/** What a search is at, in a line: "Trying combinations: 640 of 1,296, the best so far Sharpe ratio 1.20". */
export function stageWords({
  stage,
  evaluated,
  toEvaluate,
}: Pick<OptimiseNews, "stage" | "evaluated" | "toEvaluate">): string {
  switch (stage) {
    case "search":
      return `Trying combinations: ${formatNumber(evaluated)} of ${formatNumber(toEvaluate)}`
    case "coinFlips":
      return "The same search on coin-flip markets, where there is nothing to find"
    case "overfitting":
      return "Cutting the days in half in every way: does the best stay good?"
    case "walkForward":
      return "Searching part after part, and trading the next"
    case "heldOut":
      return "Opening the part that was locked away"
    case "robustness":
      return "Other orders of the trades, other costs, other starts"
  }
}

/** "about 20 s left", or what has been done where that is not known. */
export function leftWords(secondsLeft: number | undefined, evaluated: number): string {
  return secondsLeft === undefined
    ? `${formatCount(evaluated, "combination")} tried`
    : `${lengthWords(secondsLeft)} left`
}
