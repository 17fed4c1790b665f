import { AccountField, BookField, IntentField, OrderEnd } from "../../../assembly/account/record.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import { prepareRun, type EngineRun, type RunPlan } from "../engine/engine-run.ts"
import { openSession, type MarketCandles } from "../engine/engine-session.ts"
import { newInstance, view, type Engine } from "../engine/engine.ts"
import { SimulationRecorder, type Simulation } from "../engine/simulation-recorder.ts"
import { programHash, restoreSnapshot, takeSnapshot, type Snapshot } from "../engine/snapshot.ts"
import { journalOf } from "../code/code-run.ts"
import { standingAt, type WhyStanding } from "../why.ts"
import { LIVE_ROOM, LiveCandles, type ClosedCandle } from "./live-candles.ts"
import { intentsFrom, type LiveIntent } from "./live-intent.ts"

/** A fill as the exchange tells it: base units, quote currency a unit, fees in quote currency and in the coins bought. */
export type LiveFill = {
  /** The intent whose order filled; none: somebody else traded, and the position follows. */
  intent?: number
  side: "buy" | "sell"
  quantity: number
  price: number
  fee: number
  coinFee: number
  timeMs: number
}

/** How an order ended that fills no more. */
export type LiveOrderEnd = keyof typeof OrderEnd

/** The money a run decides with, kept by its host: quote currency. */
export type LiveAccount = { cash: number; dayStartEquity: number; isHalted: boolean }

export type LiveRules = { minNotional: number; quantityStep: number; priceTick: number }

/** A market's position as the run has it; prices NaN where there is none. `dust`: what waits for the next one, base units. */
export type LivePosition = {
  side: 1 | 0 | -1
  quantity: number
  entryPrice: number
  stop: number
  target: number
  dust: number
}

const MOST_CANDLES_AT_ONCE = 1024
const INTENTS = 4

export type OpenedLiveRun = { ok: true; run: LiveRun } | { ok: false; problems: StrategyProblem[] }

/**
 * A strategy that decides on candles as they close, while an exchange fills. The same engine, rules and sizes as in a
 * backtest; what it asks for are intents, and what was done comes back as fills. It has no clock: the caller says how
 * far time has come. Replaying the same calls gives the same state, bit for bit.
 */
export class LiveRun {
  readonly #run: EngineRun
  readonly #program: string
  readonly #candles: LiveCandles[]
  readonly #intents: LiveIntent[] = []
  /** As they were set, by market; they are no part of the state. */
  readonly #rules = new Map<number, LiveRules>()
  #recorder = new SimulationRecorder({ samples: MOST_CANDLES_AT_ONCE })

  private constructor(run: EngineRun, program: string) {
    this.#run = run
    this.#program = program
    this.#candles = run.session.markets.map((_, market) => new LiveCandles(run.session, market))
  }

  /** Lays the strategy out over the candles it is warmed up with; it trades from `plan.fromMs` on. */
  static async open(engine: Engine, plan: RunPlan, markets: readonly MarketCandles[]): Promise<OpenedLiveRun> {
    const session = openSession(engine, markets, newInstance(engine), LIVE_ROOM)
    const prepared = prepareRun(session, { ...plan, live: true })
    if (!prepared.ok) return prepared
    return { ok: true, run: new LiveRun(prepared.run, await programHash(prepared.run)) }
  }

  /** Adds a candle behind those a market has. */
  append(market: number, candle: ClosedCandle): void {
    this.#candles[market].append(candle)
  }

  /** Runs every candle that has ended by `nowMs`, and decides. */
  advanceTo(nowMs: number): void {
    const { instance } = this.#run.session
    while (instance.advance(MOST_CANDLES_AT_ONCE, nowMs) > 0) this.#take()
    this.#take()
  }

  /** One fill. Returns the base units the position takes: fewer than filled where more was sold than it held. */
  fill(market: number, { intent, side, quantity, price, fee, coinFee, timeMs }: LiveFill): number {
    const { instance } = this.#run.session
    const sign = side === "buy" ? 1 : -1
    const taken =
      intent === undefined
        ? instance.adoptFill(market, sign, quantity, price, fee, coinFee, timeMs)
        : instance.fillOrder(market, intent, sign, quantity, price, fee, coinFee, timeMs)
    this.#take()
    return taken
  }

  /** The order of an intent will not fill any more. */
  endOrder(market: number, intent: number, end: LiveOrderEnd, timeMs: number): void {
    this.#run.session.instance.endOrder(market, intent, OrderEnd[end], timeMs)
    this.#take()
  }

  /** From now on cash, the day's start and the halt are the host's. */
  setAccount({ cash, dayStartEquity, isHalted }: LiveAccount): void {
    this.#run.session.instance.setAccount(cash, dayStartEquity, isHalted)
  }

  /** The exchange's rules have changed. */
  setRules(market: number, rules: LiveRules): void {
    const { minNotional, quantityStep, priceTick } = rules
    this.#rules.set(market, rules)
    this.#run.session.instance.setMarketRules(market, minNotional, quantityStep, priceTick)
  }

  position(market: number): LivePosition {
    const value = (field: number) => this.#run.session.instance.bookValue(market, field)
    return {
      side: value(BookField.side) as LivePosition["side"],
      quantity: value(BookField.quantity),
      entryPrice: value(BookField.entryPrice),
      stop: value(BookField.stop),
      target: value(BookField.targets + value(BookField.nextTarget)),
      dust: value(BookField.dust),
    }
  }

  /** Quote currency: cash, and all positions at their last closes. */
  account(): { cash: number; equity: number } {
    const { instance } = this.#run.session
    return {
      cash: view(instance, instance.stateAddress(), AccountField.length)[AccountField.cash],
      equity: instance.equity(),
    }
  }

  /** How a market stands at its newest candle of the strategy's timeframe; undefined before the first. */
  standing(market: number): WhyStanding | undefined {
    const { instance } = this.#run.session
    const at = instance.strategyCount(market) - 1
    if (at < 0) return undefined
    const openTimeMs = view(instance, instance.strategyTimes(market), at + 1)[at]
    return standingAt(this.#run, { market, at, openTimeMs })
  }

  /** What a strategy in code has written with `this.log`, within its first 500 lines. */
  journal(): string[] {
    const { engine, instance } = this.#run.session
    return engine.code === undefined ? [] : journalOf(instance)
  }

  /** The intents since the last call, in the order they were decided. */
  takeIntents(): LiveIntent[] {
    return this.#intents.splice(0)
  }

  /** Trades, samples and refusals since the last call. */
  takeRecords(): Simulation {
    const { session, tags } = this.#run
    const recorder = this.#recorder
    this.#recorder = new SimulationRecorder({ samples: MOST_CANDLES_AT_ONCE })
    return recorder.simulation(session.instance, tags(), false)
  }

  /** Everything to go on elsewhere, between two candles; take intents and records first. */
  snapshot(): Snapshot {
    return takeSnapshot(this.#run, this.#program)
  }

  /** Goes on where the snapshot was taken, by the rules that were set here; candles before it are forgotten. */
  restore(snapshot: Snapshot): { ok: true } | { ok: false; because: string } {
    const restored = restoreSnapshot(this.#run, snapshot, this.#program)
    if (!restored.ok) return restored
    for (const candles of this.#candles) candles.forget()
    // The layout may have been made anew, on the snapshot's grids, and with it the rules of the plan.
    for (const [market, rules] of this.#rules) this.setRules(market, rules)
    return restored
  }

  #take(): void {
    const { instance, markets } = this.#run.session
    const rows = view(instance, instance.records(INTENTS), instance.recordCount(INTENTS) * IntentField.length)
    this.#intents.push(...intentsFrom(rows))
    this.#recorder.take(instance, markets)
  }
}
