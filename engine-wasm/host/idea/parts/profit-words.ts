import type { Sentence } from "../reading/sentence.ts"

/** Whether a percentage is a profit: "+3 %", "3 % profit", "up 2 %", "2 % in front". */
export function isProfit(sentence: Sentence, at: number): boolean {
  const amount = sentence.amount(at, ["percent"])
  if (!amount) return false
  if (beside(sentence, at, ["win"])) return true
  return !isEntering(sentence, at) && (amount.sign === "+" || beside(sentence, at, ahead(sentence, at)))
}

/** Whether a percentage is a loss: "-2 %", "2 % loss", "down 2 %". */
export function isLoss(sentence: Sentence, at: number): boolean {
  const amount = sentence.amount(at, ["percent"])
  if (!amount) return false
  if (beside(sentence, at, ["lose"]) && leavesAfter(sentence, at)) return true
  return !isEntering(sentence, at) && (amount.sign === "-" || beside(sentence, at, ["lose", ...behind(sentence, at)]))
}

/** "If I lose 3 % get out". */
function leavesAfter(sentence: Sentence, at: number): boolean {
  const next = [1, 2, 3].find(
    (step) => !sentence.isWord(at + step, "filler", "next") && sentence.chunks[at + step]?.kind !== "mark",
  )
  return next !== undefined && sentence.isWord(at + next, "exit", "sell")
}

/** The way in which a position wins: a short one as the price falls, "cover 10 % lower". */
function ahead(sentence: Sentence, at: number): Concepts {
  return isShort(sentence, at) ? ["down", "lower"] : ["up"]
}

function behind(sentence: Sentence, at: number): Concepts {
  return isShort(sentence, at) ? ["up"] : ["down", "lower"]
}

function isShort(sentence: Sentence, at: number): boolean {
  const sides = sentence.chunks
    .slice(0, at)
    .flatMap((chunk) => (chunk.kind === "word" && sideWords.has(chunk.concept) ? [chunk.concept] : []))
  return sides.at(-1) === "short" || sides.at(-1) === "cover" || sides.at(-1) === "shortOnly"
}

const sideWords = new Set(["buy", "long", "sell", "short", "cover", "shortOnly"])

/** Whether the newest action before a place opens a position: its percentages are moves of the price. */
export function isEntering(sentence: Sentence, at: number): boolean {
  const next = deedAfter(sentence, at)
  if (next) return openings.has(next)
  const actions = ["buy", "short", "long", "sell", "exit", "cover", "when"] as const
  const words = sentence.chunks
    .slice(0, at)
    .flatMap((chunk) => (chunk.kind === "word" && actions.includes(chunk.concept as "buy") ? [chunk.concept] : []))
  const deed = words.findLast((word) => word !== "when")
  return deed === undefined ? words.includes("when") : openings.has(deed)
}

const openings: ReadonlySet<string> = new Set(["buy", "short", "long"])
const deeds: ReadonlySet<string> = new Set(["buy", "short", "long", "sell", "exit", "cover"])

/** "涨3%卖": in a clause that has no deed before, the one that follows decides. */
function deedAfter({ chunks }: Sentence, at: number): string | undefined {
  const isMark = (chunk: Sentence["chunks"][number]) => chunk.kind === "mark" && chunk.text !== ":"
  const start = chunks.findLastIndex((chunk, place) => place < at && isMark(chunk)) + 1
  const mark = chunks.findIndex((chunk, place) => place > at && isMark(chunk))
  const deed = chunks
    .slice(start, mark < 0 ? undefined : mark)
    .map((chunk, n) => ({ chunk, place: start + n }))
    .find(({ chunk }) => chunk.kind === "word" && deeds.has(chunk.concept))
  return deed && deed.place > at && deed.chunk.kind === "word" ? deed.chunk.concept : undefined
}

type Concepts = Parameters<Sentence["isWord"]>[1][]

/** Whether one of the words stands before or after, with only fillers between. */
export function beside(sentence: Sentence, at: number, concepts: Concepts): boolean {
  return wordBeside(sentence, at, concepts) >= 0
}

/** Where that word stands; -1 where there is none. */
export function wordBeside(sentence: Sentence, at: number, concepts: Concepts): number {
  for (const step of [1, -1]) {
    for (let place = at + step; place !== at + step * 4; place += step) {
      if (sentence.isWord(place, ...concepts)) return place
      if (!sentence.isWord(place, "filler", "of", "at", "on", "it", "most")) break
    }
  }
  return -1
}
