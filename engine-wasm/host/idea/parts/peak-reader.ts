import type { IdeaDraft } from "../idea-draft.ts"
import { compare } from "../reading/condition.ts"
import type { Sentence } from "../reading/sentence.ts"

const WINDOW = 4
const PEAK_CANDLES = 20
const peaks = /(^| )(peak|top|tops|hochpunkt|spitze|pico|cima|sommet|pic|topo|顶部|顶)$/

/** "Get out if it falls 4 % from its peak": a stop that follows the price; a purchase looks at the last highs. */
export function readPeakFall(sentence: Sentence, draft: IdeaDraft) {
  for (let at = sentence.anyAmount(["percent"]); at >= 0; at = sentence.anyAmount(["percent"], at + 1)) {
    const places = fallAround(sentence, at)
    const deed = places && deedOf(sentence, at)
    if (!places || !deed) continue
    const percent = Math.abs(sentence.amount(at, ["percent"])!.value)
    const chunks = places.map((place) => sentence.chunks[place])
    if (deed === "exit") {
      draft.trailing ??= {}
      draft.trailing.percent = percent
      return draft.understand(chunks, "protect", `trailing stop ${percent} %`)
    }
    const high = { name: "highest", numbers: [PEAK_CANDLES], source: "high", ago: 1, percentOff: -percent }
    const condition = compare("close", "<=", high)
    draft.rules.push({ deed: "enter", join: "and", condition })
    draft.assume("sign", "", condition)
    return draft.understand(chunks, "enter", condition)
  }
}

/** The percentage, the word for falling and the peak, where nothing but small words stands between. */
function fallAround(sentence: Sentence, at: number): number[] | undefined {
  const near: number[] = []
  for (const step of [-1, 1])
    for (let place = at + step; Math.abs(place - at) <= WINDOW && isNear(sentence, place); place += step)
      near.push(place)
  const first = Math.min(at, ...near)
  // "The account is down 12 % from its peak".
  if ([1, 2, 3].some((step) => sentence.isWord(first - step, "balance"))) return undefined
  const peak = near.find((place) => isPeak(sentence, place))
  const fall = near.find((place) => sentence.isWord(place, "down", "falling", "lose", "dip", "drawdown"))
  if (peak === undefined || fall === undefined) return undefined
  const price = near.filter((place) => isPrice(sentence, place))
  return [...new Set([at, fall, peak, ...price])].toSorted((a, b) => a - b)
}

function isNear(sentence: Sentence, place: number): boolean {
  const chunk = sentence.chunks[place]
  if (!chunk || chunk.isUsed || chunk.kind === "mark") return false
  return !sentence.isWord(place, "balance", "and", "or", "when", "buy", "sell", "exit", "target", "stop", "perDay")
}

function isPeak({ chunks }: Sentence, place: number): boolean {
  const { text, ...chunk } = chunks[place]
  if (chunk.kind === "operand")
    return chunk.operands.every(({ name, numbers }) => /^high(est)?$/.test(name) && numbers.length === 0)
  return peaks.test(text)
}

function isPrice({ chunks }: Sentence, place: number): boolean {
  const chunk = chunks[place]
  return chunk.kind === "operand" && chunk.operands.every(({ name, ago }) => name === "close" && ago === undefined)
}

/** What is done then: the nearest word before it, or the one that follows where none does. */
function deedOf(sentence: Sentence, at: number): "exit" | "enter" | undefined {
  const deeds = ["sell", "exit", "cover", "buy", "long", "stop"] as const
  const before = sentence.chunks.findLastIndex((_, place) => place < at && sentence.isWord(place, ...deeds))
  const place = before >= 0 ? before : sentence.findFrom(at, ...deeds)
  if (place < 0) return undefined
  return sentence.isWord(place, "buy", "long") ? "enter" : "exit"
}
