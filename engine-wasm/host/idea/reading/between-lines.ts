import { isWord, nextMeaning, placeOf } from "./chunk-places.ts"
import type { Chunk } from "./chunk.ts"
import { compare, type Condition, joinedBy } from "./condition.ts"
import { isAverage, isChannel, numberOperand, type Operand } from "./operand.ts"
import { isLength } from "./spoken-limit.ts"

/** "Between the 50 and the 200 EMA": two lines of the chart as one chunk, so that their "and" joins no conditions. */
export function betweenLines(chunks: readonly Chunk[]): Chunk[] {
  const joined: Chunk[] = []
  for (let at = 0; at < chunks.length;) {
    const found = linesAt(chunks, at)
    joined.push(found?.chunk ?? chunks[at])
    at = found?.end ?? at + 1
  }
  return joined
}

function linesAt(chunks: readonly Chunk[], at: number): { chunk: Chunk; end: number } | undefined {
  if (!isWord(chunks[at], "between")) return undefined
  const first = nextMeaning(chunks, at + 1)
  const one = lineOf(chunks[first])
  const both =
    chunks[first]?.kind === "operand" && chunks[first].operands.length === 2 ? chunks[first].operands : undefined
  const joint = nextMeaning(chunks, first + 1)
  const second = isWord(chunks[joint], "and", "to") ? nextMeaning(chunks, joint + 1) : -1
  const other = lineOf(chunks[second])
  const operands = both ?? (one && other ? [one, lengthBeside(one, other)] : undefined)
  if (!operands || operands.every(({ name }) => name === "number")) return undefined
  const end = both ? first + 1 : second + 1
  const taken = chunks.slice(at, end)
  const text = taken.map((each) => each.text).join(" ")
  return { chunk: { kind: "operand", operands, isBetween: true, ...placeOf(taken), text }, end }
}

function lineOf(chunk: Chunk | undefined): Operand | undefined {
  if (chunk?.kind === "operand" && chunk.operands.length === 1) return chunk.operands[0]
  return chunk?.kind === "amount" && (chunk.unit === "plain" || chunk.unit === "money")
    ? numberOperand(chunk.value)
    : undefined
}

/** "Entre a média de 20 e a de 50": the second number is a length too. */
function lengthBeside(one: Operand, other: Operand): Operand {
  return isAverage(one) && other.name === "number" && isLength(other)
    ? { ...one, numbers: [other.value!], hasLength: true }
    : other
}

/** "EMA20和EMA50之间", "20 ile 50 arasında": the word comes last, and is put where it is looked for. */
export function betweenFirst(chunks: readonly Chunk[]): Chunk[] {
  const moved = [...chunks]
  chunks.forEach((chunk, at) => {
    const isLast = isWord(chunk, "between") && !isEnd(chunks[nextMeaning(chunks, at + 1)])
    if (!isLast || !isEnd(chunks[at - 1]) || !isWord(chunks[at - 2], "and", "to") || !isEnd(chunks[at - 3])) return
    moved.splice(at, 1)
    moved.splice(at - 3, 0, chunk)
  })
  return moved
}

function isEnd(chunk: Chunk | undefined): boolean {
  return chunk?.kind === "operand" || chunk?.kind === "amount"
}

/** Between two lines, whichever of them is the higher one. */
export function betweenOf(subject: Operand, [one, other]: readonly Operand[]): Condition {
  const within = (low: Operand, high: Operand) => [compare(subject, ">", low), compare(subject, "<", high)]
  if (isChannel(one) && one.name === other.name && one.output && other.output) {
    const [low, high] = [one, other].toSorted((a, b) => order.indexOf(a.output!) - order.indexOf(b.output!))
    return joinedBy("and", within(low, high))
  }
  return joinedBy("or", [joinedBy("and", within(one, other)), joinedBy("and", within(other, one))])
}

const order = ["lower", "middle", "upper"]
