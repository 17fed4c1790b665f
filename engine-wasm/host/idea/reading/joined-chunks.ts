import { unitMinutes } from "./amount.ts"
import { betweenFirst, betweenLines } from "./between-lines.ts"
import { boundedDistances } from "./bounded-distances.ts"
import { isWord, nextMeaning, lastMeaning } from "./chunk-places.ts"
import { ranges } from "./chunk-ranges.ts"
import { onTimeframes } from "./chunk-timeframes.ts"
import type { Chunk } from "./chunk.ts"
import { clouds, namedLines } from "./named-lines.ts"
import { hourSpans } from "./hour-spans.ts"
import { multipliedMoney } from "./multiplied-money.ts"
import { nextCandles } from "./next-candle.ts"
import { isAverage, isPrice, isRange } from "./operand.ts"
import {
  doubleRefusals,
  eithers,
  holdings,
  clockHours,
  countedCloses,
  lostLines,
  signalCandles,
  gains,
  closings,
  levelsOn,
  openPositions,
  targetsAtLines,
  turnings,
  boundedLosses,
} from "./said-deeds.ts"
import { coinAmounts } from "./coin-amounts.ts"
import { lengthsAgain, linesAgain } from "./named-again.ts"
import { returns } from "./returns.ts"
import { boughtDips, orderWords, plainMoney, volumeAverages } from "./spoken-anew.ts"
import { ordinalCandles } from "./ordinals.ts"
import { spokenSpans } from "./spoken-spans.ts"
import { trendTimeframes } from "./trend-timeframes.ts"
import { rangeDistances } from "./range-distances.ts"
import { turtleRanges } from "./turtle-range.ts"
import { separableVerbs } from "./separable-verbs.ts"
import { sameCalls, sameAverages } from "./same-values.ts"

/** Chunks that only mean something together become one: ranges, lines of an indicator, values on a timeframe. */
export function joinedChunks(chunks: readonly Chunk[]): Chunk[] {
  const counted = volumeAverages(boughtDips(plainMoney(orderWords(ordinalCandles(coinAmounts(chunks))))))
  const spoken = boundedDistances(
    closings(
      waits(
        singleUnits(
          gains(
            holdings(
              openPositions(
                separableVerbs(
                  nextCandles(
                    multipliedMoney(
                      turtleRanges(signalCandles(eithers(lostLines(clockHours(countedCloses(counted)))))),
                    ),
                  ),
                ),
              ),
            ),
          ),
        ),
      ),
    ),
  )
  const words = doubleRefusals(sharesOfAverages(levelsOn(turnings(boundedLosses(returns(spoken))))))
  return targetsAtLines(
    spokenSpans(
      trendTimeframes(
        onTimeframes(
          rangeDistances(
            betweenLines(
              linesAgain(
                lengthsAgain(
                  deviations(sameAverages(sameCalls(namedLines(ranges(betweenFirst(hourSpans(clouds(words)))))))),
                ),
              ),
            ),
          ),
        ),
      ),
    ),
  )
}

/** "After a day", "an hour later": one of the unit. */
function singleUnits(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    if (chunk.kind !== "word") return chunk
    const minutes =
      chunk.concept === "perDay" && /^(a|an|one|single) day$/.test(chunk.text)
        ? unitMinutes.day
        : unitMinutes[chunk.concept]
    const isOne = isWord(chunks[at + 1], "after") || isWord(chunks[lastMeaning(chunks, at - 1)], "after")
    if (minutes === undefined || !isOne) return chunk
    return { ...chunk, kind: "amount" as const, unit: "minutes" as const, value: minutes, unitMinutes: minutes }
  })
}

/** "Close after 6h": a length of time, not the chart. */
function waits(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    if (chunk.kind !== "timeframe" || chunk.isAdjective || chunk.isChart || !isWord(chunks[at - 1], "after"))
      return chunk
    const before = chunks[lastMeaning(chunks, at - 2)]
    const isLeft =
      isWord(before, "exit", "sell", "cover", "hold", "position", "trade", "it") || before?.text === "close"
    if (!isLeft) return chunk
    const { from, to, text, minutes } = chunk
    return { kind: "amount" as const, unit: "minutes" as const, value: minutes, unitMinutes: 60, from, to, text }
  })
}

/** "Two standard deviations below the 20 average" is the lower Bollinger band. */
function deviations(chunks: readonly Chunk[]): Chunk[] {
  const changed = chunks.map((chunk) => ({ ...chunk }))
  changed.forEach((chunk, at) => {
    if (!isWord(chunk, "deviation")) return
    const width = changed[at - 1]
    const average = changed.slice(at + 1, at + 6).find(({ kind }) => kind === "operand")
    const way = changed.slice(at + 1, at + 6).find((each) => isWord(each, "below", "above"))
    if (width?.kind !== "amount" || average?.kind !== "operand" || !isAverage(average.operands[0]) || !way) return
    const output = isWord(way, "below") ? "lower" : "upper"
    average.operands = [
      { name: "bbands", numbers: [average.operands[0].numbers[0] ?? 20, width.value], output, hasLength: true },
    ]
    const more = changed[at - 2]
    const said = [...(isWord(more, "above", "below") ? [more] : []), width, chunk]
    for (const each of said) each.isUsed = true
    average.from = said[0].from
  })
  return changed
}

const LEAST_SHARE_PERCENT = 20

/** "150 % of its 20 day average" is one and a half times it. */
function sharesOfAverages(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    const next = chunks[nextMeaning(chunks, at + 1)]
    const isOf = isWord(chunks[at + 1], "of")
    if (chunk.kind !== "amount" || chunk.unit !== "percent" || !isOf || next?.kind !== "operand") return chunk
    if (/^(within|near|around|innerhalb|a menos)$/.test(chunks[at - 1]?.text)) return { ...chunk, isNear: true }
    const own = chunks[chunks.findLastIndex((each, n) => n < at && each.kind === "operand")]
    const isOfRange = own?.kind === "operand" && isRange(own.operands[0]) && next.operands.every(isPrice)
    // "ATR below 2 % of the price".
    if (isOfRange) return { ...chunk, unit: "times" as const, value: Number((chunk.value / 100).toPrecision(12)) }
    // "1 % of the average" is a distance nobody can have from it.
    if (chunk.value < LEAST_SHARE_PERCENT) return chunk
    return isAverage(next.operands[0]) ? { ...chunk, unit: "times" as const, value: chunk.value / 100 } : chunk
  })
}
