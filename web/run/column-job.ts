import { columnCard, type ColumnAnswer, type ColumnReading } from "#engine/run"
import type { KeptModel } from "../db/kept-model.ts"
import { scoredOn } from "./forecast-job.ts"
import { openMarkets } from "./open-market.ts"

export type ColumnAsked = {
  marketId: string
  column: string
  horizonCandles: number
  /** Until when whatever made the column had seen the market; undefined where it learnt from nothing. */
  trainedUntilMs?: number
  /** What its numbers are; guessed unless said. */
  reading?: ColumnReading
  /** What it says, where it is no column of the market's own. */
  values?: Float64Array
}

export type ColumnFound = ColumnAnswer & { scoredOn: KeptModel["scoredOn"] }

/** Judges an extra column of a market as what it would be as a forecast. Throws in words. */
export async function columnJob({ marketId, column, values, ...asked }: ColumnAsked): Promise<ColumnFound> {
  const opened = await openMarkets({ ids: [marketId], unseenPercent: 0 })
  const [market] = opened.list
  const { candles } = market
  const given = values ? { ...candles, extra: { ...candles.extra, [column]: values } } : candles
  return { ...columnCard(given, { column, ...asked }), scoredOn: scoredOn(market) }
}
