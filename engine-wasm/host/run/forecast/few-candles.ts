import { candlesForFirst } from "./folds.ts"

/** Fewer examples teach nothing. */
export const FEWEST_EXAMPLES = 200

/** Fewer candles judge nothing. */
export const FEWEST_CANDLES = 100

/** Why a history is too short to learn from, and how long one would do. */
export function tooFewToLearn({ candles, examples }: { candles: number; examples: number }): string {
  const enough = candles + candlesForFirst(FEWEST_EXAMPLES - examples)
  return `there are too few candles: what stands before the first forecast gives ${examples} examples to learn from, and ${FEWEST_EXAMPLES} are needed; about ${enough} candles would do, and here are ${candles}`
}

/** Why a history is too short for anything. */
export function tooFewToJudge(candles: number, timeframe: string): string {
  return `there are too few candles: ${candles} of ${timeframe}; at least ${FEWEST_CANDLES} are needed to judge a model, and over ${candlesForFirst(FEWEST_EXAMPLES)} to train one`
}
