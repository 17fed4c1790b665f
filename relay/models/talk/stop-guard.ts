import type { Reply } from "#engine/idea"
import { strategyFromJson, type StrategyDocument } from "#engine/strategy"

type Guarded = { document: StrategyDocument; assumptions: readonly string[] }

const USUAL_STOP = { kind: "percent", percent: 2 } as const

/** A strategy without a stop only where the person wants none: said outright, or so already in what is changed. */
export function guardedStop(
  { document, assumptions }: Guarded,
  { reading, given }: { reading: Reply; given?: StrategyDocument },
): Guarded {
  if (document.protect.stopLoss.kind !== "none" || [readDocument(reading), given].some(hasNoStop))
    return { document, assumptions }
  const stopped = strategyFromJson({ ...document, protect: { ...document.protect, stopLoss: USUAL_STOP } })
  // A stop of 2 % fits any strategy; if one day it does not, the flag still says so.
  if (!stopped.ok) return { document, assumptions }
  return {
    document: stopped.strategy,
    assumptions: [...assumptions, "The model left the stop out, which you did not ask for: a stop of 2 % stands."],
  }
}

function readDocument(reading: Reply): StrategyDocument | undefined {
  if (reading.kind === "strategy") return reading.document
  return reading.kind === "question" ? reading.draft : undefined
}

function hasNoStop(document: StrategyDocument | undefined): boolean {
  return document?.protect.stopLoss.kind === "none"
}
