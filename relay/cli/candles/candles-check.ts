import {
  CandleProblems,
  checkCandles,
  isoTime,
  looksLikeSessions,
  plainText,
  readCandleRows,
  type CandleCheck,
} from "#engine/candles"
import type { Surroundings } from "../../surroundings.ts"
import { printJson, printText, report } from "../answer.ts"
import { openInput, orNo } from "../file-input.ts"
import { arrow, candleFileChoices, candleFileOptions, fileRefusal } from "./candle-input.ts"
import { onePositional, readWords } from "../command.ts"

/**
 * `candlewright candles check FILE`: a dirty file gets an answer, not a refusal; only a file without any candles is
 * refused.
 */
export async function candlesCheck(words: string[], { nowMs }: Surroundings): Promise<void> {
  const { values, positionals } = readWords(words, { json: { type: "boolean" }, ...candleFileOptions })
  const file = onePositional("candle file", positionals)
  const unreadable = new CandleProblems()
  const reading = { ...candleFileChoices(values), arrow }
  const rows = await orNo(file, readCandleRows(await openInput(file), unreadable, reading))
  if (!rows.ok)
    throw fileRefusal(file, rows, {
      hasOptions: true,
      details: unreadable.count > 0 ? { problems: unreadable.first } : {},
    })
  for (const note of rows.notes) report(`${plainText(file, 200)}: ${note}`)
  const check = checkCandles(rows, { unreadable, nowMs: nowMs() })
  await (values.json ? printJson(check) : printText(wordsOf(file, check)))
}

function wordsOf(file: string, check: CandleCheck): string {
  const { rows, fromMs, toMs, timeframe, problems } = check
  const when = fromMs === null || toMs === null ? "" : `, ${isoTime(fromMs)} to ${isoTime(toMs)}`
  const head = `${plainText(file, 200)}: ${rows} candles of ${timeframe ?? "unknown length"}${when}`
  const found =
    problems.length === 0
      ? ["No problems."]
      : problems.map(({ row, what }) => (row === 0 ? `Whole file: ${what}` : `Row ${row}: ${what}`))
  return `${[head, ...gapsInWords(check), ...found].join("\n")}\n`
}

function gapsInWords(check: CandleCheck): string[] {
  const { gapCount, missing, longestGaps } = check
  if (gapCount === 0) return ["No gaps."]
  const head = `${gapCount} gaps, ${missing} candles missing`
  if (looksLikeSessions(check)) return [`${head}: this market closes, at weekends or at night.`]
  return [`${head}; the longest:`, ...longestGaps.map((gap) => `  ${gap.missing} after ${isoTime(gap.afterMs)}`)]
}
