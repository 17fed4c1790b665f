import type { Reply } from "#engine/idea"
import {
  makeFixed,
  rulesProblems,
  scriptLanguage,
  strategyFromJson,
  type StrategyDocument,
  type WrittenStrategy,
} from "#engine/strategy"

type Guarded = { document: StrategyDocument; assumptions: readonly string[] }

/** A stop that fits any strategy. */
const USUAL_PERCENT = 2

type Beside = { say: string; reading: Reply; given?: StrategyDocument }

/** A strategy without a stop only where the person wants none: said outright, or so already in what is changed. */
export function guardedStop({ document, assumptions }: Guarded, { say, reading, given }: Beside): Guarded {
  const isWanted = saysNoStop(say) || [readDocument(reading), given].some(hasNoStop)
  if (document.protect.stopLoss.kind !== "none" || isWanted) return { document, assumptions }
  for (const { stopLoss, words } of stopsKnown(reading, given)) {
    const stopped = strategyFromJson({ ...document, protect: { ...document.protect, stopLoss } })
    // What the person's stop speaks of may not be in the model's rules: then the usual one stands.
    if (stopped.ok && rulesProblems(stopped.strategy).length === rulesProblems(document).length)
      return { document: stopped.strategy, assumptions: [...assumptions, `${LEFT_OUT} ${words} stands.`] }
  }
  return { document, assumptions }
}

const LEFT_OUT = "The model left the stop out, which you did not ask for:"

type KnownStop = { stopLoss: StrategyDocument["protect"]["stopLoss"]; words: string }

/** The stop that the person said, the one that the strategy had, and the usual one. */
function stopsKnown(reading: Reply, given: StrategyDocument | undefined): KnownStop[] {
  const own = [readDocument(reading), given].flatMap((document) => (document ? [inNumbers(document)] : []))
  const said = saidPercent(reading)
  return [
    ...own.map((stopLoss) => ({ stopLoss, words: stopInWords(stopLoss) })),
    ...(said === undefined ? [] : [percentStop(said)]),
    percentStop(USUAL_PERCENT),
  ]
}

function percentStop(percent: number): KnownStop {
  return { stopLoss: { kind: "percent", percent }, words: `a stop of ${percent} %` }
}

function inNumbers(document: StrategyDocument): StrategyDocument["protect"]["stopLoss"] {
  const fixed = Object.keys(document.params).reduce<WrittenStrategy>(makeFixed, document) as StrategyDocument
  return fixed.protect.stopLoss
}

function stopInWords(stopLoss: StrategyDocument["protect"]["stopLoss"]): string {
  return stopLoss.kind === "percent" ? `your stop of ${stopLoss.percent} %` : "your stop"
}

/** "Stop 3 %" of an idea whose rules are still open. */
function saidPercent({ understood }: Reply): number | undefined {
  const [said] = understood.flatMap(({ meaning }) => /^stop ([\d.]+) %$/.exec(meaning)?.[1] ?? [])
  return said === undefined ? undefined : Number(said)
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
