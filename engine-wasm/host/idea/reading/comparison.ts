import { compare, type Condition, joinedBy, type Relation } from "./condition.ts"
import type { Amount } from "./amount.ts"
import { isOscillator, usualLimits } from "./mirror.ts"
import { callText, isAverage, isChannel, isPrice, type Operand, priceOperand } from "./operand.ts"
import { movementOf, relationOf, type SaidRelation, sideOf } from "./relation-words.ts"
import { hasScale } from "./spoken-limit.ts"
import type { Piece } from "../words/piece.ts"
import { ofItself, partnerOf, touching } from "./said-of-itself.ts"
import { withUsualOutput } from "./usual-output.ts"

/** For whom a condition is read: a touch means the lower side to a buyer, the upper one to a seller. */
export type Reader = {
  isExit: boolean
  isShort: boolean
  /** Whether a word said what it decides. */
  isAsked?: boolean
  /** The limit at which the same value lets in: what leaves at a higher one leaves above it. */
  enteredAt?: number
}

/** What was said of one value: its relation, what it is compared with, by how much and over which time. */
export type Comparison = {
  subject: Operand | undefined
  /** The second of two that were said together: "the 20/50 EMA". */
  second?: Operand
  further?: Operand[]
  words: Piece["concept"][]
  object?: Operand
  percent?: Amount
  times?: Amount
  span?: Amount
  /** Whether it holds for so many candles: "for 3 candles", "3 in a row". */
  isLasting?: boolean
  /** Whether its words came before it: "at RSI 70". */
  isLed?: boolean
  /** Whether the opposite of it is asked for: "is not rising". */
  isDenied?: boolean
  /** Whether one of its last candles is enough: "in the last 5 candles". */
  isRecent?: boolean
}

/** The condition that a comparison means; undefined where it means none. */
export function comparisonCondition(given: Comparison, reader: Reader): Condition | undefined {
  const said = ofVolume({ ...given, ...(given.object && { object: ofItsOwn(given.object, given.subject) }) })
  const relation = relationOf(said.words)
  // "RSI 30/70" says by itself where it lets in and out.
  if (said.subject?.limits && !said.object) return undefined
  if (said.object?.name === "number" && said.subject?.name === "number") return undefined
  // "Each 2 ATR lower": a count of ranges, no limit of them.
  const isBare = said.words.every((word) => word === "down" || word === "up")
  const isOfLine = said.subject && isChannel(said.subject) && said.words.length === 0
  if (said.object?.name === "number" && isOfLine) return undefined
  if (said.object?.name === "number" && said.subject && ownScale.has(said.subject.name) && isBare) return undefined
  if (said.object && isSame(said.object, said.subject ?? priceOperand("close"))) return undefined
  if (said.object && isAcross(said.object, said.subject ?? priceOperand("close"))) return undefined
  // "Buy at the next open": when it is filled, not a condition.
  const isMoment =
    !said.subject &&
    (said.object?.name === "open" || said.object?.name === "close") &&
    said.object.ago === undefined &&
    !said.object.timeframe
  if (isMoment && said.words.every((word) => word === "at" || word === "reach")) return undefined
  if (said.subject?.name === "volume" && said.object?.name === "number" && said.object.value! < LEAST_VOLUME)
    return undefined
  if (said.object && isCountOfOpen(said.object, said.subject)) return undefined
  if (said.object && isOfVolume(said.object) !== isOfVolume(said.subject) && !isEither(said.object)) return undefined
  if (said.object) return withObject(said, said.object, relation, reader)
  if (said.percent && (!said.subject || isPrice(said.subject) || said.subject.name === "volume"))
    return changed(said, relation)
  if (said.further && said.subject) return inOrder([said.subject, said.second!, ...said.further], relation)
  if (said.second && said.subject) return pair(said.subject, said.second, relation, reader)
  // "Donchian 20 breakout": beyond the channel's edge.
  if (said.subject && isChannel(said.subject) && relation.way)
    return withObject({ subject: undefined, words: [] }, said.subject, { way: relation.way, style: "state" }, reader)
  const isExtremeOnly = said.subject?.name === "highest" || said.subject?.name === "lowest"
  if (said.subject && isExtremeOnly && said.words.some((word) => !movesOnly.has(word)))
    return beyond(said.subject, said.words)
  if (said.subject) return ofItself(said.subject, said, relation, reader)
  return said.words.some((word) => word === "crossUp" || word === "crossDown")
    ? goldenCross(relation.way === "up")
    : undefined
}

/** "BTC at twice its average volume": the volume is what is compared with that. */
function ofVolume(said: Comparison): Comparison {
  const isAcross =
    said.object?.source === "volume" && isAverage(said.object) && (!said.subject || isPrice(said.subject))
  return isAcross ? { ...said, subject: priceOperand("volume") } : said
}

const movesOnly = new Set<Piece["concept"]>(["rising", "falling", "at", "reach", "current", "back"])

/** "A 20 bar high breakout": the price is beyond it, on its own side unless a word says the other. */
function beyond(extreme: Operand, words: readonly Piece["concept"][]): Condition {
  const isAbove = words.includes("above") || (extreme.name === "highest" && !words.includes("below"))
  return compare("close", isAbove ? ">" : "<", extreme)
}

const ownScale = new Set(["atr", "natr", "trange", "obv", "ad", "adosc", "stddev", "forceIndex"])

/** "ATR above its 50 average", "the width at its lowest of 100 candles": the average, or extreme, of that value. */
function ofItsOwn(object: Operand, subject: Operand | undefined): Operand {
  if (
    !subject ||
    object.source === "volume" ||
    !(isAverage(object) || object.name === "highest" || object.name === "lowest")
  )
    return object
  const isOwn =
    hasScale(subject) || isOscillator(subject.name) || ownScale.has(subject.name) || subject.output === "width"
  return isOwn
    ? {
        ...object,
        source: callText(withUsualOutput(subject, { way: undefined, style: undefined })),
        timeframe: object.timeframe ?? subject.timeframe,
      }
    : object
}

/** No market trades less in a candle: a smaller number beside the volume was meant for something else. */
const LEAST_VOLUME = 10

const MOST_COUNTED = 100

/** "2 open" counts positions: no opening price is compared with so small a whole number. */
function isCountOfOpen(one: Operand, other: Operand | undefined): boolean {
  const [number, price] = one.name === "number" ? [one, other] : [other, one]
  const isOpen = price?.name === "open" && price.ago === undefined && !price.timeframe && !number?.isMoney
  return isOpen && number?.name === "number" && Number.isInteger(number.value) && number.value! <= MOST_COUNTED
}

/** No trader averages a MACD over so many candles: the average of the price was meant, and the MACD of something else. */
const LONGEST_SIGNAL = 50

/** "EMA 50 crosses EMA 50", "MACD crosses above the 200 average": it cannot be meant so. */
export function isOfOneValue({ subject, object, words }: Comparison): boolean {
  if (subject?.name === "macd" && object && isAverage(object) && (object.numbers[0] ?? 0) >= LONGEST_SIGNAL) return true
  return (
    subject !== undefined &&
    object !== undefined &&
    words.length > 0 &&
    subject.hasLength === true &&
    isSame(object, subject)
  )
}

/** Nothing is above or below itself. */
function isSame(one: Operand, other: Operand): boolean {
  return one.name !== "number" && JSON.stringify(one) === JSON.stringify(other)
}

/** A price and an oscillator have no scale in common. */
function isAcross(one: Operand, other: Operand | undefined): boolean {
  const isOnPrices = (operand: Operand) => isPrice(operand) || isAverage(operand)
  const swings = (operand: Operand) => isOscillator(operand.name) || hasScale(operand)
  // No candle closes beyond its own high or low.
  if (
    other &&
    isPrice(one) &&
    isPrice(other) &&
    (one.ago ?? 0) === (other.ago ?? 0) &&
    one.timeframe === other.timeframe &&
    !one.isPast &&
    !other.isPast &&
    [one.name, other.name].some((name) => name === "high" || name === "low")
  )
    return true
  // An average of the value itself has its scale.
  if (one.source?.includes("(")) return false
  // Two lines of one channel are always in the same order.
  if (other && isChannel(one) && isChannel(other) && one.name === other.name) return true
  return other !== undefined && ((isOnPrices(one) && swings(other)) || (swings(one) && isOnPrices(other)))
}

/** A volume and a price are never compared. */
function isOfVolume(operand: Operand | undefined): boolean {
  return operand?.name === "volume" || operand?.source === "volume"
}

/** A number fits both; an average beside the volume is that of the volume. */
function isEither(operand: Operand): boolean {
  return operand.name === "number" || isAverage(operand)
}

/** "On a bullish cross": of the averages everybody means. */
function goldenCross(isUp: boolean): Condition {
  const average = (length: number): Operand => ({ name: "sma", numbers: [length], hasLength: true })
  return compare(average(50), isUp ? "crossover" : "crossunder", average(200))
}

/** To a buyer of longs the other side is below; to a seller of longs it is above. */
function leaning({ isExit, isShort }: Reader): "up" | "down" {
  return isExit === isShort ? "down" : "up"
}

function withObject(said: Comparison, object: Operand, relation: SaidRelation, reader: Reader): Condition | undefined {
  const subject = withUsualOutput(said.subject ?? priceOperand("close"), relation)
  if (said.percent?.isNear) return nearTo(subject, object, said.percent.value)
  const right = scaled(withUsualOutput(ofSameCall(object, subject), relation), said, relation)
  if (right.name === "cloudTop") return againstCloud(subject, relation, reader)
  if (subject.name === "volume" && isAverage(right))
    return compare(subject, relation.way === "down" ? "<" : ">", { ...right, source: "volume" })
  const way = relation.way ?? undirected(subject, right, { ...relation, words: said.words }, reader)
  const turning = turningBeyond(subject, right, said.words)
  if (turning) return turning
  if (relation.style === "touch" && isPrice(subject) && right.name !== "number") return touching(right, way)
  const stands = relationFor(relation, way, subject, right)
  const isBound = relation.style === "least" || relation.style === "most"
  const isFromEither = relation.way === undefined && right.name === "number" && !isBound
  return { kind: "compare", left: subject, relation: stands, right, ...(isFromEither && { isFromEither }) }
}

function nearTo(subject: Operand, object: Operand, percent: number): Condition {
  return joinedBy("and", [
    compare(subject, ">", { ...object, percentOff: -percent }),
    compare(subject, "<", { ...object, percentOff: percent }),
  ])
}

const turningNames = new Set(["stoch", "stochf", "stochRsi"])

/** "Crosses up below 20": its line crosses the slow one, on that side of the limit. */
function turningBeyond(subject: Operand, limit: Operand, words: readonly Piece["concept"][]): Condition | undefined {
  const way =
    words.includes("crossUp") || words.includes("up") || words.includes("rising")
      ? "up"
      : words.includes("crossDown") || words.includes("down") || words.includes("falling")
        ? "down"
        : undefined
  const isBeyond = words.includes(way === "up" ? "below" : "above")
  const isCrossing = words.some((word) => word === "cross" || word === "crossUp" || word === "crossDown")
  const isTurning = words.includes("turn") || words.includes("rising") || words.includes("falling")
  if (limit.name !== "number" || !way || !isBeyond || !isOscillator(subject.name)) return undefined
  if (isTurning && !turningNames.has(subject.name))
    return joinedBy("and", [
      compare(subject, way === "up" ? "<" : ">", limit),
      { kind: "move", of: subject, isUp: way === "up", candles: 1 },
    ])
  if (!turningNames.has(subject.name) || !(isCrossing || isTurning)) return undefined
  const [line, slow] = partnerOf(subject)!
  return joinedBy("and", [
    compare(line, way === "up" ? "crossover" : "crossunder", slow),
    compare(line, way === "up" ? "<" : ">", limit),
  ])
}

/** "Aroon(25) up above Aroon down": the numbers are said once. */
function ofSameCall(object: Operand, subject: Operand): Operand {
  return object.name === subject.name && !object.hasLength ? { ...object, numbers: subject.numbers } : object
}

/** Which way, where no word says it: the upper band and the highest high are reached from below. */
function undirected(
  subject: Operand,
  object: Operand,
  { style, words }: SaidRelation & Pick<Comparison, "words">,
  reader: Reader,
): "up" | "down" {
  // "20 % off its high" is below it.
  if (words.includes("away") && (object.name === "highest" || object.name === "high")) return "down"
  if (words.includes("away") && (object.name === "lowest" || object.name === "low")) return "up"
  if (object.output === "upper" || object.name === "highest" || object.name === "high") return "up"
  if (object.output === "lower" || object.name === "lowest" || object.name === "low") return "down"
  if (object.name === "number" && usualLimits[subject.name]) {
    const [low, high] = usualLimits[subject.name]
    if (reader.enteredAt !== undefined) return object.value! > reader.enteredAt ? "up" : "down"
    const middle = (low + high) / 2
    if (object.value === middle && reader.isExit) return reader.isShort ? "down" : "up"
    return object.value! >= middle ? "up" : "down"
  }
  if (style === "cross") return reader.isExit === reader.isShort ? "up" : "down"
  return leaning(reader)
}

function relationFor({ style }: SaidRelation, way: "up" | "down", subject: Operand, object: Operand): Relation {
  if (style === "least") return ">="
  if (style === "most") return "<="
  if (style === "reach" || style === "touch" || style === undefined) return way === "up" ? ">=" : "<="
  const isEvent =
    (style === "cross" || style === "move") &&
    !isExtreme(object) &&
    object.percentOff === undefined &&
    object.rangesOff === undefined &&
    subject.name !== "volume"
  if (isEvent) return way === "up" ? "crossover" : "crossunder"
  return way === "up" ? ">" : "<"
}

function isExtreme({ name, ago, isPast }: Operand): boolean {
  return (
    name === "highest" ||
    name === "lowest" ||
    ((name === "high" || name === "low") && (ago !== undefined || isPast === true))
  )
}

/** "3 % below the average", "twice the average". */
function scaled(object: Operand, { percent, times, words }: Comparison, { way }: SaidRelation): Operand {
  if (times) return { ...object, factor: times.value }
  if (!percent) return object
  const isBelow =
    (movementOf(words) ?? sideOf(words) ?? way) === "down" ||
    percent.sign === "-" ||
    (words.includes("away") && object.name === "highest")
  return { ...object, percentOff: isBelow ? -Math.abs(percent.value) : Math.abs(percent.value) }
}

function againstCloud(subject: Operand, relation: SaidRelation, reader: Reader): Condition {
  const price = isPrice(subject) ? subject : priceOperand("close")
  const isUp = (relation.way ?? (leaning(reader) === "down" ? "up" : "down")) === "up"
  const edge: Operand = { name: isUp ? "cloudTop" : "cloudBottom", numbers: [] }
  if (relation.style === "cross" || relation.style === "move")
    return compare(price, isUp ? "crossover" : "crossunder", edge)
  return compare(price, isUp ? ">" : "<", edge)
}

/** "Falls 5 % in a day": the change of the price over that time, or over one candle. */
function changed({ subject, percent, span, words }: Comparison, relation: SaidRelation): Condition | undefined {
  const way = movementOf(words) ?? relation.way
  const isDown = percent!.sign === "-" || way === "down" || words.includes("dip")
  if (way === undefined && percent!.sign === undefined && !words.includes("dip")) return undefined
  const size = Math.abs(percent!.value)
  const change: Operand = {
    name: "roc",
    ...lengthOf(span),
    source: subject?.name === "volume" ? "volume" : "close",
    hasLength: span !== undefined,
  }
  return compare(change, isDown ? "<=" : ">=", isDown ? -size : size)
}

function lengthOf(span: Amount | undefined): Pick<Operand, "numbers" | "unitMinutes"> {
  if (!span) return { numbers: [1] }
  if (span.unit !== "minutes") return { numbers: [span.value] }
  return { numbers: [span.value / span.unitMinutes!], unitMinutes: span.unitMinutes }
}

/** "The 8, 13 and 21 EMA are stacked": each above the next. */
function inOrder(lines: readonly Operand[], { way }: SaidRelation): Condition {
  const relation = way === "down" ? "<" : ">"
  return joinedBy(
    "and",
    lines.slice(1).map((line, n) => compare(lines[n], relation, line)),
  )
}

/** Two lines said together: the fast one over the slow one. */
function pair(one: Operand, other: Operand, { way, style }: SaidRelation, reader: Reader): Condition | undefined {
  if (style === undefined && way === undefined) return undefined
  const isUp = (way ?? (reader.isExit === reader.isShort ? "up" : "down")) === "up"
  const isState = style === "state"
  return compare(one, isState ? (isUp ? ">" : "<") : isUp ? "crossover" : "crossunder", other)
}

/** "Between 30 and 70". */
export function betweenCondition(subject: Operand, low: number, high: number): Condition {
  return joinedBy("and", [compare(subject, ">", low), compare(subject, "<", high)])
}
