import { timeframesMs } from "#engine/candles"
import type { Rejected } from "#engine/result"
import { defaultAccount, openSession, type ReportedCondition, type Why, whyInWords, withOperands } from "#engine/run"
import type { StrategyDocument } from "#engine/strategy"
import { Refusal } from "../door/refusal.ts"
import type { BotEvent } from "../ledger/bot-event.ts"
import { type LiveExit, liveExits } from "../ledger/live-exit.ts"
import type { LiveTrade } from "../ledger/step.ts"
import type { BotInput, CandleRow, SeatAbout } from "./engine-seat.ts"
import { candlesIn, type Heard, heardBy, partsHeard, type ReplayDeps, Retelling } from "./replay.ts"

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
  exited: { price: number; reason: LiveExit }[]
  /** What happened to the bot between this candle's close and the next: risk, kill switch, orders. The first first. */
  events: BotEvent[]
}

/** `atMs`: any moment of the candle; without it, the last that was decided on. */
type Asked = { market: string; atMs?: number }

/** A quarrelsome exchange may make many within one candle. */
const MOST_EVENTS = 50

/** Undefined where nothing was heard yet. Throws a `Refusal` for a candle that the bot did not decide on. */
export async function whyAt(deps: ReplayDeps, asked: Asked): Promise<LiveWhy | undefined> {
  const { bot, strategy } = deps
  const market = bot.markets.indexOf(asked.market)
  if (market < 0) throw new Refusal(404, "unknown-market", `This bot does not trade ${asked.market.slice(0, 40)}.`)
  const heard = await heardBy(deps)
  if (heard === undefined) return undefined
  const timeframeMs = timeframesMs[strategy.timeframe]
  const { told, candle, journal } = await toldUntil(deps, heard, {
    market,
    atMs: asked.atMs ?? lastMs(heard, market),
    timeframeMs,
  })
  const { seat } = told
  const [openTimeMs] = candle
  const closesAtMs = openTimeMs + timeframeMs
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
    ...whyInWords({ strategy, params: bot.params }, { conditions: operandsOf(deps, heard, told, place) }),
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

/** Listens for a candle of a market, and for the moment that it has closed. */
class SoughtClose {
  candle: CandleRow | undefined
  isOver = false

  constructor(private readonly place: Place) {}

  /** What belongs to the time until then. */
  within(inputs: readonly BotInput[]): readonly BotInput[] {
    const last = inputs.findIndex((input) => this.#isLast(input))
    this.isOver = last >= 0
    return this.isOver ? inputs.slice(0, last + 1) : inputs
  }

  #isLast(input: BotInput): boolean {
    if ("candle" in input && input.market === this.place.market && isAsked(input.candle, this.place))
      this.candle ??= input.candle
    return (
      this.candle !== undefined && "advanceMs" in input && input.advanceMs >= this.candle[0] + this.place.timeframeMs
    )
  }
}

function isAsked([openTimeMs]: CandleRow, { atMs, timeframeMs }: Place): boolean {
  return openTimeMs <= atMs && atMs < openTimeMs + timeframeMs
}

function notThere({ begun }: Heard, place: Place): Refusal {
  return notDecided(
    begun.warm[place.market].some((row) => isAsked(row, place))
      ? "It is from before the bot began: it only got the indicators ready."
      : "It has not closed yet, it is from before the bot knew candles, or the exchange had none.",
  )
}

function notDecided(because: string): Refusal {
  return new Refusal(409, "not-decided", `The bot did not decide at this candle. ${because}`)
}

/** The engine just after a candle has closed, with what it had told by then and what its code wrote at that moment. */
/** When the newest candle that it has heard of a market began. */
function lastMs({ state }: Heard, market: number): number {
  return (state.about as SeatAbout).closes[market].openTimeMs
}

async function toldUntil(deps: ReplayDeps, heard: Heard, place: Place) {
  const told = await Retelling.begin(deps, heard)
  const sought = new SoughtClose(place)
  let journal: string[] = []
  for await (const part of partsHeard(deps, heard)) {
    const inputs = sought.within(part)
    told.tell(inputs.slice(0, -1))
    const linesBefore = told.seat.run.journal().length
    told.tell(inputs.slice(-1))
    journal = told.seat.run.journal().slice(linesBefore)
    if (sought.isOver) break
  }
  const { candle } = sought
  if (candle === undefined) throw notThere(heard, place)
  return { told, candle, journal }
}

type Compared = Parameters<typeof withOperands>[2]

/** What the conditions compared, over the candles that the bot knew then. */
function operandsOf(
  { bot, strategy, engine }: ReplayDeps,
  { begun }: Heard,
  { rows }: Pick<Retelling, "rows">,
  compared: Compared,
) {
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
  return { price: exitPrice, reason: liveExits.find((reason) => reason === exitReason) ?? "signal" }
}
