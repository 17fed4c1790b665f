import * as z from "zod/mini"
import type { StrategyProblem } from "../document/strategy-document-problems.ts"

const MOST_NAME = 80
const MOST_MARKET = 64

/** Nothing that cannot be seen, breaks a line, or turns the direction of what is written after it. */
const UNSEEN = String.raw`\p{Cc}\p{Zl}\p{Zp}\u200E\u200F\u202A-\u202E\u2066-\u2069`
const namePattern = new RegExp(`^[^${UNSEEN}]*$`, "u")
/** Words of letters and digits, with what stands between them in the names of markets and files; never a path up. */
const marketPattern = /^$|^(?!.*\.\.)[\p{L}\p{N}][\p{L}\p{N}\p{M} .,:;/_+&#%@()[\]'–-]*$/u

const NAME_WORDS = `a name has 1 to ${MOST_NAME} characters, all on one line`
const MARKET_WORDS = `a market is a name such as BTC/USDT, of at most ${MOST_MARKET} characters`

/** What a model may be called. */
export const modelName = z
  .string()
  .check(z.minLength(1, NAME_WORDS), z.maxLength(MOST_NAME, NAME_WORDS), z.regex(namePattern, NAME_WORDS))

/** Which market a model may say that it learnt from; empty where it has no name. */
export const modelMarket = z
  .string()
  .check(z.maxLength(MOST_MARKET, MARKET_WORDS), z.regex(marketPattern, MARKET_WORDS))

/** As much of a market's name as a model may hold. */
export function marketForModel(name: string): string {
  const begun = name.slice(0, MOST_MARKET).trim()
  return modelMarket.safeParse(begun).success ? begun : ""
}

/** What of a model's names is none; refused before any training. */
export function modelNameProblems({ name, market }: { name: string; market: string }): StrategyProblem[] {
  return [
    ...(modelName.safeParse(name).success ? [] : [{ path: "name", because: NAME_WORDS }]),
    ...(modelMarket.safeParse(market).success ? [] : [{ path: "market", because: MARKET_WORDS }]),
  ]
}
