import fc from "fast-check"
import { candlesFromColumns, columnsBy } from "../host/candles/candles.ts"
import type { MarketCandles } from "../host/run/engine/engine-session.ts"
import { timeframesMs, type Timeframe } from "../host/candles/timeframe.ts"

/** A market as shrinkable numbers: each candle is one integer that encodes its moves, 0 for a flat candle. */
export type MarketPlan = {
  market: string
  timeframe: Timeframe
  startMs: number
  /** How far its candles open after the grid of their timeframe; 0 by default. */
  offGridMs?: number
  /** Quote currency per tick, and the first open in ticks. */
  tick: number
  startTicks: number
  /** Every move is multiplied by this many ticks. */
  spreadTicks: number
  candles: number[]
  /** Percent paid on every n-th candle as a funding rate; 0: no funding column. */
  fundingPercent: number
}

const openGaps = [0, 0, 0, 0, 0, 0, 0, 1, -1, 2, -2, 0, 0, 0, 9, -9]
const bodies = [0, 1, -1, 2, -2, 3, -3, 1, -1, 4, -4, 5, -5, 0, 12, -12]
const wicks = [0, 0, 1, 2, 0, 4, 1, 12]
const steps = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 5, 40]
const MOVES = openGaps.length * bodies.length * wicks.length * wicks.length * steps.length

export function marketPlan(market: string, timeframe: Timeframe, longest: number): fc.Arbitrary<MarketPlan> {
  return fc.record({
    market: fc.constant(market),
    timeframe: fc.constant(timeframe),
    startMs: fc.nat(40).map((late) => Date.UTC(2024, 0, 1, 20) + late * 30 * 60_000),
    tick: fc.constantFrom(1, 0.5, 0.01),
    startTicks: fc.constantFrom(200, 500, 2000),
    spreadTicks: fc.constantFrom(1, 2, 5),
    candles: fc.array(fc.nat(MOVES - 1), { minLength: 2, maxLength: longest, size: "max" }),
    fundingPercent: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 0.05, -0.05, 4, -4),
  })
}

/** The same candle directly followed by the next one. */
export function withoutHole(code: number): number {
  return code % (MOVES / steps.length)
}

/** The plan's candles, through the only gate. */
export function marketOf(plan: MarketPlan): MarketCandles {
  const columns = columnsBy(() => new Float64Array(plan.candles.length))
  const timeframeMs = timeframesMs[plan.timeframe]
  let timeMs = Math.floor(plan.startMs / timeframeMs) * timeframeMs + (plan.offGridMs ?? 0)
  let close = plan.startTicks
  plan.candles.forEach((code, i) => {
    const move = movesOf(code)
    const open = Math.max(1, close + move.gap * plan.spreadTicks)
    close = Math.max(1, open + move.body * plan.spreadTicks)
    columns.openTimeMs[i] = timeMs
    columns.open[i] = priceAt(plan, open)
    columns.high[i] = priceAt(plan, Math.max(open, close) + move.up * plan.spreadTicks)
    columns.low[i] = priceAt(plan, Math.max(1, Math.min(open, close) - move.down * plan.spreadTicks))
    columns.close[i] = priceAt(plan, close)
    columns.volume[i] = 1
    timeMs += move.step * timeframeMs
  })
  const extra: Record<string, Float64Array> = plan.fundingPercent
    ? { funding: columns.volume.map((_, i) => (i % 3 === 0 ? plan.fundingPercent / 100 : 0)) }
    : {}
  const gate = candlesFromColumns({ ...columns, extra }, { timeframe: plan.timeframe })
  if (!gate.ok) throw new Error(gate.because)
  return { market: plan.market, candles: gate.candles }
}

function movesOf(code: number) {
  let rest = code
  const take = (table: number[]): number => {
    const value = table[rest % table.length]
    rest = Math.floor(rest / table.length)
    return value
  }
  return { body: take(bodies), up: take(wicks), down: take(wicks), gap: take(openGaps), step: take(steps) }
}

/** The decimal number nearest to this many ticks, as in a candle file. */
function priceAt({ tick }: MarketPlan, ticks: number): number {
  return Number((ticks * tick).toFixed(2))
}
