import { functionCatalogue } from "../../strategy/formula/function-catalogue.ts"
import type { Piece } from "../words/piece.ts"
import { afterHyphen } from "./amount.ts"
import type { FoundChunk } from "./chunk.ts"
import { isLimit, listBefore, numbersAfter } from "./length-list.ts"
import { numberAt } from "./number-words.ts"
import { numberArguments, type Operand } from "./operand.ts"
import { areLimits, limitsAt } from "./spoken-limits.ts"
import { outputAfter, outputBefore } from "./output-mention.ts"

/** "RSI(14)", "the 50-day simple moving average", "20/50 EMA", "upper Bollinger band". */
export function functionAt(pieces: readonly Piece[], at: number): FoundChunk | undefined {
  const output = outputBefore(pieces, at)
  const before = listBefore(pieces, output?.end ?? at)
  const place = before?.end ?? output?.end ?? at
  const found = nameAt(pieces, place)
  if (!found) return undefined
  const named = { ...found, ...sourceIn(pieces, found.end) }
  const takesBefore = before && mayLead(pieces, at, named.name) && areLengths(before, named.name)
  if (before && !takesBefore) return undefined
  // "5 minute EMA 9": the first is a timeframe.
  if (before && (before.unitMinutes !== undefined || isCount(pieces, at)) && numbersFollow(pieces, named.end))
    return undefined
  const most = numberArguments(named.name).length
  const limited = withLimits(pieces, named, takesBefore ? before.numbers : undefined)
  if (limited) return limited
  const after = takesBefore
    ? { lists: [], end: named.end }
    : numbersAfter(pieces, named.end, { most, isAverage: isLine(named.name) })
  const last = outputAfter(pieces, after.end, named.name)
  const late =
    !takesBefore && last?.output && after.lists.length === 0 && isListAt(pieces, last.end)
      ? numbersAfter(pieces, last.end, { most, isAverage: false })
      : undefined
  const lists = takesBefore ? lengthsOf(before.numbers, named.name) : (late?.lists ?? after.lists)
  const operands = (lists.length > 0 ? lists : [[]]).map((numbers) => operandOf(named, numbers))
  const unit = before?.unitMinutes ?? ("unitMinutes" in after ? after.unitMinutes : undefined)
  return {
    chunk: {
      kind: "operand",
      operands: operands.map((operand) => ({
        ...operand,
        ...withOutput(named.name, named.output ?? output?.output ?? last?.output),
        ...(unit !== undefined && { unitMinutes: unit }),
      })),
    },
    end: late?.end ?? last?.end ?? after.end,
  }
}

/** "RSI 30/70", "RSI(14) 25/75", "30/70 RSI": where it is low and high, not how long it is. */
function withLimits(pieces: readonly Piece[], named: Named, before: number[] | undefined): FoundChunk | undefined {
  const found = (lengths: number[], limits: [number, number], end: number): FoundChunk => ({
    chunk: { kind: "operand", operands: [{ ...operandOf(named, lengths), limits }] },
    end,
  })
  if (before?.length === 2 && areLimits(before, named.name)) return found([], [before[0], before[1]], named.end)
  const own = before ? undefined : limitsAt(pieces, named.end, named.name)
  if (own) return found([], own.limits, own.end)
  const most = numberArguments(named.name).length
  const length = before ? undefined : numbersAfter(pieces, named.end, { most, isAverage: false })
  const later = length && length.lists.length > 0 ? limitsAt(pieces, length.end, named.name) : undefined
  if (later) return found(length!.lists[0], later.limits, later.end)
  const next = before?.length === 1 ? limitsAt(pieces, named.end, named.name) : undefined
  return next && found(before!, next.limits, next.end)
}

/** "Aroon down (25)", "lower band 20 2": the lengths of an indicator after its line. */
function isListAt(pieces: readonly Piece[], at: number): boolean {
  const [first, second] = pieces.slice(at, at + 2)
  if (first?.text === "(") return numberAt(pieces, at + 1) !== undefined
  return (
    first?.concept === "figure" && (first.list !== undefined || second?.concept === "figure" || second?.text === "/")
  )
}

/** "Two EMAs": a word counts, figures are lengths. */
function isCount(pieces: readonly Piece[], at: number): boolean {
  return pieces[at].concept === "number"
}

function numbersFollow(pieces: readonly Piece[], at: number): boolean {
  const number = numberAt(pieces, pieces[at]?.text === "," ? at + 1 : at)
  return number !== undefined && !isLimit(pieces, number.end)
}

type Named = { name: string; isAnyAverage: boolean; source?: string; output?: string; end: number }

/** "Stochastic.k": a line with a name of its own. */
function splitName(detail: string): { name: string; output?: string } {
  const [name, output] = detail.split(".")
  return { name, ...(output && { output }) }
}

const sources: Partial<Record<Piece["concept"], string>> = { volume: "volume", open: "open", high: "high", low: "low" }

/** "sma(volume, 20)": what the function is of, as formulas say it. */
function sourceIn(pieces: readonly Piece[], at: number): { source?: string } {
  const source = pieces[at]?.text === "(" && pieces[at + 2]?.text === "," ? sources[pieces[at + 1].concept] : undefined
  return source === undefined ? {} : { source }
}

const kinds: Partial<Record<Piece["concept"], string>> = {
  simple: "sma",
  exponential: "ema",
  weighted: "wma",
  hull: "hma",
}

/** A function's name, or an average with its kind before or after it: "simple average", "media exponencial". */
function nameAt(pieces: readonly Piece[], at: number): Named | undefined {
  const place = afterHyphen(pieces, at)
  const piece = pieces[place]
  if (piece?.concept === "function") return { ...splitName(piece.detail!), isAnyAverage: false, end: place + 1 }
  const spoken =
    piece && (piece.concept === "fast" || piece.concept === "slow")
      ? /\b(ema|sma|ma|average)\b/.exec(piece.text)?.[0]
      : undefined
  const [next, then] = [pieces[place + 1], pieces[place + 2]]
  if (spoken && (next?.concept === "figure" || (next?.text === "(" && then?.concept === "figure")))
    return {
      name: spoken === "ema" ? "ema" : "sma",
      isAnyAverage: spoken !== "ema" && spoken !== "sma",
      end: place + 1,
    }
  const kind = piece && kinds[piece.concept]
  const start = kind === undefined ? place : place + 1
  const volume = pieces[start]?.concept === "volume" && pieces[start + 1]?.concept === "average"
  const average = volume ? start + 1 : start
  if (pieces[average]?.concept !== "average") return undefined
  const following = pieces[average + 1] && kinds[pieces[average + 1].concept]
  const ofVolume = sourceAfter(pieces, following === undefined ? average + 1 : average + 2)
  return {
    name: kind ?? following ?? "sma",
    isAnyAverage: (kind ?? following) === undefined,
    ...((volume || ofVolume) && { source: "volume" }),
    end: (following === undefined ? average + 1 : average + 2) + (ofVolume ?? 0),
  }
}

/** "Average volume", "average of the volume": how many pieces name the volume. */
function sourceAfter(pieces: readonly Piece[], at: number): number | undefined {
  for (let place = at; place < at + 3; place++) {
    const concept = pieces[place]?.concept
    if (concept === "volume") return place + 1 - at
    if (concept !== "of" && concept !== "filler") return undefined
  }
  return undefined
}

/** Numbers after a comparison are limits: "below 30 RSI"; lines are compared with, so theirs are lengths. */
function mayLead(pieces: readonly Piece[], at: number, name: string): boolean {
  if (isLine(name)) return true
  const before = pieces[at - 1]?.concept
  return before !== "below" && before !== "above" && before !== "at" && numberArguments(name).length === 1
}

/** "2 ATR" and "1.5 ATR" are distances; "14 period ATR" has a length. */
function areLengths(
  { numbers, unitMinutes, hasUnit }: NonNullable<ReturnType<typeof listBefore>>,
  name: string,
): boolean {
  if (!numbers.every((each) => Number.isInteger(each) && each > 0)) return false
  return (name !== "atr" && name !== "natr") || unitMinutes !== undefined || hasUnit === true
}

/** A value on the scale of prices. */
function isLine(name: string): boolean {
  const spec = functionCatalogue.get(name)
  return ["sma", "ema", "wma", "dema", "tema", "trima", "kama", "hma", "rma", "vwma", "t3", "linreg", "tsf"].includes(
    spec?.name ?? "",
  )
}

/** "20/50 EMA" are two averages, "12/26/9 MACD" is one. */
function lengthsOf(numbers: number[], name: string): number[][] {
  return numberArguments(name).length === 1 || isLine(name) ? numbers.map((each) => [each]) : [numbers]
}

function operandOf({ name, isAnyAverage, source }: Named, numbers: number[]): Operand {
  return {
    name,
    numbers,
    hasLength: numbers.length > 0,
    ...(isAnyAverage && { isAnyAverage }),
    ...(source && { source }),
  }
}

/** Of several values the one that was named, or the usual one. */
function withOutput(name: string, named: string | undefined): Pick<Operand, "output"> {
  const outputs = functionCatalogue.get(name)?.outputs ?? []
  return named !== undefined && outputs.includes(named) ? { output: named } : {}
}
