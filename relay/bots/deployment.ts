import { timeframesMs } from "#engine/candles"
import type { Engine } from "#engine/run"
import {
  canonicalJson,
  canonicalStrategy,
  chosenParams,
  type StrategyDocument,
  strategyFromJson,
  type StrategyProblem,
} from "#engine/strategy"
import type { Account } from "../accounts/account.ts"
import { asSentence, Refusal } from "../door/refusal.ts"
import { type BotHashes } from "../ledger/bot-record.ts"
import { sha256 } from "./sha256.ts"

/** What somebody wants to run. */
export type WantedBot = {
  accountId: string
  /** A strategy document. */
  strategy: unknown
  markets: string[]
  params?: Record<string, number | boolean>
  /** Quote currency, a decimal text. */
  cash: string
  name?: string
  /** With real money: the amount typed by hand, and the words of who goes without paper (gate/). */
  confirm?: { amountAtRisk?: string; withoutPaper?: string }
}

const MOST_MARKETS = 50

/** The strategy of a deployment. Throws a `Refusal` with the place for whatever cannot trade on an account. */
export function strategyIn({ strategy, params }: Pick<WantedBot, "strategy" | "params">): StrategyDocument {
  const read = strategyFromJson(strategy)
  if (!read.ok) throw notValid("strategy", read.problems[0])
  const chosen = chosenParams(read.strategy, params)
  if (!chosen.ok) throw notValid(params === undefined ? "strategy" : "params", chosen.problems[0])
  if (read.strategy.short)
    throw refused("strategy.short", "A bot trades coins it owns, so it cannot sell short. Take the short rules out.")
  return read.strategy
}

/** Market names as the ledger has them: "BTC/USDT" however it was written. */
export function marketsIn({ markets }: Pick<WantedBot, "markets">): string[] {
  const names = [...new Set(markets.map(marketName))]
  if (names.length === 0) throw refused("markets", "Name at least one market, such as BTC/USDT.")
  if (names.length > MOST_MARKETS) throw refused("markets", `A bot trades at most ${MOST_MARKETS} markets.`)
  const quotes = new Set(names.map((name) => name.split("/")[1]))
  if (quotes.size > 1)
    throw refused("markets", `All markets of a bot have one quote currency, not ${[...quotes].join(", ")}.`)
  return names
}

/** Throws a `Refusal` where the account's settings would refuse every entry. */
export function refuseUseless(
  strategy: StrategyDocument,
  markets: readonly string[],
  { risk }: Pick<Account, "risk">,
): void {
  const { protect, code } = strategy
  if (risk.requireStop && !code && protect.stopLoss.kind === "none" && !protect.trailing)
    throw refused(
      "strategy.protect.stopLoss",
      "The account wants a stop with every entry, and this strategy has none. Add a stop, or change the account's settings.",
    )
  const foreign = risk.allowedMarkets && markets.find((market) => !risk.allowedMarkets!.includes(market))
  if (foreign) throw refused("markets", `The account does not allow ${foreign}.`)
}

/** What the bot is, to compare and to repeat. */
export async function hashesOf(engine: Engine, strategy: StrategyDocument, params: object): Promise<BotHashes> {
  return {
    engine: engine.sha256,
    strategy: sha256(canonicalStrategy(strategy)),
    params: sha256(canonicalJson(params)),
  }
}

/** The open time of the candle that decides first: the one that forms now. */
export function firstCandleMs({ timeframe }: StrategyDocument, nowMs: number): number {
  const lengthMs = timeframesMs[timeframe]
  return Math.floor(nowMs / lengthMs) * lengthMs
}

/** A market by its usual name, however it was written. */
export function marketName(written: string): string {
  const text = written.trim().toUpperCase().replace("-", "/")
  return text.includes("/") ? text : text.replace(/(USDT|USDC|FDUSD|TUSD|EUR|TRY|BTC|ETH|BNB)$/, "/$1")
}

function notValid(field: string, { path, because }: StrategyProblem): Refusal {
  // A problem of the params names its place from the strategy's root.
  const isWhole = path === field || path.startsWith(`${field}.`)
  const place = path === "" ? field : isWhole ? path : `${field}.${path}`
  return refused(place, `${asSentence(because)} Nothing was started.`)
}

export function refused(field: string, because: string): Refusal {
  return new Refusal(422, "not-valid", because, { field })
}
