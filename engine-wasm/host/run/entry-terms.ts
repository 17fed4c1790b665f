import { BookField } from "../../assembly/account/record.ts"
import { chosenParams, resolvedStrategy, type ResolvedStrategy } from "../strategy/document/strategy-document-params.ts"
import type { RunPlan } from "./engine/engine-run.ts"

/** A level that an entry will have: at a price, or so far from the price it is filled at. */
export type EntryLevel = { price: number } | { distance: number } | { percent: number }

/** The stop and the targets an entry was ordered with; `stop` is null without one. */
export type EntryTerms = { stop: EntryLevel | null; targets: EntryLevel[] }

/** In the order of `StopKind` (assembly/account/setting.ts). */
const stopKinds = ["none", "percent", "distance", "price"] as const

/** The terms of the entry that waits; undefined where none does, or a level is known only once it is filled. */
export function waitingTerms({ strategy, params }: RunPlan, value: (field: number) => number): EntryTerms | undefined {
  const kind = stopKinds[value(BookField.waitingStopKind)]
  const chosen = chosenParams(strategy, params)
  if (kind === undefined || !chosen.ok) return undefined
  const { protect } = resolvedStrategy(strategy, chosen.values)
  const stop = kind === "none" ? null : stopLevel(kind, value(BookField.waitingStop), protect)
  const targets = Array.from({ length: value(BookField.waitingTargetCount) }, (_, n) =>
    targetLevel(value(BookField.waitingTargets + n), protect.takeProfit[n]),
  )
  const known = targets.filter((level) => level !== undefined)
  return stop === undefined || known.length < targets.length ? undefined : { stop, targets: known }
}

type Protect = ResolvedStrategy["protect"]

function stopLevel(
  kind: "percent" | "distance" | "price",
  input: number,
  { stopLoss }: Protect,
): EntryLevel | undefined {
  if (kind === "percent") return stopLoss.kind === "percent" ? { percent: stopLoss.percent } : undefined
  if (Number.isNaN(input)) return undefined
  return kind === "price" ? { price: input } : { distance: input }
}

function targetLevel(price: number, written: Protect["takeProfit"][number] | undefined): EntryLevel | undefined {
  if (!Number.isNaN(price)) return { price }
  return written && "percent" in written ? { percent: written.percent } : undefined
}
