import { AccountField, RejectedField, TradeField } from "../assembly/broker/record.ts"
import { rejectedReasons, type EquityCurve, type Rejected, type TradeColumns } from "./backtest-result.ts"
import type { LoadedMarket } from "./engine-session.ts"
import { view, type EngineExports } from "./engine.ts"
import { GrowingColumn } from "./growing-column.ts"

const RECORD = { equityTimes: 0, equity: 1, trades: 2, rejections: 3 } as const

/** What the engine told of a run, in columns. */
export type Simulation = {
  trades: TradeColumns
  equity: EquityCurve
  rejected: Rejected[]
  ambiguousCandles: number
  exposedSamples: number
  /** Entry tags by number, as in `trades.entryTag`. */
  tags: string[]
}

/** Collects what the engine's buffers say, slice by slice. */
export class Told {
  readonly #equityTimes: GrowingColumn
  readonly #equity: GrowingColumn
  readonly #trades = new GrowingColumn()
  readonly rejected: Rejected[] = []

  constructor(samples: number) {
    this.#equityTimes = new GrowingColumn(samples)
    this.#equity = new GrowingColumn(samples)
  }

  take(instance: EngineExports, markets: readonly LoadedMarket[]): void {
    this.#equityTimes.append(rows(instance, RECORD.equityTimes, 1))
    this.#equity.append(rows(instance, RECORD.equity, 1))
    this.#trades.append(rows(instance, RECORD.trades, TradeField.length))
    const rejections = rows(instance, RECORD.rejections, RejectedField.length)
    for (let at = 0; at < rejections.length; at += RejectedField.length) this.rejected.push(rejectedOf(rejections.subarray(at), markets))
    instance.emptyRecords()
  }

  simulation(instance: EngineExports, tags: string[]): Simulation {
    const account = view(instance, instance.stateAddress(), AccountField.length)
    const equity = this.#equity.taken()
    // The last sample is told after what was open has been closed, so that profits and equity agree to the end.
    if (equity.length > 0) equity[equity.length - 1] = instance.equity()
    return {
      trades: tradeColumns(this.#trades.taken()),
      equity: { openTimeMs: this.#equityTimes.taken(), equity },
      rejected: this.rejected,
      ambiguousCandles: account[AccountField.ambiguousCandles],
      exposedSamples: account[AccountField.exposedSamples],
      tags,
    }
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
