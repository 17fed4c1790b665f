import { exitReasons } from "../host/result/backtest-result.ts"
import { newInstance, type Engine, type EngineExports } from "../host/run/engine/engine.ts"
import { openSession, type EngineSession } from "../host/run/engine/engine-session.ts"
import { simulate } from "../host/run/engine/simulate.ts"
import type { Simulation } from "../host/run/engine/simulation-recorder.ts"
import type { ReferenceTrade, ReferenceRecord } from "./reference-book.ts"
import type { ReferenceRequest } from "./reference-broker.ts"

/** Runs requests in one instance, each released before the next, and returns their records in the reference's form. */
export function engineRunner(engine: Engine): (request: ReferenceRequest) => ReferenceRecord {
  const instance = newInstance(engine)
  return (request) => runIn(engine, instance, request)
}

/** One run in an instance, which is as before afterwards. */
export function runIn(engine: Engine, instance: EngineExports, request: ReferenceRequest): ReferenceRecord {
  const floor = instance.mark()
  try {
    return engineRun(openSession(engine, request.markets, instance), request)
  } finally {
    instance.release(floor)
  }
}

function engineRun(session: EngineSession, request: ReferenceRequest): ReferenceRecord {
  const run = simulate(session, request)
  if (!run.ok) throw new Error(JSON.stringify(run.problems))
  return recordOf(run.simulation)
}

/** The engine's columns in the reference's form. */
export function recordOf({ trades, equity, rejected, ambiguousCandles, exposedSamples }: Simulation): ReferenceRecord {
  return {
    trades: Array.from({ length: trades.count }, (_, n) => tradeAt(trades, n)),
    equity: Array.from(equity.openTimeMs, (openTimeMs, n) => ({ openTimeMs, equity: equity.equity[n] })),
    rejected,
    ambiguousCandles,
    exposedSamples,
  }
}

function tradeAt(trades: Simulation["trades"], n: number): ReferenceTrade {
  return {
    market: trades.market[n],
    side: trades.side[n],
    quantity: trades.quantity[n],
    entryTimeMs: trades.entryTimeMs[n],
    entryPrice: trades.entryPrice[n],
    exitTimeMs: trades.exitTimeMs[n],
    exitPrice: trades.exitPrice[n],
    exitReason: exitReasons[trades.exitReason[n]],
    profit: trades.profit[n],
    feesPaid: trades.feesPaid[n],
    slippagePaid: trades.slippagePaid[n],
    initialRisk: trades.initialRisk[n],
    entryTag: trades.entryTag[n],
  }
}

/** Where the engine and the reference first differ, or undefined when they agree. */
export function firstDifference(engine: unknown, reference: unknown, path = "", traded = 0): string | undefined {
  if (typeof engine === "number" && typeof reference === "number")
    return isNear(engine, reference, traded) ? undefined : `${path}: engine ${engine}, reference ${reference}`
  if (typeof engine !== "object" || typeof reference !== "object" || engine === null || reference === null) {
    return engine === reference ? undefined : `${path}: engine ${text(engine)}, reference ${text(reference)}`
  }
  const value = tradedValue(engine)
  for (const key of new Set([...Object.keys(engine), ...Object.keys(reference)])) {
    const difference = firstDifference(engine[key as never], reference[key as never], `${path}.${key}`, value)
    if (difference) return difference
  }
  return undefined
}

/** The money a trade moved; 0 for what is no trade. */
function tradedValue(one: Partial<ReferenceTrade>): number {
  return (one.quantity ?? 0) * (one.entryPrice ?? 0)
}

/**
 * Money is added up in different orders: near is within 1e-9 of the value, and a tiny residue may differ by a millionth
 * of a cent, or by a millionth of a millionth of what a trade has moved.
 */
function isNear(a: number, b: number, traded: number): boolean {
  const residue = 1e-8 + 1e-12 * Math.abs(traded)
  return Object.is(a, b) || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b)) + residue
}

function text(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value)
}
