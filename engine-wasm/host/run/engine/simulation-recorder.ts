import { AccountField, RejectedField, TradeField } from "../../../assembly/account/record.ts"
import { rejectedReasons, type EquityCurve, type Rejected, type TradeColumns } from "../../result/backtest-result.ts"
import type { LoadedMarket } from "./engine-session.ts"
import { view, type EngineExports } from "./engine.ts"
import { GrowingColumn } from "../../candles/file/growing-column.ts"

const RECORD = { equityTimes: 0, equity: 1, trades: 2, rejections: 3 } as const

/** The engine's output of a run, in columns. */
export type Simulation = {
  trades: TradeColumns
  equity: EquityCurve
  rejected: Rejected[]
  ambiguousCandles: number
  exposedSamples: number
  /** Entry tags by number, as in `trades.entryTag`. */
  tags: string[]
}

/** Room for the rows of some thousand trades: memory that nobody touches costs nothing. */
const ROOM = 65_536

/** Collects the engine's buffers, slice by slice. */
export class SimulationRecorder {
  readonly #times: SampleTimes
  readonly #equity: GrowingColumn
  readonly #trades = new GrowingColumn(ROOM)
  readonly rejected: Rejected[] = []

  /**
   * Pass `candleTimesMs` where every candle is a strategy candle: the samples' times are then theirs, and need no
   * copy.
   */
  constructor({ samples, candleTimesMs }: { samples: number; candleTimesMs?: Float64Array }) {
    this.#times = candleTimesMs ? new CandleTimes(candleTimesMs) : new RecordedTimes(samples)
    this.#equity = new GrowingColumn(samples)
  }

  take(instance: EngineExports, markets: readonly LoadedMarket[]): void {
    this.#times.take(rows(instance, RECORD.equityTimes, 1))
    this.#equity.append(rows(instance, RECORD.equity, 1))
    this.#trades.append(rows(instance, RECORD.trades, TradeField.length))
    const rejections = rows(instance, RECORD.rejections, RejectedField.length)
    for (let at = 0; at < rejections.length; at += RejectedField.length)
      this.rejected.push(rejectedOf(rejections.subarray(at), markets))
    instance.emptyRecords()
  }

  /** Everything taken. A run that goes on keeps its last sample as it was. */
  simulation(instance: EngineExports, tags: string[], isOver = true): Simulation {
    const account = view(instance, instance.stateAddress(), AccountField.length)
    const equity = this.#equity.taken()
    // The last sample comes after the open positions are closed, so that profits and equity agree to the end.
    if (isOver && equity.length > 0) equity[equity.length - 1] = instance.equity()
    return {
      trades: tradeColumns(this.#trades.taken()),
      equity: { openTimeMs: this.#times.taken(), equity },
      rejected: this.rejected,
      ambiguousCandles: account[AccountField.ambiguousCandles],
      exposedSamples: account[AccountField.exposedSamples],
      tags,
    }
  }
}

type SampleTimes = { take(times: Float64Array): void; taken(): Float64Array }

/** Times from the engine. */
class RecordedTimes implements SampleTimes {
  readonly #column: GrowingColumn

  constructor(samples: number) {
    this.#column = new GrowingColumn(samples)
  }

  take(times: Float64Array): void {
    this.#column.append(times)
  }

  taken(): Float64Array {
    return this.#column.taken()
  }
}

/** Times that are a stretch of the candles' own. */
class CandleTimes implements SampleTimes {
  readonly #candleTimesMs: Float64Array
  #first = -1
  #count = 0

  constructor(candleTimesMs: Float64Array) {
    this.#candleTimesMs = candleTimesMs
  }

  take(times: Float64Array): void {
    if (this.#first < 0 && times.length > 0) this.#first = this.#candleTimesMs.indexOf(times[0])
    this.#count += times.length
  }

  taken(): Float64Array {
    return this.#candleTimesMs.subarray(Math.max(this.#first, 0), Math.max(this.#first, 0) + this.#count)
  }
}

function rows(instance: EngineExports, kind: number, fields: number): Float64Array {
  return view(instance, instance.records(kind), instance.recordCount(kind) * fields)
}

function rejectedOf(row: Float64Array, markets: readonly LoadedMarket[]): Rejected {
  return {
    timeMs: row[RejectedField.timeMs],
    market: markets[row[RejectedField.market]].market,
    reason: rejectedReasons[row[RejectedField.reason]],
  }
}

function tradeColumns(rows: Float64Array): TradeColumns {
  const count = rows.length / TradeField.length
  const column = (field: TradeField): Float64Array => everyField(rows, field, count)
  return {
    count,
    market: column(TradeField.market),
    side: column(TradeField.side),
    quantity: column(TradeField.quantity),
    entryTimeMs: column(TradeField.entryTimeMs),
    entryPrice: column(TradeField.entryPrice),
    exitTimeMs: column(TradeField.exitTimeMs),
    exitPrice: column(TradeField.exitPrice),
    exitReason: column(TradeField.exitReason),
    profit: column(TradeField.profit),
    feesPaid: column(TradeField.feesPaid),
    slippagePaid: column(TradeField.slippagePaid),
    initialRisk: column(TradeField.initialRisk),
    entryTag: column(TradeField.entryTag),
  }
}

function everyField(rows: Float64Array, field: TradeField, count: number): Float64Array {
  const column = new Float64Array(count)
  for (let n = 0, at: number = field; n < count; n++, at += TradeField.length) column[n] = rows[at]
  return column
}
