import { MarketSetting } from "../../../assembly/account/setting.ts"
import { CombinationField } from "../../../assembly/sweep/sweep-word.ts"
import type { AccountSettings } from "../backtest-request.ts"
import type { Answers } from "../../strategy/compile/compile-program.ts"
import { finishedProgram } from "../../strategy/compile/compile-program.ts"
import { encodeProgram } from "../engine/encode-program.ts"
import { encodeMarketSettings, encodeSettings } from "../engine/encode-settings.ts"
import type { EngineSession } from "../engine/engine-session.ts"
import { put, view } from "../engine/engine.ts"
import type { Program } from "../../strategy/compile/program.ts"
import { resolvedStrategy, type ParamValues } from "../../strategy/document/strategy-document-params.ts"
import type { StrategyDocument } from "../../strategy/document/strategy-document.ts"
import { encodeConditions, type SweepSignals } from "./sweep-conditions.ts"
import { rowOfCombination, type SweepRow } from "./sweep-row.ts"
import type { SweepDraft } from "./sweep-signals.ts"
import { DAY_MS, timeframesMs } from "../../candles/timeframe.ts"

/** Blocks of 1,024 candles between two checks of progress and cancel. */
const SLICE_BLOCKS = 16

/** Combinations that run over the candles together. */
export type SweepBatch = { swept: SweepDraft; combinations: { params: ParamValues; signals: SweepSignals }[] }
export type SweepPlan = { strategy: StrategyDocument; params: ParamValues; account: AccountSettings; fromMs?: number }

/**
 * Reads the candles once for the whole batch; each `next` returns how many base candles are done. A row is undefined
 * where only the whole broker can compute it.
 */
export function* batchSteps(
  session: EngineSession,
  plan: SweepPlan,
  batch: SweepBatch,
): Generator<number, (SweepRow | undefined)[]> {
  const rows = layOut(session, plan, batch)
  const {
    instance,
    markets: [{ candles }],
  } = session
  const endMs = (candles.openTimeMs.at(-1) ?? -Infinity) + candles.timeframeMs
  for (let done = 0; ;) {
    const more = instance.advanceSweep(SLICE_BLOCKS, endMs)
    if (more === 0) break
    done += more
    yield done
  }
  const samples = instance.sweptSamples()
  if (samples === 0) return batch.combinations.map(() => undefined)
  const { open, high, close } = tailOf(session, plan)
  instance.finishSweep(open, high, close)
  const days = (instance.sweptToMs() + timeframesMs[plan.strategy.timeframe] - instance.sweptFromMs()) / DAY_MS
  return batch.combinations.map(({ params }, n) => {
    const figures = view(instance, rows + n * CombinationField.length * 8, CombinationField.length)
    return figures[CombinationField.gaveUp] === 0
      ? rowOfCombination(params, figures, { cash: plan.account.cash, samples, days })
      : undefined
  })
}

/**
 * Lays out program, conditions and combinations after the session's candles; returns the address of the combinations'
 * rows.
 */
function layOut(
  session: EngineSession,
  { strategy, params, account, fromMs = -Infinity }: SweepPlan,
  { swept, combinations }: SweepBatch,
): number {
  const {
    instance,
    markets: [market],
    mark,
  } = session
  const { program, registerOf } = columnsProgram(swept)
  const encoded = encodeConditions(
    swept.conditions,
    combinations.map(({ signals }) => signals),
    registerOf,
  )
  const settings = encodeSettings(resolvedStrategy(strategy, params), account, fromMs)
  const rules = Float64Array.from(
    encodeMarketSettings(account, market.candles, market.extras, timeframesMs[strategy.timeframe]),
  )
  instance.release(mark)
  instance.begin(1, put(instance, bytesOf(settings)), put(instance, bytesOf(rules)))
  instance.setMarket(
    0,
    put(instance, encodeProgram(program, market.extras)),
    market.columns,
    market.candles.openTimeMs.length,
    market.candles.timeframeMs,
  )
  instance.start()
  const conditions = put(instance, bytesOf(encoded.conditions))
  return instance.startSweep(
    conditions,
    encoded.shared,
    encoded.places,
    encoded.carries,
    put(instance, bytesOf(encoded.combinations)),
    combinations.length,
    strategy.short !== null,
  )
}

/** The program that computes what the conditions compare, and the new place of each register of the draft. */
function columnsProgram({ draft, conditions }: SweepDraft): {
  program: Program
  registerOf: (register: number) => number
} {
  const named = [...conditions.columns].map((register) => ({ name: String(register), register }))
  const answers: Answers = {
    signals: {},
    prices: { targets: [] },
    positionPrograms: { targets: [] },
    named,
    conditions: [],
  }
  const program = finishedProgram(draft, answers)
  const places = new Map(program.named.map(({ name, register }) => [Number(name), register]))
  return { program, registerOf: (register) => places.get(register)! }
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array | Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/**
 * First open and highest high of the base candles after the last strategy candle that closed (NaN: there are none),
 * and the last close of all.
 */
function tailOf(
  { markets: [{ candles, extras }] }: EngineSession,
  { strategy, account }: SweepPlan,
): { open: number; high: number; close: number } {
  const timeframeMs = timeframesMs[strategy.timeframe]
  const lastCandleMs = encodeMarketSettings(account, candles, extras, timeframeMs)[MarketSetting.lastCandleMs]
  const { openTimeMs } = candles
  const tail = { open: Number.NaN, high: Number.NaN, close: candles.close.at(-1) ?? Number.NaN }
  for (let i = openTimeMs.length - 1; i >= 0 && openTimeMs[i] >= lastCandleMs + timeframeMs; i--) {
    tail.open = candles.open[i]
    tail.high = Number.isNaN(tail.high) ? candles.high[i] : Math.max(tail.high, candles.high[i])
  }
  return tail
}
