import type { IdeaDraft } from "../idea-draft.ts"
import type { Chunk } from "../reading/chunk.ts"
import type { Sentence } from "../reading/sentence.ts"
import { atrDistanceNear } from "./atr-distance.ts"
import { denialBefore } from "./stop-reader.ts"

const links = ["when", "after", "only", "until", "next"] as const

/** Reads a trailing stop: its distance, and the profit from which it follows. */
export function readTrailing(sentence: Sentence, draft: IdeaDraft) {
  const at = sentence.find("trailing")
  if (at < 0) return
  const word = sentence.chunks[at]
  if (denialBefore(sentence, at) >= 0) return draft.understand([word], "protect", "no trailing stop")
  const atr = atrDistanceNear(sentence, at)
  if (atr) {
    draft.notPossible.push([word, ...atr.chunks].map(({ text }) => text).join(" "))
    draft.understand([word, ...atr.chunks], "protect", "trailing stop")
  }
  const line = lineAfter(sentence, at)
  if (line >= 0) return
  draft.trailing ??= {}
  const stop = stopAfter(sentence, at)
  const place = atr ? -1 : sentence.amountOf(stop ?? at, ["percent", "plain"])
  if (stop !== undefined) sentence.chunks[stop].isUsed = true
  const own = place < 0 || isArming(sentence, place) ? -1 : place
  if (own >= 0) {
    draft.trailing.percent = Math.abs(sentence.amount(own, ["percent", "plain"])!.value)
    draft.understand(
      [word, sentence.chunks[own], ...peakAfter(sentence, own)],
      "protect",
      `trailing stop ${draft.trailing.percent} %`,
    )
  }
  const arm = armingAmount(sentence, at)
  if (arm >= 0) {
    draft.trailing.armAtPercent = Math.abs(sentence.amount(arm, ["percent"])!.value)
    draft.understand([word, sentence.chunks[arm]], "protect", `trailing stop from ${draft.trailing.armAtPercent} % on`)
  }
  if (draft.trailing.percent === undefined) lateDistance(sentence, at, draft)
  draft.understand([word], "protect", "trailing stop")
}

/** "Trail the stop": the same stop. */
function stopAfter(sentence: Sentence, at: number): number | undefined {
  for (let place = at + 1; place <= at + 3; place++) {
    if (sentence.isWord(place, "stop")) return place
    if (!sentence.isWord(place, "filler", "it")) return undefined
  }
  return undefined
}

/** "6 % behind the high": what every trailing stop follows. */
function peakAfter(sentence: Sentence, at: number): Chunk[] {
  let place = at + 1
  while (sentence.isWord(place, "filler", "of", "below", "from")) place++
  const chunk = sentence.chunks[place]
  const isPeak =
    chunk?.kind === "operand" && chunk.operands.every(({ name, hasLength }) => /^high(est)?$/.test(name) && !hasLength)
  return isPeak ? [chunk] : []
}

/** "Trail under the 20 EMA": a line to follow is an exit, not a distance. */
function lineAfter(sentence: Sentence, at: number): number {
  for (let place = at + 1; place <= at + 4; place++) {
    const chunk = sentence.chunks[place]
    if (chunk?.kind === "operand" && !chunk.isUsed) return place
    if (!sentence.isWord(place, "filler", "of", "at", "on", "below", "above", "it", "stop")) return -1
  }
  return -1
}

/** A percentage after "once", "after", "from": where it begins to follow. */
function isArming(sentence: Sentence, at: number): boolean {
  if (sentence.amount(at, ["percent"])?.sign === "+" || isArmedAfter(sentence, at)) return true
  for (let place = at - 1; place >= at - 6; place--) {
    if (sentence.isWord(place, ...links, "from")) return true
    if (sentence.isWord(place, "trailing", "stop")) return false
    if (sentence.chunks[place]?.kind === "amount") return false
  }
  return false
}

/** "盈利1%后启动": the word that leads stands behind. */
function isArmedAfter(sentence: Sentence, at: number): boolean {
  return sentence.isWord(at - 1, "win") && sentence.isWord(at + 1, "after")
}

function armingAmount(sentence: Sentence, at: number): number {
  const candidates = sentence.chunks
    .map((_, place) => place)
    .filter((place) => sentence.amount(place, ["percent"]) && isArming(sentence, place))
  return candidates.find((place) => place > at) ?? candidates[0] ?? -1
}

/** "Trailing stop once I am up 3 %, distance 2 %": the percentage that is left. */
function lateDistance(sentence: Sentence, at: number, draft: IdeaDraft) {
  const place = sentence.anyAmount(["percent"], at)
  if (place < 0 || place - at > 8) return
  if (
    sentence.chunks
      .slice(at, place)
      .some(
        (chunk) => chunk.kind === "word" && ["stop", "target", "buy", "sell", "exit", "risk"].includes(chunk.concept),
      )
  )
    return
  draft.trailing!.percent = Math.abs(sentence.amount(place, ["percent"])!.value)
  draft.understand(
    [sentence.chunks[at], sentence.chunks[place]],
    "protect",
    `trailing stop ${draft.trailing!.percent} %`,
  )
}
