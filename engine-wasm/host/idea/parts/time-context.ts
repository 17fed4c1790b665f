import type { Chunk } from "../reading/chunk.ts"
import type { Sentence } from "../reading/sentence.ts"
import type { TradingTime } from "./trading-times.ts"

/** What stands around times that belong together: whether they are refused, what is done then, and the words that say so. */
export type TimeContext = {
  isDenied: boolean
  deed: "enter" | "exit" | undefined
  /** Whether nothing is to be open then: "close before …", "don't hold over …". */
  isFlat: boolean
  /** Whether it may be traded then as well: "trade weekends too". */
  isOpen: boolean
  words: Chunk[]
}

const MOST_AROUND = 7
const freeing = /^(fine|ok|okay|allowed|included|erlaubt|permitido|permis|可以)$/

/** Reads the words before and after times: "no trades on …", "… don't trade", "only … ", "close before …". */
export function contextOf(sentence: Sentence, run: readonly TradingTime[], all: readonly TradingTime[]): TimeContext {
  const before = placesBefore(sentence, run[0].from, all)
  const after = placesAfter(sentence, run.at(-1)!.end)
  const says = (places: readonly number[], ...names: Parameters<Sentence["isWord"]>[1][]) =>
    places.some((place) => sentence.isWord(place, ...(names as [Parameters<Sentence["isWord"]>[1]])))
  const isLed = says(before, "unless", "not", "pause", "cooldown")
  const isHeld = says(before, "hold") && isLed
  const isDenied = !isHeld && (isLed || says(after, "unless", "not", "away"))
  const around = [...before, ...after]
  const isOnly = says(around, "only")
  const isFree = says(around, "also") || around.some((place) => freeing.test(sentence.chunks[place].text))
  const deed = isHeld ? "exit" : deedBefore(sentence, run[0].from)
  const isOpen =
    (isFree && !isDenied && !isOnly && deed !== "exit") || (isLed && says(before, "only") && !says(before, "unless"))
  const isKept = isLed && !says(before, "only") && leadsOn(sentence, run.at(-1)!.end)
  const words = isKept ? [] : around.filter((place) => isTaken(sentence, place, isLed || isDenied))
  return {
    isDenied,
    deed,
    isOpen,
    isFlat: isHeld || says(before, "before"),
    words: words.map((place) => sentence.chunks[place]),
  }
}

function isTaken(sentence: Sentence, place: number, isLed: boolean): boolean {
  if (sentence.chunks[place].isUsed) return false
  if (sentence.isWord(place, "not", "unless", "only", "trade", "away", "session", "before", "hold")) return true
  if (sentence.isWord(place, "pause", "cooldown", "also")) return true
  if (isClosing(sentence, place) || /^(over|through|across|uber|sobre)$/.test(sentence.chunks[place].text)) return true
  // "Don't buy on Mondays", "周末不买": no purchase, and no sign of one.
  return isLed && sentence.isWord(place, "buy") && sentence.isWord(place - 1, "not", "filler")
}

/** Places of the words before, the nearest first. */
function placesBefore(sentence: Sentence, at: number, all: readonly TradingTime[]): number[] {
  const places: number[] = []
  for (let place = at - 1; place >= at - MOST_AROUND; place--) {
    const time = all.find(({ from, end }) => from <= place && place < end)
    if (time) {
      place = time.from
      continue
    }
    const isBuy = sentence.isWord(place, "buy") && isRefused(sentence, place)
    const isSmall =
      sentence.chunks[place]?.kind === "market" ||
      sentence.isWord(place, "filler", "on", "of", "at", "every", "position", "trade", "only", "session", "hour") ||
      sentence.isWord(place, "not", "unless", "hold", "before", "pause", "cooldown", "also", "it", "from") ||
      /^(over|through|across|uber|sobre)$/.test(sentence.chunks[place]?.text ?? "") ||
      (sentence.isWord(place, "and", "or") && all.some(({ end }) => end === place))
    if (!isSmall && !isBuy && !isVerbOfRefusal(sentence, place)) break
    places.push(place)
  }
  return isClosing(sentence, (places.at(-1) ?? at) - 1) ? [...places, places.at(-1)! - 1] : places
}

/** "Handle nicht …": the verb is an unknown word before its "not". */
function isVerbOfRefusal(sentence: Sentence, place: number): boolean {
  return sentence.chunks[place]?.kind === "unknown" && sentence.isWord(place + 1, "not")
}

function isRefused(sentence: Sentence, at: number): boolean {
  return sentence.isWord(at - 1, "not") || (sentence.isWord(at - 1, "filler") && sentence.isWord(at - 2, "not"))
}

/** Places of the words after that are of the times: "… don't trade", "… only", "周末不买". */
function placesAfter(sentence: Sentence, at: number): number[] {
  const places: number[] = []
  let place = at
  for (; place < at + 5; place++) {
    const isSmall =
      sentence.isWord(place, "filler", "trade", "session", "not", "unless", "away", "also") ||
      freeing.test(sentence.chunks[place]?.text ?? "") ||
      (sentence.isWord(place, "buy") && sentence.isWord(place - 1, "not")) ||
      (sentence.isWord(place, "only") && sentence.chunks[place].text === "only")
    if (!isSmall) break
    places.push(place)
  }
  const next = sentence.chunks[place]
  return next === undefined || next.kind === "mark" || sentence.isWord(place, "next", "and") ? places : []
}

const acts = ["buy", "sell", "short", "exit", "long", "cover", "stop", "target", "risk", "size", "take"] as const

/** "Avoid Mondays and when RSI is above 70": what follows is refused as well. */
function leadsOn(sentence: Sentence, end: number): boolean {
  if (!sentence.isWord(end, "and", "or", "when")) return false
  let place = end + 1
  while (sentence.isWord(place, "filler", "when", "on")) place++
  return sentence.chunks[place] !== undefined && !sentence.isWord(place, ...acts)
}

/** "Close before the weekend": what is done, no price. */
function isClosing(sentence: Sentence, at: number): boolean {
  return /^(close|flat|out)$/.test(sentence.chunks[at]?.text ?? "") && sentence.isWord(at + 1, "before")
}

/** What is done at that time: the word directly before it. */
export function deedBefore(sentence: Sentence, at: number): "enter" | "exit" | undefined {
  for (let place = at - 1; place >= at - 5; place--) {
    if (sentence.isWord(place, "buy", "long", "short")) return "enter"
    if (sentence.isWord(place, "sell", "exit", "cover") || isClosing(sentence, place)) return "exit"
    if (
      sentence.chunks[place]?.kind !== "market" &&
      !sentence.isWord(place, "filler", "at", "on", "it", "every", "day", "of", "before", "all", "position")
    )
      return undefined
  }
  return undefined
}
