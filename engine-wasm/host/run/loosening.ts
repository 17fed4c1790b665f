import { Breath } from "./breath.ts"
import { entryCounts } from "./entry-counts.ts"
import type { RunPlan } from "./engine/engine-run.ts"
import type { EngineSession } from "./engine/engine-session.ts"
import { looserNumbers, looserParams, paramsOfCondition } from "./looser-values.ts"
import type { StrategyDocument } from "../strategy/document/strategy-document.ts"

/** A change that lets a strategy enter more often: a param moved, or a number in one of its conditions. */
export type Loosening = { askedBefore: number; askedAfter: number } & (
  | { kind: "param"; name: string; from: number | boolean; to: number | boolean }
  | { kind: "rule"; from: string; to: string; strategy: StrategyDocument }
)

/** A candidate. `nearer`: those between it and the present value, the smallest change first. */
export type LooserValue = { nearer: () => LooserValue[] } & (
  | { kind: "param"; name: string; from: number | boolean; to: number | boolean }
  | { kind: "rule"; from: string; to: string; strategy: StrategyDocument }
)

type Tight = { side: "long" | "short"; formula: string; market?: number; signal?: AbortSignal }

/** This many candles that ask for an entry are enough to see what a strategy does. */
const WANTED_ENTRIES = 10

/**
 * The smallest change to what a condition depends on after which its rule asks for an entry at `WANTED_ENTRIES`
 * candles; where none reaches that, the one that comes closest. It tries each on the candles themselves. Undefined
 * where nothing helps. Cancelling rejects with the signal's reason.
 */
export async function loosening(
  session: EngineSession,
  plan: RunPlan,
  { side, formula, market = 0, signal }: Tight,
): Promise<Loosening | undefined> {
  const asked = (changed: RunPlan) =>
    entryCounts(session, changed, market)?.sides.find((each) => each.side === side)?.askedCount ?? 0
  const askedBefore = asked(plan)
  const breath = new Breath()
  let best: Loosening | undefined
  const { compared, behind } = paramsOfCondition(plan.strategy, formula)
  const ways = [
    () => looserParams(plan, compared),
    () => looserNumbers(session, plan, { side, formula, market }),
    () => looserParams(plan, behind),
  ]
  for (const values of ways)
    for (const value of values()) {
      if (breath.isDue) await breath.take()
      signal?.throwIfAborted()
      const askedAfter = asked(withValue(plan, value))
      if (askedAfter > Math.max(askedBefore, best?.askedAfter ?? 0))
        best = { ...changeOf(value), askedBefore, askedAfter }
      if (askedAfter >= WANTED_ENTRIES && askedAfter > askedBefore) {
        const smallest = smallestEnough(value, (nearer) => asked(withValue(plan, nearer)))
        return { ...changeOf(smallest), askedBefore, askedAfter: asked(withValue(plan, smallest)) }
      }
    }
  return best
}

/** The smallest change that is enough, by halving what lies between a change that is enough and none. */
function smallestEnough(enough: LooserValue, asked: (value: LooserValue) => number): LooserValue {
  const nearer = [...enough.nearer(), enough]
  let [low, high] = [0, nearer.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (asked(nearer[middle]) >= WANTED_ENTRIES) high = middle
    else low = middle + 1
  }
  return nearer[high]
}

function changeOf(value: LooserValue) {
  return value.kind === "param"
    ? { kind: value.kind, name: value.name, from: value.from, to: value.to }
    : { kind: value.kind, from: value.from, to: value.to, strategy: value.strategy }
}

function withValue(plan: RunPlan, value: LooserValue): RunPlan {
  return value.kind === "param"
    ? { ...plan, params: { ...plan.params, [value.name]: value.to } }
    : { ...plan, strategy: value.strategy }
}
