import { type Candles, candlesFromRows, timeframesMs } from "#engine/candles"
import type { Rejected } from "#engine/result"
import type { Engine } from "#engine/run"
import type { StrategyDocument } from "#engine/strategy"
import type { BotRecord, BotState } from "../ledger/bot-record.ts"
import type { Ledger } from "../ledger/ledger.ts"
import type { LiveTrade } from "../ledger/step.ts"
import type { Surroundings } from "../surroundings.ts"
import type { Entered, HeldNow, WantedBuy } from "./parity-differences.ts"
import { type Begun, type BotInput, type CandleRow, EngineSeat } from "./engine-seat.ts"

/** All that a bot's period needs to be run again. */
export type ReplayDeps = {
  bot: BotRecord
  strategy: StrategyDocument
  engine: Engine
  ledger: Pick<Ledger, "heardCount" | "inputs" | "events">
  surroundings: Pick<Surroundings, "giveWay">
}

/** What a bot began with, how much its engine heard since, and the state that this led to. */
export type Heard = { begun: Begun["begun"]; count: number; state: BotState }

/** A minute's bot of a year: five seconds. */
const MOST_INPUTS = 1_200_000
/** Told at once, before others have their turn: some ten milliseconds. */
const INPUTS_AT_ONCE = 2_000

/** Undefined where nothing was heard yet, or more than can be run again. */
export async function heardBy(
  { bot, ledger }: Pick<ReplayDeps, "bot" | "ledger">,
  most = MOST_INPUTS,
): Promise<Heard | undefined> {
  const heard = await ledger.heardCount(bot.id)
  if (heard === undefined || heard.count > most) return undefined
  const [first] = (await ledger.inputs(bot.id, { first: 1, last: 1 })) as Begun[]
  return { ...heard, begun: first.begun }
}

/** What was heard since a bot began, oldest first; everything else has its turn between two parts. */
export async function* partsHeard(
  { bot, ledger, surroundings }: Pick<ReplayDeps, "bot" | "ledger" | "surroundings">,
  { count }: Pick<Heard, "count">,
): AsyncGenerator<BotInput[]> {
  for (let first = 2; first <= count; first += INPUTS_AT_ONCE) {
    const last = Math.min(count, first + INPUTS_AT_ONCE - 1)
    yield (await ledger.inputs(bot.id, { first, last })) as BotInput[]
    await surroundings.giveWay()
  }
}

/** The engine as it was when the bot began. */
export function seatAtStart(
  { bot, strategy, engine }: Pick<ReplayDeps, "bot" | "strategy" | "engine">,
  { warm, rules }: Heard["begun"],
): Promise<EngineSeat> {
  const { params, cash, markets, fromMs } = bot
  return EngineSeat.begin({ engine, strategy, params, cash: Number(cash), markets, fromMs, rules }, warm)
}

/** A bot's period run again: its engine, what it has traded and refused, and the candles it knows of each market. */
export class Retelling {
  readonly trades: LiveTrade[] = []
  readonly rejected: Rejected[] = []
  readonly #wanted = new Map<number, WantedBuy>()
  /** What it heard that was traded, with its fee in quote currency. */
  readonly #fills: (Entered & { side: "buy" | "sell"; fee: number })[] = []
  /** Candles that came when those of their time had been decided on, by when they close. */
  readonly late: { market: string; timeMs: number }[] = []
  #decidedMs: number

  private constructor(
    readonly seat: EngineSeat,
    readonly rows: CandleRow[][],
    private readonly plan: { markets: readonly string[]; fromMs: number; timeframeMs: number },
  ) {
    this.#decidedMs = plan.fromMs
  }

  static async begin(deps: ReplayDeps, { begun }: Heard): Promise<Retelling> {
    const warm = begun.warm.map((before) => [...before])
    const { markets, fromMs } = deps.bot
    const plan = { markets, fromMs, timeframeMs: timeframesMs[deps.strategy.timeframe] }
    return new Retelling(await seatAtStart(deps, begun), warm, plan)
  }

  /** The purchases its rules decided on, the first first. */
  get wanted(): WantedBuy[] {
    return [...this.#wanted.values()]
  }

  /** What it holds still, by when it was bought, at the last close. */
  held(): HeldNow[] {
    return this.plan.markets.flatMap((market, n) => {
      const { side, quantity, entryPrice } = this.seat.run.position(n)
      if (side === 0) return []
      const ended = this.trades.findLast((trade) => trade.market === market)
      const own = this.#fills.filter((one) => one.market === market && one.entryTimeMs > (ended?.exitTimeMs ?? 0))
      const bought = own.find((one) => one.side === "buy")
      if (bought === undefined) return []
      const { entryTimeMs } = bought
      const feesPaid = own.reduce((sum, { fee }) => sum + fee, 0)
      const exitPrice = this.rows[n].at(-1)?.[4] ?? entryPrice
      return { market, entryTimeMs, quantity, entryPrice, exitPrice, feesPaid }
    })
  }

  tell(inputs: readonly BotInput[]): void {
    const { trades, rejected, intents } = this.seat.tell(inputs)
    this.trades.push(...trades)
    this.rejected.push(...rejected)
    const { markets } = this.plan
    for (const { id, market, action, timeMs } of intents)
      if (action === "enter") this.#wanted.set(id, { market: markets[market], timeMs, end: undefined })
    for (const input of inputs) this.#note(input)
  }

  #note(input: BotInput): void {
    const { markets, timeframeMs } = this.plan
    if ("candle" in input) {
      const [openTimeMs] = input.candle
      this.rows[input.market].push(input.candle)
      const timeMs = openTimeMs + timeframeMs
      if (timeMs <= this.#decidedMs) this.late.push({ market: markets[input.market], timeMs })
    } else if ("advanceMs" in input) this.#decidedMs = input.advanceMs
    else if ("fill" in input) {
      const { side, timeMs, fee, coinFee, price } = input.fill
      this.#fills.push({ market: markets[input.market], side, entryTimeMs: timeMs, fee: fee + coinFee * price })
    } else if ("end" in input) {
      const wanted = this.#wanted.get(input.intent)
      if (wanted) wanted.end = input.end
    }
  }
}

export function candlesIn(rows: readonly CandleRow[], { timeframe }: StrategyDocument): Candles {
  const checked = candlesFromRows(rows, { timeframe })
  if (!checked.ok) throw new Error(checked.because)
  return checked.candles
}
