import type { BotRecord } from "../ledger/bot-record.ts"
import type { BotRunner } from "./bot-runner.ts"
import type { BotView } from "./bot-view.ts"

/** A bot of this relay; its runner is there once its account's exchange has been reached. */
export type BotSeat = Pick<BotView, "timeframe" | "dangers" | "notes"> & {
  bot: BotRecord
  runner?: BotRunner
  failure: string
  /** The last command under way. */
  last?: Promise<unknown>
}

/** Carries out one command of a bot after the other. */
export function inTurn(seat: BotSeat, act: () => Promise<void>): Promise<void> {
  const done = (seat.last ?? Promise.resolve()).then(act)
  seat.last = done.catch(() => {})
  return done
}

/** How bots that have not ended stand. */
export type BotCounts = {
  count: number
  /** They have yet to open since the relay started. */
  starting: number
  /** They buy nothing until their owner says so. */
  halted: number
  /** They have opened before, and cannot work now. */
  failing: number
  /** Positions that want a stop and have none at their exchange. */
  withoutStop: number
  /** Markets of theirs that do not trade, or send no candles. */
  stillMarkets: number
  /** How far this machine's clock is ahead of an exchange's of theirs, the worst; 0 where none was measured. */
  clockErrorMs: number
}

export function countsOf(all: Iterable<BotSeat>, isTrading: boolean): BotCounts {
  const seats = [...all].filter(({ bot }) => bot.status !== "stopped")
  const isStarting = ({ runner, timeframe }: BotSeat) => runner?.isStarting ?? (isTrading && timeframe !== "")
  const naked = ({ runner }: BotSeat) =>
    runner?.positions().filter(({ wantsStop, stop }) => wantsStop && Number.isNaN(stop))
  return {
    count: seats.length,
    starting: seats.filter(isStarting).length,
    halted: seats.filter(({ bot }) => bot.status === "halted").length,
    failing: seats.filter((seat) => !isStarting(seat) && (seat.failure || seat.runner?.failure)).length,
    withoutStop: seats.flatMap((seat) => naked(seat) ?? []).length,
    stillMarkets: seats.flatMap(({ runner }) => runner?.stillMarkets ?? []).length,
    clockErrorMs: farthest(seats.map(({ runner }) => Math.round(runner?.clockErrorMs ?? 0))),
  }
}

function farthest(errorsMs: readonly number[]): number {
  return errorsMs.reduce((worst, one) => (Math.abs(one) > Math.abs(worst) ? one : worst), 0)
}
