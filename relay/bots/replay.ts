import { type Candles, candlesFromRows } from "#engine/candles"
import type { Engine } from "#engine/run"
import type { StrategyDocument } from "#engine/strategy"
import type { BotRecord, BotState } from "../ledger/bot-record.ts"
import type { Ledger } from "../ledger/ledger.ts"
import type { Surroundings } from "../surroundings.ts"
import { type Begun, type BotInput, type CandleRow, type Decided, EngineSeat } from "./engine-seat.ts"

/** All that a bot's period needs to be run again. */
export type ReplayDeps = {
  bot: BotRecord
  strategy: StrategyDocument
  engine: Engine
  ledger: Ledger
  surroundings: Pick<Surroundings, "giveWay">
}

/** What a bot's engine heard, from its beginning on, and the state that this led to. */
export type Heard = { begun: Begun["begun"]; inputs: BotInput[]; state: BotState }

/** A minute's bot of two months. */
const MOST_INPUTS = 100_000
/** Told at once, before others have their turn: some ten milliseconds. */
const INPUTS_AT_ONCE = 2_000

/** Undefined where nothing was heard yet, or more than can be run again. */
export async function heardBy({ bot, ledger }: Pick<ReplayDeps, "bot" | "ledger">): Promise<Heard | undefined> {
  const heard = await ledger.heard(bot.id, MOST_INPUTS)
  if (heard === undefined) return undefined
  const [{ begun }, ...inputs] = heard.inputs as [Begun, ...BotInput[]]
  return { begun, inputs, state: heard.state }
}

/** The engine as it was when the bot began. */
export function seatAtStart(
  { bot, strategy, engine }: ReplayDeps,
  { warm, rules }: Heard["begun"],
): Promise<EngineSeat> {
  const { params, cash, markets, fromMs } = bot
  return EngineSeat.begin({ engine, strategy, params, cash: Number(cash), markets, fromMs, rules }, warm)
}

/** Tells a seat what was heard, and gives everything else its turn meanwhile. */
export async function tellAll(
  seat: EngineSeat,
  inputs: readonly BotInput[],
  { surroundings }: Pick<ReplayDeps, "surroundings">,
): Promise<Pick<Decided, "trades" | "rejected">> {
  const told: Pick<Decided, "trades" | "rejected"> = { trades: [], rejected: [] }
  for (let at = 0; at < inputs.length; at += INPUTS_AT_ONCE) {
    const { trades, rejected } = seat.tell(inputs.slice(at, at + INPUTS_AT_ONCE))
    told.trades.push(...trades)
    told.rejected.push(...rejected)
    await surroundings.giveWay()
  }
  return told
}

/** The candles that a bot knew of each of its markets: those before it began, and those it heard. */
export function candlesHeard({ warm }: Heard["begun"], inputs: readonly BotInput[]): CandleRow[][] {
  const rows = warm.map((before) => [...before])
  for (const input of inputs) if ("candle" in input) rows[input.market].push(input.candle)
  return rows
}

export function candlesIn(rows: readonly CandleRow[], { timeframe }: StrategyDocument): Candles {
  const checked = candlesFromRows(rows, { timeframe })
  if (!checked.ok) throw new Error(checked.because)
  return checked.candles
}
