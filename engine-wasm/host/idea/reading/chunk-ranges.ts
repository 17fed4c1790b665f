import type { Amount } from "./amount.ts"
import { isWord, nextMeaning, placeOf } from "./chunk-places.ts"
import type { Chunk } from "./chunk.ts"

export function ranges(chunks: readonly Chunk[]): Chunk[] {
  const joined: Chunk[] = []
  const isGrid = chunks.some((chunk) => isWord(chunk, "grid"))
  for (let at = 0; at < chunks.length;) {
    const range =
      rangeAt(chunks, at) ??
      namedAfter(chunks, at) ??
      hoursAt(chunks, at) ??
      (isGrid ? gridRangeAt(chunks, at) : undefined)
    // "The 55k-65k range".
    const end = range && chunks[range.end]?.text === "range" ? range.end + 1 : range?.end
    joined.push(range ? { ...range.chunk, to: chunks[end! - 1].to } : chunks[at])
    at = end ?? at + 1
  }
  return joined
}

/** "The 55k to 65k range": the word comes after both ends. */
function namedAfter(chunks: readonly Chunk[], at: number): { chunk: Chunk; end: number } | undefined {
  const low = chunks[at]
  if (low.kind !== "amount" || (low.unit !== "plain" && low.unit !== "money")) return undefined
  const end = low.list?.length === 2 ? at + 1 : isWord(chunks[at + 1], "to", "until") ? at + 3 : at
  const high = chunks[end - 1]
  if (end === at || chunks[end]?.text !== "range" || high?.kind !== "amount") return undefined
  const ends: [Amount, Amount] =
    end === at + 1
      ? [
          { ...low, value: low.list![0] },
          { ...low, value: low.list![1] },
        ]
      : [low, high]
  return joinedRange(chunks, [at, end], ends)
}

/** "Grid SOL 120 to 180", "网格 2000到3000": the prices of a grid need no word before them. */
function gridRangeAt(chunks: readonly Chunk[], at: number): { chunk: Chunk; end: number } | undefined {
  const [low, joint, high] = chunks.slice(at, at + 3)
  const isPrice = (chunk: Chunk | undefined): chunk is Chunk & Amount =>
    chunk?.kind === "amount" && (chunk.unit === "plain" || chunk.unit === "money")
  if (!isPrice(low)) return undefined
  const [one, other] = low.list ?? []
  if (low.list?.length === 2)
    return joinedRange(
      chunks,
      [at, at + 1],
      [
        { ...low, value: one },
        { ...low, value: other },
      ],
    )
  const isJoint = isWord(joint, "to", "until", "at") || joint?.text === "-"
  return isJoint && isPrice(high) ? joinedRange(chunks, [at, at + 3], [low, high]) : undefined
}

/** "14:00-18:00": two times of day need no word before them. */
function hoursAt(chunks: readonly Chunk[], at: number): { chunk: Chunk; end: number } | undefined {
  const [low, joint, high] = chunks.slice(at, at + 3)
  if (low?.kind !== "amount" || high?.kind !== "amount" || low.unit !== "clock" || high.unit !== "clock")
    return undefined
  const isJoint = isWord(joint, "to", "until") || /^[-–—]$/.test(joint.text)
  return isJoint ? joinedRange(chunks, [at, at + 3], [low, high]) : undefined
}

/** "Between 30 and 70", "from 8 to 16", and two numbers joined by a hyphen after "between". */
function rangeAt(chunks: readonly Chunk[], at: number): { chunk: Chunk; end: number } | undefined {
  if (!isWord(chunks[at], "between", "from") && !/^(range|spanne|rango|fourchette|faixa)$/.test(chunks[at].text))
    return undefined
  const first = nextMeaning(chunks, at + 1)
  const low = chunks[first]
  if (low?.kind !== "amount" || isTime(chunks, low)) return undefined
  const joint = nextMeaning(chunks, clockEnd(chunks, first + 1))
  const isJoint = isWord(chunks[joint], "and", "to", "until", "at")
  const second = isJoint ? nextMeaning(chunks, joint + 1) : -1
  const high = chunks[second]
  if (high?.kind === "amount" && isTime(chunks, high)) return undefined
  if (high?.kind === "amount")
    return joinedRange(
      chunks,
      [at, clockEnd(chunks, second + 1)],
      [clock(chunks, first, low), clock(chunks, second, high)],
    )
  if (low.list?.length === 2)
    return joinedRange(
      chunks,
      [at, first + 1],
      [
        { ...low, value: low.list[0] },
        { ...low, value: low.list[1] },
      ],
    )
  return undefined
}

/** "Hold between 3 and 5 days": how long, and no values between which another stands; "from 9h to 17h" are hours. */
function isTime(chunks: readonly Chunk[], { unit, unitMinutes }: Amount): boolean {
  if (unit === "candles") return true
  return unit === "minutes" && (unitMinutes !== 60 || chunks.some((chunk) => isWord(chunk, "hold", "stillOpen")))
}

function joinedRange(chunks: readonly Chunk[], [from, end]: [number, number], [low, high]: [Amount, Amount]) {
  const taken = chunks.slice(from, end)
  const text = taken.map((each) => each.text).join(" ")
  return { chunk: { kind: "range" as const, low, high, ...placeOf(taken), text }, end }
}

/** "9 am" is 9, "5 pm" 17. */
function clock(chunks: readonly Chunk[], at: number, amount: Amount): Amount {
  if (isWord(chunks[at + 1], "pm")) return { ...amount, value: (amount.value % 12) + 12 }
  return isWord(chunks[at + 1], "am") ? { ...amount, value: amount.value % 12 } : amount
}

function clockEnd(chunks: readonly Chunk[], at: number): number {
  return isWord(chunks[at], "am", "pm") ? at + 1 : at
}
