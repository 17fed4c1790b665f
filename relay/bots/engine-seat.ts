import type { Candles } from "#engine/candles"
import { candlesFromRows, timeframesMs } from "#engine/candles"
import { type Rejected, tradesOf } from "#engine/result"
import {
  defaultAccount,
  type Engine,
  type LiveFill,
  type LiveIntent,
  type LiveOrderEnd,
  type LiveRules,
  LiveRun,
  type Snapshot,
} from "#engine/run"
import type { StrategyDocument } from "#engine/strategy"
import type { NewEvent } from "../ledger/bot-event.ts"
import type { BotState } from "../ledger/bot-record.ts"
import type { OutsideExit } from "../ledger/live-exit.ts"
import type { LiveTrade } from "../ledger/step.ts"

/** Open time, open, high, low, close, volume. */
export type CandleRow = [number, number, number, number, number, number]

/** One thing that the engine hears. The same ones in the same order make the same decisions. */
export type BotInput =
  | { candle: CandleRow; market: number }
  | { advanceMs: number }
  | { fill: LiveFill; market: number; isByHand?: true; isWithoutStop?: true }
  | { end: LiveOrderEnd; intent: number; market: number; timeMs: number }
  | { rules: LiveRules; market: number }

/** What a run began with: its candles before, and the exchange's rules then. The first of what is kept of a bot. */
export type Begun = { begun: { warm: CandleRow[][]; rules: LiveRules[] } }

/** What a step of the engine came to. */
export type Decided = {
  intents: LiveIntent[]
  trades: LiveTrade[]
  rejected: Rejected[]
  equity: number
}

export type SeatPlan = {
  engine: Engine
  strategy: StrategyDocument
  params: Record<string, number | boolean>
  cash: number
  markets: string[]
  fromMs: number
  /** As the exchange has them now, one for each market. */
  rules: LiveRules[]
}

/** A kept state that this engine cannot go on from, such as after an update. Nobody has made a mistake. */
export class CannotGoOn extends Error {
  override name = "CannotGoOn"

  /** `events`: what stands in the way, one by one. */
  constructor(
    because: string,
    readonly events: NewEvent[] = [],
  ) {
    super(
      `It cannot go on where it was: ${because}. Nothing is lost: sell what it holds by hand, or go back to the version of Candlewright that it ran on; a new bot runs on this one`,
    )
  }
}

/** The engine of one bot: it hears what happened and says what it wants. What cannot run is thrown as a sentence. */
export class EngineSeat {
  /** The last that it has heard of, one for each market. */
  readonly rules: LiveRules[]

  private constructor(
    readonly run: LiveRun,
    private readonly plan: SeatPlan,
  ) {
    this.rules = [...plan.rules]
  }

  /** Begins with the candles before `plan.fromMs`, one row list for each market, which only warm it up. */
  static async begin(plan: SeatPlan, warm: readonly CandleRow[][]): Promise<EngineSeat> {
    const seat = new EngineSeat(await open(plan, warm), plan)
    seat.tell([{ advanceMs: plan.fromMs }])
    return seat
  }

  /**
   * Goes on from a state, by the last rules it has heard of; says why not when it is of another engine or strategy.
   * What it hears from here on is all that may differ from a run told everything again.
   */
  static async goOn(
    today: SeatPlan,
    state: BotState,
  ): Promise<{ ok: true; seat: EngineSeat } | { ok: false; because: string }> {
    const { snapshot, closes, rules = today.rules } = state.about as SeatAbout
    const plan = { ...today, rules }
    const timeframeMs = timeframesMs[plan.strategy.timeframe]
    const rows = closes.map(({ openTimeMs, close }) => [
      [openTimeMs - timeframeMs, close, close, close, close, 0] satisfies CandleRow,
    ])
    const seat = new EngineSeat(await open(plan, rows), plan)
    const restored = seat.run.restore({ ...snapshot, state: state.bytes })
    return restored.ok ? { ok: true, seat } : restored
  }

  tell(inputs: readonly BotInput[]): Decided {
    const parts = partsOf(inputs).map((part) => this.#tellPart(part))
    return {
      intents: parts.flatMap(({ intents }) => intents),
      trades: parts.flatMap(({ trades }) => trades),
      rejected: parts.flatMap(({ rejected }) => rejected),
      equity: this.run.account().equity,
    }
  }

  #tellPart(inputs: readonly BotInput[]): Omit<Decided, "equity"> {
    for (const input of inputs) this.#tellOne(input)
    const intents = this.run.takeIntents()
    const { trades, rejected, tags } = this.run.takeRecords()
    const told = tradesOf(trades, this.plan.markets, tags)
    const [outside] = inputs.flatMap((input) => outsideOf(input) ?? [])
    return { intents, trades: outside ? told.map((trade) => ({ ...trade, exitReason: outside })) : told, rejected }
  }

  /** `closes`: the newest candle of each market; `extra` comes back by `aboutOf`. */
  state(closes: SeatAbout["closes"], extra: object): BotState {
    const { state, ...snapshot } = this.run.snapshot()
    const about: SeatAbout = { snapshot, closes, rules: this.rules, stands: this.stands(), extra }
    return { bytes: state, about }
  }

  /** What it holds and has, as any engine can say it. */
  stands(): SeatStands {
    const positions = this.plan.markets.map((_, n) => {
      const { quantity, entryPrice, stop, side } = this.run.position(n)
      return { quantity: quantity * side, entryPrice, stop: Number.isNaN(stop) ? null : stop }
    })
    return { cash: this.run.account().cash, positions }
  }

  #tellOne(input: BotInput): void {
    const { run } = this
    if ("candle" in input) {
      const [openTimeMs, open, high, low, close, volume] = input.candle
      run.append(input.market, { openTimeMs, open, high, low, close, volume })
    } else if ("advanceMs" in input) run.advanceTo(input.advanceMs)
    else if ("fill" in input) run.fill(input.market, input.fill)
    else if ("end" in input) run.endOrder(input.market, input.intent, input.end, input.timeMs)
    else {
      this.rules[input.market] = input.rules
      run.setRules(input.market, input.rules)
    }
  }
}

/** What outside the rules made an input. */
function outsideOf(input: BotInput): OutsideExit | undefined {
  if ("isByHand" in input) return "byHand"
  return "isWithoutStop" in input ? "noStop" : undefined
}

/** The inputs in their order, each that came from outside the rules apart: the trade that it ends was not theirs. */
function partsOf(inputs: readonly BotInput[]): BotInput[][] {
  const parts: BotInput[][] = [[]]
  for (const input of inputs) {
    if (outsideOf(input)) parts.push([input], [])
    else parts.at(-1)!.push(input)
  }
  return parts.filter((part) => part.length > 0)
}

export type SeatAbout = {
  snapshot: Omit<Snapshot, "state">
  closes: { openTimeMs: number; close: number }[]
  rules?: LiveRules[]
  stands?: SeatStands
  extra: object
}

/** Cash in quote currency, and of each market what is held, base units, at its average price, with its stop. */
export type SeatStands = {
  cash: number
  positions: { quantity: number; entryPrice: number; stop: number | null }[]
}

async function open(plan: SeatPlan, rows: readonly CandleRow[][]): Promise<LiveRun> {
  const { engine, strategy, params, cash, markets, fromMs, rules } = plan
  const [first] = rules
  const account = { ...defaultAccount, cash, feeFrom: "received" as const, ...first }
  const opened = await LiveRun.open(
    engine,
    { strategy, params, account, fromMs },
    markets.map((market, n) => ({
      market,
      candles: candlesOf(rows[n], strategy.timeframe),
      priceTick: rules[n].priceTick,
    })),
  )
  if (!opened.ok) throw new Error(`The strategy cannot run here: ${opened.problems[0].because}.`)
  rules.forEach((rule, n) => opened.run.setRules(n, rule))
  return opened.run
}

function candlesOf(rows: readonly CandleRow[], timeframe: StrategyDocument["timeframe"]): Candles {
  const checked = candlesFromRows(rows, { timeframe })
  if (!checked.ok) throw new Error(`The exchange's candles cannot be used: ${checked.because}`)
  return checked.candles
}
