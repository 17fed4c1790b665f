import { MINUTE_MS, strategyTimeframeOf } from "../../candles/timeframe.ts"
import { type Amount, unitMinutes } from "./amount.ts"
import { isWord } from "./chunk-places.ts"
import type { Chunk } from "./chunk.ts"
import type { Condition } from "./condition.ts"
import { candleRun, closeRun } from "./condition-words.ts"
import { isPrice, type Operand } from "./operand.ts"
import { movementOf } from "./relation-words.ts"

/** A condition on a count of candles, and the chunks that say it. */
export type FoundRun = { chunks: Chunk[]; condition: Condition; assumes?: string }

const countUnits = new Set<Amount["unit"]>(["plain", "candles", "times", "minutes"])

/** "Three green candles in a row", "closes higher 3 days in a row", "a red candle". */
export function runIn(chunks: readonly Chunk[]): FoundRun | undefined {
  const open = beforeValue(chunks.filter(({ isUsed }) => !isUsed))
  const word = (...concepts: string[]) =>
    open.find((chunk) => chunk.kind === "word" && concepts.includes(chunk.concept))
  if (open.some((chunk) => chunk.kind === "pattern" || (chunk.kind === "operand" && !chunk.operands.every(isPrice))))
    return undefined
  if (open.some((chunk) => chunk.kind === "amount" && chunk.unit === "percent")) return undefined
  const count = open.find((chunk): chunk is Chunk & Amount => chunk.kind === "amount" && countUnits.has(chunk.unit))
  const number = count ? countOf(count) : 1
  const row = word("inARow") ?? (number > 1 && count?.unit === "candles" ? word("last") : undefined)
  const chart = open.find((chunk) => chunk.kind === "timeframe" && chunk.isChart)
  const candle = word("candle") ?? chart ?? (count?.unit === "candles" ? count : undefined)
  const colour = word("green", "red")
  const words = [count, row, candle === chart ? undefined : candle, colour, word("last")].filter(
    (each) => each !== undefined,
  )
  const isDays = count?.unit === "minutes" || word("day") !== undefined || isOfDays(colour)
  const on = unitOf(count, isDays)
  // Green days close above their open, up days above the day before: which one was read is said.
  const assumes = isDays && colour ? "run" : undefined
  if (isOfDays(colour)) return { chunks: words, condition: on(closeRun(isWord(colour, "green"), number)), assumes }
  if (colour?.kind === "word" && (candle || row || isDays))
    return { chunks: words, condition: on(candleRun(colour.concept === "green", number)), assumes }
  const moving = open.filter(
    (chunk) => chunk.kind === "word" && (movementOf([chunk.concept]) || chunk.text === "lower"),
  )
  const way = moving.some(({ text }) => text === "lower")
    ? "down"
    : movementOf(moving.map((chunk) => (chunk as Extract<Chunk, { kind: "word" }>).concept))
  if (!row || !way || number < 2) return undefined
  const prices = open.filter((chunk) => chunk.kind === "operand")
  const isOfCandles = candle && !moving.some(({ text }) => text === "lower")
  const condition = isOfCandles ? candleRun(way === "up", number) : closeRun(way === "up", number)
  return { chunks: [...words, ...moving, ...prices], condition: on(condition) }
}

/** "Two down days": their closes, each lower than the one before. */
function isOfDays(colour: Chunk | undefined): boolean {
  return colour !== undefined && /\b(up|down) days?$/.test(colour.text)
}

/** Days in a row are candles of a day, whatever the chart; so are hours and weeks. */
function unitOf(count: (Chunk & Amount) | undefined, isDays: boolean): (condition: Condition) => Condition {
  const minutes = count?.unit === "minutes" ? count.unitMinutes : isDays ? unitMinutes.day : undefined
  const timeframe =
    minutes === undefined || minutes < unitMinutes.hour! ? undefined : strategyTimeframeOf(minutes * MINUTE_MS)
  const onIt = (operand: Operand): Operand => ({ ...operand, timeframe, unitMinutes: minutes })
  const placed = (condition: Condition): Condition => {
    if (condition.kind === "joined") return { ...condition, of: condition.of.map(placed) }
    if (condition.kind !== "compare") return condition
    return { ...condition, left: onIt(condition.left), right: onIt(condition.right) }
  }
  return timeframe ? placed : (condition) => condition
}

/** "Three green candles with volume above …": the run is said before what is said of a value. */
function beforeValue(chunks: readonly Chunk[]): readonly Chunk[] {
  const isSaid = (chunk: Chunk) => chunk.kind === "word" && ["inARow", "green", "red"].includes(chunk.concept)
  const value = chunks.findIndex((chunk) => chunk.kind === "operand" && !chunk.operands.every(isPrice))
  return value > 0 && chunks.slice(0, value).some(isSaid) && !chunks.slice(value).some(isSaid)
    ? chunks.slice(0, value)
    : chunks
}

function countOf({ unit, value, unitMinutes = 1 }: Amount): number {
  return unit === "minutes" ? value / unitMinutes : value
}
