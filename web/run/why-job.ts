import {
  entryCounts,
  type EntryCount,
  type Loosening,
  loosening,
  type RunPlan,
  why,
  type ReportedCondition,
  type Why,
  type WhyCondition,
  whyInWords,
} from "#engine/run"
import { chosenParams, formulaInWords, type ParamValues } from "#engine/strategy"
import { type LaidOut, layOut } from "./lay-out.ts"
import type { RunJob } from "./run-job.ts"

type Part = WhyCondition["part"]

/** The state at a candle, with the conditions in words. */
export type ReportedWhy =
  | { ok: false; because: string }
  | ({ ok: true; conditions: ReportedCondition[]; joins: Partial<Record<Part, "all" | "any">> } & Omit<
      Why,
      "conditions"
    >)

/** Why a run never trades: its conditions, the rarest first, and the change that would help. */
export type ReportedNever = {
  candleCount: number
  sides: (Omit<EntryCount, "conditions"> & { conditions: NeverCondition[] })[]
  looser?: ReportedLoosening
}

export type NeverCondition = EntryCount["conditions"][number] & { words: string }
export type ReportedLoosening =
  | (Extract<Loosening, { kind: "param" }> & { label: string })
  | (Omit<Extract<Loosening, { kind: "rule" }>, "strategy"> & {
      side: "long" | "short"
      fromWords: string
      toWords: string
    })

/** Why a job did, or did not, trade at the candle that opens at `openTimeMs`. Throws as `runJob` does. */
export async function whyOf(
  job: RunJob,
  { openTimeMs, signal }: { openTimeMs: number; signal: AbortSignal },
): Promise<ReportedWhy> {
  const laidOut = await layOut(job)
  if (!laidOut.ok) return { ok: false, because: laidOut.problems[0].because }
  const { markets, plan } = laidOut
  const answer = await why(markets.session, plan, { market: job.shown, openTimeMs, signal })
  if (!answer.ok) return { ok: false, because: answer.problems[0].because }
  return { ok: true, ...answer.why, ...whyInWords(plan, answer.why) }
}

/** Why a job never trades, and what would change that. Undefined for code. Throws as `runJob` does. */
export async function neverOf(job: RunJob, signal: AbortSignal): Promise<ReportedNever | undefined> {
  const laidOut = await layOut(job)
  const counts = laidOut.ok ? entryCounts(laidOut.markets.session, laidOut.plan, job.shown) : undefined
  if (!laidOut.ok || !counts) return undefined
  const params = paramsOf(laidOut.plan)
  const sides = counts.sides.map((side) => ({
    ...side,
    conditions: side.conditions
      .map((condition) => ({ ...condition, words: formulaInWords(condition.formula, params) }))
      .toSorted((one, other) => one.metCount - other.metCount),
  }))
  return { candleCount: counts.candleCount, sides, looser: await looserOf(laidOut, sides, signal) }
}

/** What to loosen first: the condition that is missing where all others are met, or the rarest one. */
async function looserOf(
  { markets, plan }: LaidOut,
  sides: ReportedNever["sides"],
  signal: AbortSignal,
): Promise<ReportedLoosening | undefined> {
  const params = paramsOf(plan)
  for (const { side, askedCount, conditions } of sides) {
    if (askedCount > 0) continue
    for (const { formula } of conditions.toSorted((one, other) => other.aloneMissingCount - one.aloneMissingCount)) {
      const looser = await loosening(markets.session, plan, { side, formula, signal })
      if (looser?.kind === "param") return { ...looser, label: plan.strategy.params[looser.name].label ?? looser.name }
      if (looser) {
        const { strategy: _, ...change } = looser
        const [fromWords, toWords] = [looser.from, looser.to].map((text) => formulaInWords(text, params))
        return { ...change, side, fromWords, toWords }
      }
    }
  }
  return undefined
}

function paramsOf({ strategy, params }: RunPlan): ParamValues {
  const chosen = chosenParams(strategy, params)
  return chosen.ok ? chosen.values : {}
}
