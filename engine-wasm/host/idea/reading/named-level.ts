import type { Chunk } from "./chunk.ts"
import { type Comparison, comparisonCondition, type Reader } from "./comparison.ts"
import { compare, type Condition } from "./condition.ts"
import { isChannel, numberOperand } from "./operand.ts"
import { relationOf } from "./relation-words.ts"
import { isSpokenLimit } from "./spoken-limit.ts"

/** The condition that a value means by being named: "buy RSI 30", "out at the middle band", "a fresh 20 day high". */
export function levelNamed(said: Comparison, reader: Reader, taken: readonly Chunk[]): Condition | undefined {
  return limitNamed(said, reader) ?? edgeNamed(said, reader) ?? extremeNamed(said, reader, taken)
}

/** "Buy RSI 30", "sell at RSI 70": too long for a length where people say a limit. */
function limitNamed(
  { subject, second, object, words, isLed, span }: Comparison,
  reader: Reader,
): Condition | undefined {
  if (!subject || object || second || span || !isSpokenLimit(subject, isLed)) return undefined
  const { style } = relationOf(words)
  // "RSI 30 cross up".
  const isCrossed = style === "cross" && isSpokenLimit(subject)
  if (words.length > 0 && !(isLed && style) && !isCrossed) return undefined
  const limit = numberOperand(subject.numbers[0])
  const value = { ...subject, numbers: [], hasLength: false }
  if (words.length > 0) return comparisonCondition({ subject: value, words, object: limit }, reader)
  if (!reader.isAsked) return undefined
  if (reader.enteredAt !== undefined) return compare(value, limit.value! < reader.enteredAt ? "<" : ">", limit)
  const isLow = limit.value === 50 ? reader.isExit === reader.isShort : limit.value! < 50
  return { kind: "compare", left: value, relation: isLow ? "<" : ">", right: limit, isFromEither: true }
}

/** "Buy the lower band", "out at the middle one": a line of a channel, with no word on how it is reached. */
function edgeNamed(
  { subject, second, object, words, percent, times, span }: Comparison,
  reader: Reader,
): Condition | undefined {
  const isEdge = subject?.output !== undefined && isChannel(subject)
  const isReached = words.every((word) => word === "touch" || word === "reach" || word === "at")
  const isDonchian = isEdge && subject.name === "donchian" && subject.output !== "middle"
  const isBroken = isDonchian && words.every((word) => word === "cross" || word === "breakout" || word === "breakdown")
  if (!isEdge || second || object || percent || times || span || !(isReached || isBroken)) return undefined
  // Nothing but a break takes the price beyond what it reached before.
  if (isDonchian && (reader.isAsked || words.length > 0))
    return compare("close", subject.output === "upper" ? ">" : "<", {
      ...subject,
      ago: 1,
    })
  const said = {
    subject: undefined,
    words: words.length > 0 ? words : (["at"] as const).slice(),
    object: subject,
  }
  return reader.isAsked || words.length > 0 ? comparisonCondition(said, reader) : undefined
}

/** "A fresh 10 day low", "exit 10 day low": the price makes it. */
function extremeNamed(
  { subject, second, object, percent, times, words }: Comparison,
  reader: Reader,
  taken: readonly Chunk[],
): Condition | undefined {
  const isExtreme = subject?.name === "highest" || subject?.name === "lowest"
  if (!isExtreme || second || object || percent || times || words.length > 0) return undefined
  const isNew = taken.some(({ text }) =>
    /(^| )(new|fresh|neue[nrs]?|nuev[oa]|nouve(au|lle)|nov[oa]|新)( |$)/.test(text),
  )
  const isLeft = reader.isAsked && reader.isExit && subject.hasLength
  return isNew || isLeft ? compare("close", subject.name === "highest" ? ">" : "<", subject) : undefined
}
