import type { Timeframe } from "#engine/candles"
import type { Engine } from "#engine/run"
import type { Accounts } from "../accounts/accounts.ts"
import type { FoundMarket, PublicMarkets } from "../desk/public-markets.ts"
import { Refusal } from "../door/refusal.ts"
import type { BotEvent } from "../ledger/bot-event.ts"
import type { History } from "../ledger/history.ts"
import type { Bots } from "./bots.ts"
import type { BotView } from "./bot-view.ts"
import { SEEN_CANDLES, simpleSignal } from "./simple-signal.ts"

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
  /** Undefined before the first build. */
  engine: Promise<Engine | undefined>
}

/** Decisions and trades that are looked at. */
const MOST_SEEN = 200
/** With fewer finished trades a bot's past says nothing. */
const FEWEST_TRADES = 10

/** Computed signals: of the bots that trade a market, or by plain rules where none does. No model is asked. */
export class TradeSignals {
  constructor(private readonly deps: TradeSignalsDeps) {}

  /** Throws a `Refusal` where the exchange is away. */
  async of(found: FoundMarket, timeframe: Timeframe): Promise<TradeSignal> {
    const bot = await this.#botOf(found)
    return bot === undefined ? this.#byRules(found, timeframe) : this.#byBot(bot, found.market.symbol)
  }

  /** The bot that trades this market, one that holds it before the others. */
  async #botOf({ venue, market }: FoundMarket): Promise<BotView | undefined> {
    const trading: BotView[] = []
    for (const bot of await this.deps.bots.list()) {
      const isThere = bot.markets.includes(market.symbol) && bot.status === "running"
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
      decision
        ? `Its last decision, ${new Date(decision.atMs).toISOString()}: ${decision.words}`
        : "It has decided nothing yet.",
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
    if (candles !== undefined) return simpleSignal(engine, candles, timeframe)
    const reasoning = `${found.venue.name} has no closed ${timeframe} candles of ${found.market.symbol} yet, so there is nothing to compute.`
    return { action: "HOLD", confidence: 0, entryPrice: null, stopLoss: null, reasoning }
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
