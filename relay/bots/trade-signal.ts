import { plainTime } from "#engine/candles"
import type { Timeframe } from "#engine/candles"
import { type Engine, SEEN_CANDLES } from "#engine/run"
import type { KeptAnalysis } from "../analyses/analysis-store.ts"
import type { Analyses } from "../analyses/analyses.ts"
import type { Accounts } from "../accounts/accounts.ts"
import type { FoundMarket, PublicMarkets } from "../desk/public-markets.ts"
import { Refusal } from "../door/refusal.ts"
import type { BotEvent } from "../ledger/bot-event.ts"
import type { History } from "../ledger/history.ts"
import type { Bots } from "./bots.ts"
import type { BotView } from "./bot-view.ts"
import type { Signals } from "../signals/signals.ts"
import { amount } from "./bot-view.ts"
import { forecastNotes, forecastSignal } from "./forecast-signal.ts"
import { simpleSignal } from "./simple-signal.ts"

/** What to do in a market and why. Prices are decimal texts; null where there is nothing to enter. */
export type TradeSignal = {
  action: "BUY" | "SELL" | "HOLD"
  /** From 0 to 100: how often the same was right before. The reasoning says of how many. */
  confidence: number
  entryPrice: string | null
  stopLoss: string | null
  reasoning: string
}

type TradeSignalsDeps = {
  bots: Bots
  accounts: Pick<Accounts, "find">
  history: History
  publicMarkets: PublicMarkets
  analyses: Pick<Analyses, "of">
  forecasts: Pick<Signals, "forecastsOf">
  /** Undefined before the first build. */
  engine: Promise<Engine | undefined>
}

type KeptFor = { timeframe: Timeframe; accountId: string; signal: AbortSignal }

/** Decisions and trades that are looked at. */
const MOST_SEEN = 200
/** With fewer finished trades a bot's past says nothing. */
const FEWEST_TRADES = 10

/** Computed signals: of a forecast with skill, of the bots that trade a market, or by plain rules. No language model is asked. */
export class TradeSignals {
  constructor(private readonly deps: TradeSignalsDeps) {}

  /** Throws a `Refusal` where the exchange is away. */
  async of(found: FoundMarket, timeframe: Timeframe): Promise<TradeSignal> {
    const forecasts = await this.deps.forecasts.forecastsOf(found, timeframe)
    const forecast = forecastSignal(forecasts)
    if (forecast !== undefined) return forecast
    const bot = await this.#botOf(found)
    const said = bot === undefined ? this.#byRules(found, timeframe) : this.#byBot(bot, found.market.symbol)
    return withNotes(await said, forecastNotes(forecasts))
  }

  /**
   * The same for one account, kept with its facts and measured later; where none of its bots trades, a model may say it,
   * within its budget. Throws as `of`.
   */
  async kept(found: FoundMarket, { timeframe, accountId, signal }: KeptFor): Promise<TradeSignal> {
    const bot = await this.#botOf(found, accountId)
    if (bot !== undefined) return this.#byBot(bot, found.market.symbol)
    const analysis = await this.deps.analyses.of(found, timeframe, signal)
    return analysis === undefined ? nothingYet(found, timeframe) : signalOf(analysis)
  }

  /** The bot that trades this market, of one account or of any, one that holds it before the others. */
  async #botOf({ venue, market }: FoundMarket, accountId?: string): Promise<BotView | undefined> {
    const trading: BotView[] = []
    for (const bot of await this.deps.bots.list()) {
      const isAsked = accountId === undefined || bot.accountId === accountId
      const isThere = isAsked && bot.markets.includes(market.symbol) && bot.status === "running"
      if (isThere && (await this.deps.accounts.find(bot.accountId))?.venue === venue.id) trading.push(bot)
    }
    return trading.find((bot) => positionIn(bot, market.symbol) !== undefined) ?? trading[0]
  }

  async #byBot(bot: BotView, market: string): Promise<TradeSignal> {
    const page = { limit: MOST_SEEN }
    const { items: events } = await this.deps.history.events({ botId: bot.id }, page, ["decision"])
    const { items: trades } = await this.deps.history.trades({ botId: bot.id }, page)
    const own = trades.filter((trade) => trade.market === market)
    const won = own.filter(({ profit }) => profit > 0).length
    const decision = events.find((event) => aboutOf(event).market === market)
    const position = positionIn(bot, market)
    const action = position ? "BUY" : decision && aboutOf(decision).side === "sell" ? "SELL" : "HOLD"
    const reasoning = [
      `The bot ${bot.name} trades this market.`,
      position
        ? `It holds ${position.quantity} since an entry at ${position.entryPrice}, ${position.stopPrice ? `with its stop at ${position.stopPrice}` : "without a stop"}.`
        : "It holds nothing of it now.",
      decision ? `Its last decision, ${plainTime(decision.atMs)}: ${decision.words}` : "It has decided nothing yet.",
      bot.lastReason,
      tradesInWords(own.length, won),
    ]
    return {
      action,
      confidence: own.length < FEWEST_TRADES ? 0 : Math.round((100 * won) / own.length),
      entryPrice: position?.entryPrice ?? null,
      stopLoss: position?.stopPrice ?? null,
      reasoning: reasoning.filter((sentence) => sentence !== "").join(" "),
    }
  }

  async #byRules(found: FoundMarket, timeframe: Timeframe): Promise<TradeSignal> {
    const engine = await this.deps.engine
    if (engine === undefined)
      throw new Refusal(503, "not-built", "The engine is not built yet; run `npm run build` once.")
    const { candles } = await this.deps.publicMarkets.candles(found, { timeframe, limit: SEEN_CANDLES })
    return candles === undefined ? nothingYet(found, timeframe) : simpleSignal(engine, candles, timeframe)
  }
}

function withNotes(signal: TradeSignal, notes: readonly string[]): TradeSignal {
  return { ...signal, reasoning: [signal.reasoning, ...notes].join(" ") }
}

function nothingYet({ venue, market }: FoundMarket, timeframe: Timeframe): TradeSignal {
  const reasoning = `${venue.name} has no closed ${timeframe} candles of ${market.symbol} yet, so there is nothing to compute.`
  return { action: "HOLD", confidence: 0, entryPrice: null, stopLoss: null, reasoning }
}

function signalOf({ action, confidence, entry, stop, reasons, notTaken, by, facts }: KeptAnalysis): TradeSignal {
  const who = by.kind === "rules" ? "a plain rule set" : by.name
  const looked = `No bot of this account trades this market, so ${who} looked at ${facts.candleCount} closed ${facts.timeframe} candles.`
  return {
    action,
    confidence,
    entryPrice: entry === null ? null : amount(entry),
    stopLoss: stop === null ? null : amount(stop),
    reasoning: [looked, ...reasons, ...notTaken].join(" "),
  }
}

function positionIn({ positions }: BotView, market: string) {
  return positions.find((position) => position.market === market)
}

function aboutOf({ about }: BotEvent): { market?: string; side?: string } {
  return about ?? {}
}

function tradesInWords(count: number, won: number): string {
  if (count === 0) return "It has finished no trade here yet, so nothing says how often it is right."
  const few = count < FEWEST_TRADES ? ": too few to say how often it is right" : ""
  return `${won} of its last ${count} trades here made a profit${few}.`
}
