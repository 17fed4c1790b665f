import { namesOld } from "../parts/market-reader.ts"
import { isWord } from "../reading/chunk-places.ts"
import type { Chunk } from "../reading/chunk.ts"
import type { BareValue } from "../reading/spoken-values.ts"
import type { Operand } from "../reading/operand.ts"

/** A length an indicator is to have; `was`: the one it has now, where it was said. */
export type SaidLength = BareValue & { was?: number }

const lengths = ["plain", "length", "candles"]

/** "Set the RSI length to 21", "change length to 21": another length of what the strategy has; its words are taken. */
export function takeLengths(chunks: readonly Chunk[], known: readonly Operand[]): SaidLength[] {
  // "ATR stop 2x with length 10": the stop's own.
  if (chunks.some((chunk) => chunk.kind === "operand" && chunk.operands[0].name === "atr")) return []
  return chunks.flatMap((chunk, at): BareValue[] => {
    if (!isWord(chunk, "length") || chunk.isUsed) return []
    const amount = lengthAfter(chunks, at + 1)
    const named = valueBeside(chunks, at)
    const value = named?.kind === "operand" ? named.operands[0] : onlyValue(known)
    if (!amount || !value || !known.some(({ name }) => name === value.name)) return []
    const taken = named ? [chunk, amount, named] : [chunk, amount]
    return [{ subject: { ...value, numbers: [amount.value], hasLength: true }, chunks: taken }]
  })
}

function lengthAfter(chunks: readonly Chunk[], start: number) {
  let at = start
  while (at < start + 6 && (isWord(chunks[at], "filler", "to", "of", "at", "equal") || chunks[at]?.kind === "operand"))
    at++
  const amount = chunks[at]
  const isLength = amount?.kind === "amount" && lengths.includes(amount.unit) && !amount.list
  return isLength && Number.isInteger(amount.value) && amount.value > 0 ? amount : undefined
}

/** "RSI length", "length of the RSI": an indicator without a length of its own directly beside the word. */
function valueBeside(chunks: readonly Chunk[], at: number): Chunk | undefined {
  const beside = [at - 1, at + 1, at + 2, at + 3].map((place) => chunks[place])
  return beside.find((chunk) => chunk?.kind === "operand" && !chunk.isUsed && !chunk.operands[0].hasLength)
}

/** "EMA 20 → 30", "EMA from 20 to 30", "EMA 30 instead of 20": which one of several is meant. */
export function takeMovedLengths(chunks: readonly Chunk[], known: readonly Operand[]): SaidLength[] {
  return chunks.flatMap((chunk, at): SaidLength[] => {
    if (chunk.kind !== "operand" || chunk.isUsed || chunk.operands.length !== 1) return []
    const [subject] = chunk.operands
    const numbers: (Chunk & { value?: number })[] = []
    let [place, isOld] = [at + 1, false]
    for (; place < at + 8 && chunks[place]; place++) {
      const next = chunks[place]
      if (next.kind === "amount" && lengths.includes(next.unit)) numbers.push(next)
      else if (next.kind === "range" && !between.test(next.text)) return movedRange(chunk, next, known)
      else if (isWord(next, "instead")) isOld = namesOld(next.text)
      else if (
        !isWord(next, "filler", "from", "to", "of", "length") &&
        !(next.kind === "mark" && /[-=]>/.test(next.text))
      )
        break
    }
    const said = [
      ...(subject.hasLength ? subject.numbers.slice(0, 1) : []),
      ...numbers.flatMap(({ value }) => value ?? []),
    ]
    if (said.length !== 2 || numbers.length === 0) return []
    const [was, length] = isOld ? [said[1], said[0]] : said
    if (!known.some(({ name, numbers: own }) => name === subject.name && own[0] === was)) return []
    const taken = [chunk, ...chunks.slice(at + 1, place)]
    return [{ subject: { ...subject, numbers: [length], hasLength: true }, was, chunks: taken }]
  })
}

const between = /between|zwischen|entre|之间|介于/

/** "RSI from 14 to 21". */
function movedRange(
  chunk: Extract<Chunk, { kind: "operand" }>,
  range: Extract<Chunk, { kind: "range" }>,
  known: readonly Operand[],
): SaidLength[] {
  const [subject] = chunk.operands
  const { low, high } = range
  if (!known.some(({ name, numbers }) => name === subject.name && numbers[0] === low.value)) return []
  const moved = { ...subject, numbers: [high.value], hasLength: true }
  return [{ subject: moved, was: low.value, chunks: [chunk, range] }]
}

/** "EMA 10 and EMA 30": two of the same are a pair. */
export function paired(bare: readonly BareValue[]): BareValue[] {
  return bare.reduce<BareValue[]>((all, each) => {
    const last = all.at(-1)
    const isPair = last && !last.second && !each.second && last.subject.name === each.subject.name
    return isPair && last.subject.hasLength && each.subject.hasLength
      ? [...all.slice(0, -1), { ...last, second: each.subject, chunks: [...last.chunks, ...each.chunks] }]
      : [...all, each]
  }, [])
}

/** "Use EMA 30" beside an EMA 20 and an EMA 50: those it may mean, each as a change that can be said. */
export function openBareLengths(bare: readonly BareValue[], known: readonly Operand[]): string[] {
  return bare.flatMap(({ subject, second }) => {
    const own = [
      ...new Set(known.filter(({ name }) => name === subject.name).flatMap(({ numbers }) => numbers.slice(0, 1))),
    ]
    if (!subject.hasLength || second || own.length < 2 || own.includes(subject.numbers[0])) return []
    return own.map((length) => `${subject.name} ${length} → ${subject.numbers[0]}`)
  })
}

/** "Change length to 21" beside several lengths: those it may mean, written as people say them. */
export function openLengths(chunks: readonly Chunk[], known: readonly Operand[]): string[] {
  const at = chunks.findIndex((chunk) => isWord(chunk, "length") && !chunk.isUsed)
  if (at < 0 || !lengthAfter(chunks, at + 1)) return []
  const named = valueBeside(chunks, at)
  const name = named?.kind === "operand" ? named.operands[0].name : undefined
  const meant = known.filter((each) => each.numbers.length > 0 && (name === undefined || each.name === name))
  const length = lengthAfter(chunks, at + 1)!.value
  const lengths = [...new Set(meant.map((each) => `${each.name} ${each.numbers[0]} → ${length}`))]
  return lengths.length > 1 ? lengths : []
}

/** The one indicator of the strategy; undefined where it has several. */
function onlyValue(known: readonly Operand[]): Operand | undefined {
  const named = known.filter(({ numbers }) => numbers.length > 0)
  return new Set(named.map(({ name, numbers }) => `${name} ${numbers.join()}`)).size === 1 ? named[0] : undefined
}
