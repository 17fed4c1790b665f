import type { Reply } from "#engine/idea"
import { scriptLanguage, strategyFromJson, type StrategyDocument } from "#engine/strategy"

type Guarded = { document: StrategyDocument; assumptions: readonly string[] }

const USUAL_STOP = { kind: "percent", percent: 2 } as const

type Beside = { say: string; reading: Reply; given?: StrategyDocument }

/** A strategy without a stop only where the person wants none: said outright, or so already in what is changed. */
export function guardedStop({ document, assumptions }: Guarded, { say, reading, given }: Beside): Guarded {
  const isWanted = saysNoStop(say) || [readDocument(reading), given].some(hasNoStop)
  if (document.protect.stopLoss.kind !== "none" || isWanted) return { document, assumptions }
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

/** "No stop at all", in the languages of the interpreter. */
const noStop =
  /(?<!\p{L})(?:no|without(?: a| any)?|ohne(?: einen)?|kein(?:en)?|sin|sans|sem|bez|без|tanpa)\s+(?:stop|стоп)|(?:无|不设|不要|没有)止损/iu

/** Words in pasted code and its comments are not the person's. */
function saysNoStop(say: string): boolean {
  return scriptLanguage(say) === undefined && noStop.test(say.replace(/(?:\/\/|#).*$/gm, ""))
}
