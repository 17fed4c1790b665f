import { plainTime } from "#engine/candles"
import type { Timeframe } from "#engine/candles"
import { type CameTrue, type Engine, SEEN_CANDLES, supportedPercent, supportInWords } from "#engine/run"
import { trackRecord, trackRecordInWords } from "#models"
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
  /** From 0 to 100: as sure as the record of the same supports; 0 where it is no better than a coin, or unknown. */
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
  analyses: Pick<Analyses, "of" | "list">
  forecasts: Pick<Signals, "forecastsOf">
  /** Undefined before the first build. */
  engine: Promise<Engine | undefined>
}

type KeptFor = { timeframe: Timeframe; accountId: string; signal: AbortSignal }

/** Decisions and trades that are looked at. */
const MOST_SEEN = 200
/** With fewer finished trades a bot's past says nothing. */
const FEWEST_TRADES = 10
/** Half of all trades make a profit by chance. */
const COIN_PERCENT = 50

/** Computed signals: of a forecast with skill, of the bots that trade a market, or by plain rules. No language model is asked. */
export class TradeSignals {
  constructor(private readonly deps: TradeSignalsDeps) {}

  /** For who sees the bots of these accounts. Throws a `Refusal` where the exchange is away. */
  async of(
    found: FoundMarket,
    timeframe: Timeframe,
    isSeen: (accountId: string) => boolean = () => true,
  ): Promise<TradeSignal> {
    const forecasts = await this.deps.forecasts.forecastsOf(found, timeframe)
    const forecast = forecastSignal(forecasts)
    if (forecast !== undefined) return forecast
    const bot = await this.#botOf(found, isSeen)
    const said = bot === undefined ? this.#byRules(found, timeframe) : this.#byBot(bot, found.market.symbol)
    return withNotes(await said, forecastNotes(forecasts))
  }

  /**
   * The same for one account, kept with its facts and measured later; where none of its bots trades, a model may say it,
   * within its budget. Throws as `of`.
   */
  async kept(found: FoundMarket, { timeframe, accountId, signal }: KeptFor): Promise<TradeSignal> {
    const bot = await this.#botOf(found, (id) => id === accountId)
    if (bot !== undefined) return this.#byBot(bot, found.market.symbol)
    const analysis = await this.deps.analyses.of(found, timeframe, signal)
    return analysis === undefined ? nothingYet(found, timeframe) : signalOf(analysis, await this.deps.analyses.list())
  }

  /** The bot of these accounts that trades this market, one that holds it before the others. */
  async #botOf({ venue, market }: FoundMarket, isAsked: (accountId: string) => boolean): Promise<BotView | undefined> {
    const trading: BotView[] = []
    for (const bot of await this.deps.bots.list()) {
      const isThere = isAsked(bot.accountId) && bot.markets.includes(market.symbol) && bot.status === "running"
      if (isThere && (await this.deps.accounts.find(bot.accountId))?.venue === venue.id) trading.push(bot)
    }
    return trading.find((bot) => positionIn(bot, market.symbol) !== undefined) ?? trading[0]
  }

  async #byBot(bot: BotView, market: string): Promise<TradeSignal> {
    const page = { limit: MOST_SEEN }
    const { items: events } = await this.deps.history.events({ botId: bot.id }, page, ["decision"])
    const { items: trades } = await this.deps.history.trades({ botId: bot.id }, page)
    const own = trades.filter((trade) => trade.market === market)
    const record = { count: own.length, cameTrue: own.filter(({ profit }) => profit > 0).length }
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
      tradesInWords(record),
    ]
    return {
      action,
      confidence: own.length < FEWEST_TRADES ? 0 : supportedPercent(record, COIN_PERCENT),
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

function signalOf(analysis: KeptAnalysis, all: readonly KeptAnalysis[]): TradeSignal {
  const { action, entry, stop, reasons, notTaken, by, facts } = analysis
  const who = by.kind === "rules" ? "a plain rule set" : by.name
  const looked = `No bot of this account trades this market, so ${who} looked at ${facts.candleCount} closed ${facts.timeframe} candles.`
  const { confidence, because } = sureness(analysis, all)
  return {
    action,
    confidence,
    entryPrice: entry === null ? null : amount(entry),
    stopLoss: stop === null ? null : amount(stop),
    reasoning: [looked, ...reasons, ...notTaken, ...because].join(" "),
  }
}

/** The rules have measured their confidence; how sure a model calls itself is worth what its calls came to. */
function sureness({ by, action, confidence }: KeptAnalysis, all: readonly KeptAnalysis[]) {
  if (by.kind === "rules") return { confidence, because: [] }
  const own = trackRecord(
    all.filter((one) => one.by.kind === "model" && one.by.id === by.id),
    action,
  )
  const supported = own.better ? Math.floor(own.between!.lowPercent) : 0
  return {
    confidence: supported,
    because: [
      `${by.name} calls itself ${confidence} of 100 sure.`,
      trackRecordInWords(own),
      supported > 0 ? "The lower end of that is its confidence." : "So it is said without confidence.",
    ],
  }
}

function positionIn({ positions }: BotView, market: string) {
  return positions.find((position) => position.market === market)
}

function aboutOf({ about }: BotEvent): { market?: string; side?: string } {
  return about ?? {}
}

function tradesInWords(record: CameTrue): string {
  const { count, cameTrue } = record
  if (count === 0) return "It has finished no trade here yet, so nothing says how often it is right."
  const made = `${cameTrue} of its last ${count} trades here made a profit`
  if (count < FEWEST_TRADES) return `${made}: too few to say how often it is right.`
  return `${made}. ${supportInWords(record, COIN_PERCENT, "a coin")}`
}
