import { timeframesMs } from "#engine/candles"
import { exitReasons, type Rejected } from "#engine/result"
import { defaultAccount, openSession, type ReportedCondition, type Why, whyInWords, withOperands } from "#engine/run"
import type { StrategyDocument } from "#engine/strategy"
import { Refusal } from "../door/refusal.ts"
import type { BotEvent } from "../ledger/bot-event.ts"
import type { LiveTrade } from "../ledger/step.ts"
import type { BotInput, CandleRow } from "./engine-seat.ts"
import { candlesHeard, candlesIn, type Heard, heardBy, type ReplayDeps, seatAtStart, tellAll } from "./replay.ts"

/** Why a bot did, or did not, trade at a candle: what its engine saw there, and what happened until the next. */
export type LiveWhy = Omit<Why, "conditions"> & {
  market: string
  timeframe: StrategyDocument["timeframe"]
  /** As the bot heard it. */
  candle: CandleRow
  conditions: ReportedCondition[]
  joins: ReturnType<typeof whyInWords>["joins"]
  /** What was bought and sold while the candle ran, as decided before. */
  entered: { price: number }[]
  exited: { price: number; reason: Why["waitingExit"] & string }[]
  /** What happened to the bot between this candle's close and the next: risk, kill switch, orders. The first first. */
  events: BotEvent[]
}

type Asked = { market: string; atMs: number }

/** A quarrelsome exchange may make many within one candle. */
const MOST_EVENTS = 50

/** Undefined where nothing was heard yet. Throws a `Refusal` for a candle that the bot did not decide on. */
export async function whyAt(deps: ReplayDeps, asked: Asked): Promise<LiveWhy | undefined> {
  const { bot, strategy } = deps
  const market = bot.markets.indexOf(asked.market)
  if (market < 0) throw new Refusal(404, "unknown-market", `This bot does not trade ${asked.market.slice(0, 40)}.`)
  const heard = await heardBy(deps)
  if (heard === undefined) return undefined
  const candle = candleAt(heard, { market, atMs: asked.atMs, timeframeMs: timeframesMs[strategy.timeframe] })
  const [openTimeMs] = candle
  const closesAtMs = openTimeMs + timeframesMs[strategy.timeframe]
  const { seat, inputs, journal, ...told } = await toldUntil(deps, heard, closesAtMs)
  const standing = seat.run.standing(market)
  if (standing?.openTimeMs !== openTimeMs) throw notDecided("It came too late: the next one had been decided on.")
  const { conditions, wishes, ...stood } = standing
  const place = { market, openTimeMs, conditions }
  const isWithin = within(openTimeMs, closesAtMs)
  const own = told.trades.filter((trade) => trade.market === asked.market)
  return {
    ...stood,
    market: asked.market,
    timeframe: strategy.timeframe,
    candle,
    journal: [...journal, ...wishes],
    ...whyInWords({ strategy, params: bot.params }, { conditions: operandsOf(deps, heard, inputs, place) }),
    refusals: refusalsOf(told.rejected, asked.market, closesAtMs),
    entered: enteredIn(own, standing.position, isWithin),
    exited: own.filter(({ exitTimeMs }) => isWithin(exitTimeMs)).map(exitOf),
    events: await eventsOf(deps, asked.market, closesAtMs, Boolean(stood.waitingEntry)),
  }
}

/** What repeats is not kept each time: where an entry was decided and nothing is kept, the refusal before still holds. */
async function eventsOf(
  { bot, ledger }: ReplayDeps,
  market: string,
  candleMs: number,
  isBuying: boolean,
): Promise<BotEvent[]> {
  const events = await ledger.events({ botId: bot.id, candleMs }, { after: 0, limit: MOST_EVENTS })
  if (events.length > 0 || !isBuying) return events
  const newest = await ledger.events({ botId: bot.id, untilCandleMs: candleMs }, { limit: 1 })
  return newest.filter(({ kind, about }) => kind === "refusal" && (about as { market?: string })?.market === market)
}

type Place = { market: number; atMs: number; timeframeMs: number }

function candleAt({ begun, inputs }: Heard, { market, atMs, timeframeMs }: Place): CandleRow {
  const isAsked = ([openTimeMs]: CandleRow) => openTimeMs <= atMs && atMs < openTimeMs + timeframeMs
  const found = inputs.find((input) => "candle" in input && input.market === market && isAsked(input.candle))
  if (found && "candle" in found) return found.candle
  throw notDecided(
    begun.warm[market].some(isAsked)
      ? "It is from before the bot began: it only got the indicators ready."
      : "It has not closed yet, it is from before the bot knew candles, or the exchange had none.",
  )
}

function notDecided(because: string): Refusal {
  return new Refusal(409, "not-decided", `The bot did not decide at this candle. ${because}`)
}

/** The engine just after the candles that closed at a moment, with what it had told by then. */
async function toldUntil(deps: ReplayDeps, { begun, inputs: all }: Heard, closesAtMs: number) {
  const last = all.findIndex((input) => "advanceMs" in input && input.advanceMs >= closesAtMs)
  const inputs = all.slice(0, last < 0 ? all.length : last + 1)
  const seat = await seatAtStart(deps, begun)
  const before = await tellAll(seat, inputs.slice(0, -1), deps)
  const linesBefore = seat.run.journal().length
  const { trades, rejected } = seat.tell(inputs.slice(-1))
  const journal = seat.run.journal().slice(linesBefore)
  const told = { trades: [...before.trades, ...trades], rejected: [...before.rejected, ...rejected] }
  return { seat, inputs, journal, ...told }
}

type Compared = Parameters<typeof withOperands>[2]

/** What the conditions compared, over the candles that the bot knew then. */
function operandsOf({ bot, strategy, engine }: ReplayDeps, { begun }: Heard, inputs: BotInput[], compared: Compared) {
  const rows = candlesHeard(begun, inputs)
  const markets = bot.markets.map((market, n) => ({
    market,
    candles: candlesIn(rows[n], strategy),
    priceTick: begun.rules[n].priceTick,
  }))
  const plan = { strategy, params: bot.params, account: { ...defaultAccount, ...begun.rules[0] } }
  return withOperands(openSession(engine, markets), plan, compared)
}

/** Fills of the candle's own time; one at the very moment of its close follows from it. */
function within(openTimeMs: number, closesAtMs: number) {
  return (timeMs: number) => timeMs >= openTimeMs && timeMs < closesAtMs
}

type IsWithin = ReturnType<typeof within>

/** A refusal has the moment of the close it was decided at. */
function refusalsOf(rejected: readonly Rejected[], market: string, closesAtMs: number): Why["refusals"] {
  return rejected.filter((one) => one.market === market && one.timeMs === closesAtMs).map(({ reason }) => reason)
}

function enteredIn(trades: readonly LiveTrade[], position: Why["position"], isWithin: IsWithin): LiveWhy["entered"] {
  const all = position ? [...trades, position] : trades
  return all.filter(({ entryTimeMs }) => isWithin(entryTimeMs)).map(({ entryPrice }) => ({ price: entryPrice }))
}

function exitOf({ exitPrice, exitReason }: LiveTrade): LiveWhy["exited"][number] {
  return { price: exitPrice, reason: exitReasons.find((reason) => reason === exitReason) ?? "signal" }
}
