import { countBefore } from "../candles/candles.ts"
import { conditionsOf } from "../strategy/document/strategy-document.ts"
import type { RunPlan } from "./engine/engine-run.ts"
import type { EngineSession } from "./engine/engine-session.ts"
import { strategyFormulas } from "./strategy-series.ts"

/** How often a condition of an entry was met. */
export type ConditionCount = {
  formula: string
  metCount: number
  /** Candles at which every other condition of its rule was met, and this one was not. */
  aloneMissingCount: number
}

/** How often a side's conditions to enter were met, over the strategy candles of a run. */
export type EntryCount = {
  side: "long" | "short"
  join: "all" | "any"
  /** Candles at which the rule as a whole asked for an entry. */
  askedCount: number
  conditions: ConditionCount[]
}

export type EntryCounts = { candleCount: number; sides: EntryCount[] }

/**
 * Counts over a run's candles how often each condition to enter was met: why a strategy never trades. Undefined for a
 * strategy in code, or one that cannot be computed on this market.
 */
export function entryCounts(session: EngineSession, plan: RunPlan, market = 0): EntryCounts | undefined {
  const { strategy, fromMs = -Infinity } = plan
  if (strategy.code) return undefined
  const rules = (["long", "short"] as const).flatMap((side) => {
    const enter = strategy[side]?.enter
    return enter ? [{ side, ...conditionsOf(enter) }] : []
  })
  const formulas = [...new Set(rules.flatMap((rule) => rule.formulas))]
  const computed = strategyFormulas(session, plan, { formulas, market })
  if (!computed) return undefined
  const first = countBefore(computed.openTimeMs, fromMs)
  const truths = new Map(formulas.map((formula) => [formula, truthOf(computed.series[formula], first)]))
  return {
    candleCount: computed.openTimeMs.length - first,
    sides: rules.map(({ side, join, formulas: own }) => ({
      side,
      join,
      ...counted(
        own.map((formula) => ({ formula, met: truths.get(formula)! })),
        join,
      ),
    })),
  }
}

type Condition = { formula: string; met: Uint8Array }

/** As the broker reads a condition: met where its value is neither 0 nor unknown. */
function truthOf(values: Float64Array, first: number): Uint8Array {
  return Uint8Array.from(values.subarray(first), (value) => Number(value !== 0 && !Number.isNaN(value)))
}

function counted(conditions: Condition[], join: EntryCount["join"]): Pick<EntryCount, "askedCount" | "conditions"> {
  const enough = join === "all" ? conditions.length : 1
  const missing = new Uint32Array(conditions.length)
  let askedCount = 0
  const count = conditions[0]?.met.length ?? 0
  for (let candle = 0; candle < count; candle++) {
    const met = conditions.reduce((sum, condition) => sum + condition.met[candle], 0)
    if (met >= enough) askedCount++
    else if (met === enough - 1)
      conditions.forEach((condition, n) => (missing[n] += Number(condition.met[candle] === 0)))
  }
  return {
    askedCount,
    conditions: conditions.map(({ formula, met }, n) => ({
      formula,
      metCount: met.reduce((sum, one) => sum + one, 0),
      aloneMissingCount: missing[n],
    })),
  }
}
