import { MINUTE_MS, timeframesMs } from "#engine/candles"
import { dueMsOf } from "#engine/run"
import type { PublicMarkets } from "../desk/public-markets.ts"
import type { Surroundings } from "../surroundings.ts"
import type { CallStore } from "./call-store.ts"
import { type KeptCall, outcomeOfKept } from "./kept-call.ts"
import type { MarketFollower } from "./market-follower.ts"

type OutcomesDeps = {
  calls: CallStore
  publicMarkets: Pick<PublicMarkets, "find" | "candles" | "timeMs">
  surroundings: Pick<Surroundings, "nowMs">
}

/** Outcomes that an exchange is asked for at one time; the rest have their turn a minute later. */
const MOST_ASKED = 20
const AGAIN_MS = 15 * MINUTE_MS
/** An exchange that has so many later candles has no more of the one that is missing. */
const CANDLES_LATER = 2

/** Notes what came of calls, once each. */
export class Outcomes {
  constructor(private readonly deps: OutcomesDeps) {}

  /** Those that a market's newest candle makes known; answers whose they were. */
  async settle({ watched, closedMs, closesBetween }: Settling): Promise<Set<string>> {
    const { venue, market } = watched
    const settled = new Set<string>()
    for (const call of await this.deps.calls.dueIn({ venue, market, closedMs })) {
      const closes = closesBetween(call.candleClosedMs, dueMsOf(call))
      if (closes === undefined || closes.length === 0) continue
      await this.deps.calls.end(call.id, outcomeOfKept(call, closes))
      settled.add(call.source)
    }
    return settled
  }

  /** Asks exchanges for those that no watched candle made known, such as while the relay was not running. */
  async catchUp(): Promise<void> {
    const { calls, surroundings } = this.deps
    for (const call of await calls.due(surroundings.nowMs(), MOST_ASKED)) {
      const closes = await this.#asked(call).catch(() => undefined)
      if (closes === undefined) await calls.askAgain(call.id, surroundings.nowMs() + AGAIN_MS)
      else await calls.end(call.id, outcomeOfKept(call, closes))
    }
  }

  async #asked(call: KeptCall): Promise<number[] | undefined> {
    const { publicMarkets } = this.deps
    const { venue, market, timeframe, candleClosedMs, aheadCandles } = call
    const toMs = dueMsOf(call)
    const lengthMs = timeframesMs[timeframe]
    const found = await publicMarkets.find(venue, market)
    const stretch = { timeframe, fromMs: candleClosedMs, toMs, limit: aheadCandles }
    const { candles } = await publicMarkets.candles(found, stretch)
    const lastMs = candles?.openTimeMs.at(-1)
    if (candles === undefined || lastMs === undefined) return undefined
    const isWhole = lastMs + lengthMs >= toMs || (await publicMarkets.timeMs(venue)) >= toMs + CANDLES_LATER * lengthMs
    return isWhole ? [...candles.close] : undefined
  }
}

type Settling = Pick<MarketFollower, "watched"> & {
  closedMs: number
  closesBetween: (fromMs: number, toMs: number) => number[] | undefined
}
