import { expose } from "comlink"
import {
  type CandleDefect,
  candleDefects,
  type CandleMend,
  type Candles,
  cutWicks,
  dropLast,
  fillFlat,
  leaveDefects,
  mendsThatHold,
  undoMend,
} from "#engine/candles"
import { type ChartColumns, chartColumns } from "../../run/chart-columns.ts"
import { mendCandles } from "../../db/candle-store.ts"
import { loadCandles } from "../../db/load-candles.ts"
import type { SavedMarket } from "../../db/market-catalogue.ts"

/**
 * The result of checking a market's candles: what waits for a decision, what somebody has left, what was mended and
 * still is.
 */
export type Inspection = { defects: CandleDefect[]; left: CandleDefect[]; mends: CandleMend[] }

/** What to do about defects, all of one kind. */
export type WantedMend = { how: "fill-flat" | "cut-wicks" | "drop-last" | "leave"; defects: CandleDefect[] }

export type MendApi = {
  /** Checks all candles of a market. */
  inspect(market: SavedMarket): Promise<Inspection>
  /** Its prices, in bars coarse enough to draw. */
  prices(market: SavedMarket): Promise<ChartColumns>
  /** Mends and records it with the market. */
  mend(market: SavedMarket, wanted: WantedMend, atMs: number): Promise<void>
  /** Undoes the mend made at a moment. */
  undo(market: SavedMarket, atMs: number): Promise<void>
}

expose({ inspect, prices, mend, undo } satisfies MendApi)

let kept: { key: string; candles: Promise<Candles> } | undefined

async function inspect(market: SavedMarket): Promise<Inspection> {
  const candles = await candlesOf(market)
  const mends = mendsThatHold(candles, market.mends)
  const found = candleDefects(candles, {
    closedByMs: fetchedByMs(market),
    filledMs: new Set(timesOf(mends, "filled-flat")),
  })
  const leftAt = new Set(
    mends.flatMap(({ left, timesMs }) => (left ? Array.from(timesMs, (time) => `${left} ${time}`) : [])),
  )
  const isLeft = ({ kind, fromMs }: CandleDefect) => leftAt.has(`${kind} ${fromMs}`)
  return { defects: found.filter((defect) => !isLeft(defect)), left: found.filter(isLeft), mends }
}

async function prices(market: SavedMarket): Promise<ChartColumns> {
  const none = new Float64Array()
  return chartColumns({
    candles: await candlesOf(market),
    equity: { openTimeMs: none, equity: none },
    holding: none,
    cash: 0,
  })
}

async function mend({ id }: SavedMarket, { how, defects }: WantedMend, atMs: number): Promise<void> {
  await mendCandles(id, (candles, market) => {
    const mended = mendWays[how](candles, defects, atMs)
    return { candles: mended.candles, mends: [...market.mends, ...(mended.mend ? [mended.mend] : [])] }
  })
}

const mendWays: Record<
  WantedMend["how"],
  (candles: Candles, defects: CandleDefect[], atMs: number) => { candles: Candles; mend?: CandleMend }
> = {
  "fill-flat": fillFlat,
  "cut-wicks": (candles, defects, atMs) =>
    cutWicks(
      candles,
      defects.map(({ fromMs }) => fromMs),
      atMs,
    ),
  "drop-last": (candles, _, atMs) => dropLast(candles, atMs),
  leave: (candles, defects, atMs) => ({ candles, mend: leaveDefects(defects, atMs) }),
}

async function undo({ id }: SavedMarket, atMs: number): Promise<void> {
  await mendCandles(id, (candles, market) => {
    const undone = market.mends.filter((each) => each.atMs === atMs)
    return { candles: undone.reduce(undoMend, candles), mends: market.mends.filter((each) => each.atMs !== atMs) }
  })
}

// The last market stays in memory: its strip, its chart and the check after each mend follow one another.
function candlesOf(market: SavedMarket): Promise<Candles> {
  const key = `${market.id} ${market.hash}`
  if (kept?.key !== key) kept = { key, candles: loadCandles(market) }
  return kept.candles
}

/** When candles had to be closed to be final; made-up ones always are. */
function fetchedByMs({ origin, importedAtMs, fetched }: SavedMarket): number {
  return origin === "synthetic" ? Infinity : Math.max(importedAtMs, ...fetched.map(({ toMs }) => toMs))
}

function timesOf(mends: CandleMend[], kind: CandleMend["kind"]): number[] {
  return mends.flatMap((each) => (each.kind === kind ? [...each.timesMs] : []))
}
