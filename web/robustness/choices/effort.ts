import type { SearchMethodName } from "#engine/run"
import { formatNumber, formatCount } from "../../ui/number-format.ts"
import { lengthWords } from "../length-words.ts"

/** How much a search has to do. */
export type Effort = {
  combinations: number
  /** Combinations that will be tried. */
  trials: number
  candles: number
  method: SearchMethodName
  /** Whether each combination takes the time of a whole backtest: code, several markets, fills as other programs. */
  isAlone: boolean
  seconds: number
}

/** Each part of the walk forward searches again: six parts, of 0.4 of the history when rolling, more when anchored. */
const WALKED = 6.5
/** Coin-flip markets are searched up to so often, as long as that stays below so much work. */
const COIN_FLIPS = { searches: 199, work: 2e9, workAlone: 1e8 }

/** Candles times combinations of the whole: the search, the same on coin-flip markets, and walking forward. */
export function workOf({ trials, candles, isAlone }: Pick<Effort, "trials" | "candles" | "isAlone">): number {
  const search = trials * candles
  const most = isAlone ? COIN_FLIPS.workAlone : COIN_FLIPS.work
  return search * (1 + WALKED) + Math.min(search * COIN_FLIPS.searches, most)
}

/** "2,025 combinations × 10,512 candles, about 20 s. Every one is tried." */
export function effortWords({ combinations, trials, candles, method, seconds }: Effort): string {
  const isAll = trials >= combinations
  const tried = isAll
    ? `${formatCount(combinations, "combination")} × ${formatCount(candles, "candle")}`
    : `${formatCount(trials, "combination")} of ${manyWords(combinations)} × ${formatCount(candles, "candle")}`
  return `${tried}, ${lengthWords(seconds)}. ${methodWords[isAll ? "grid" : method]}`
}

const methodWords: Record<SearchMethodName, string> = {
  grid: "Every one is tried (grid).",
  random: "They are drawn by chance (random search).",
  tpe: "Most are chosen near those that did well (TPE).",
  cmaes: "A cloud of them moves to where they do well (CMA-ES).",
}

const MILLION = 1e6

/** "12,000", "3.2 million", "4 billion"; above that a power of ten. */
function manyWords(count: number): string {
  if (count < MILLION) return formatNumber(count)
  if (count < 1e9) return `${formatNumber(count / MILLION, 1)} million`
  return count < 1e12 ? `${formatNumber(count / 1e9, 1)} billion` : `10^${Math.floor(Math.log10(count))}`
}
