import { CombinationField } from "../../../assembly/sweep/sweep-word.ts"
import type { AccountSettings } from "../backtest-request.ts"
import type { Answers } from "../../strategy/compile/compile-program.ts"
import { finishedProgram } from "../../strategy/compile/compile-program.ts"
import { encodeProgram } from "../engine/encode-program.ts"
import { encodeMarketSettings } from "../engine/encode-settings.ts"
import type { EngineSession } from "../engine/engine-session.ts"
import { bytesOf, put, view } from "../engine/engine.ts"
import type { Program } from "../../strategy/compile/program.ts"
import type { ResolvedStrategy } from "../../strategy/document/strategy-document-params.ts"
import type { StrategyDocument } from "../../strategy/document/strategy-document.ts"
import { encodeConditions } from "./encode-conditions.ts"
import { SweepParts } from "./sweep-parts.ts"
import type { SweptTime } from "./sweep-row.ts"
import type { SweepDraft, SweptRules } from "./sweep-draft.ts"
import { DAY_MS, timeframesMs } from "../../candles/timeframe.ts"

/** Blocks of 1,024 candles between two checks of progress and cancel. */
const SLICE_BLOCKS = 16

/** Combinations that run over the candles together. */
export type SweepBatch = { swept: SweepDraft; combinations: SweptCombination[] }
export type SweptCombination = { at: number; resolved: ResolvedStrategy; rules: SweptRules }
export type SweepPlan = { strategy: StrategyDocument; account: AccountSettings; fromMs?: number }

/** What a batch came to: rows of CombinationField in the engine's memory, until it is used again. */
export type SweptTotals = { totals: Float64Array; time: SweptTime }

/** Reads the candles once for the whole batch; each `next` returns how many base candles are done. */
export function* batchSteps(
  session: EngineSession,
  plan: SweepPlan,
  batch: SweepBatch,
): Generator<number, SweptTotals> {
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
  instance.finishSweep()
  const samples = instance.sweptSamples()
  const days = (instance.sweptToMs() + timeframesMs[plan.strategy.timeframe] - instance.sweptFromMs()) / DAY_MS
  const totals = view(instance, rows, batch.combinations.length * CombinationField.length)
  return { totals, time: { cash: plan.account.cash, samples, days } }
}

/**
 * Lays out program, conditions and combinations after the session's candles; returns the address of the combinations'
 * rows.
 */
function layOut(session: EngineSession, plan: SweepPlan, { swept, combinations }: SweepBatch): number {
  const { instance, mark } = session
  const [market] = session.markets
  const { account, strategy } = plan
  const { program, registerOf } = columnsProgram(swept)
  const parts = new SweepParts(plan, { program, registerOf, extras: market.extras })
  const encoded = encodeConditions(
    swept.conditions,
    combinations.map(({ rules, resolved }) => ({ signals: rules.signals, places: parts.placesOf(rules, resolved) })),
    registerOf,
  )
  const rules = Float64Array.from(
    encodeMarketSettings(account, market.candles, market.extras, timeframesMs[strategy.timeframe]),
  )
  instance.release(mark)
  const settings = put(instance, parts.settings)
  instance.begin(1, settings, put(instance, bytesOf(rules)))
  instance.setMarket(
    0,
    put(instance, encodeProgram(program, market.extras)),
    market.columns,
    market.candles.openTimeMs.length,
    market.candles.timeframeMs,
  )
  instance.start()
  return instance.startSweep(
    put(instance, bytesOf(encoded.conditions)),
    encoded.shared,
    encoded.places,
    encoded.carries,
    put(instance, bytesOf(encoded.coarse.words)),
    encoded.coarse.count,
    put(instance, bytesOf(encoded.combinations)),
    combinations.length,
    settings,
    put(instance, parts.programs),
    parts.latches,
  )
}

/** The program that computes what the conditions compare and the prices are, and the new place of each register of the draft. */
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
  const places = new Int32Array(draft.registers.length)
  named.forEach(({ register }, n) => (places[register] = program.named[n].register))
  return { program, registerOf: (register) => places[register] }
}
