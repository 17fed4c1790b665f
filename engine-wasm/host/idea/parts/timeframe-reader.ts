import { MINUTE_MS, strategyTimeframeOf, type Timeframe, timeframesMs } from "../../candles/timeframe.ts"
import type { IdeaDraft } from "../idea-draft.ts"
import type { Amount } from "../reading/amount.ts"
import { isWord } from "../reading/chunk-places.ts"
import type { Chunk } from "../reading/chunk.ts"
import { operandsOf } from "../reading/condition.ts"
import type { Operand } from "../reading/operand.ts"

type TimeframeChunk = Extract<Chunk, { kind: "timeframe" }>

const styles: Record<string, Timeframe> = { scalp: "5m", intraday: "15m", swing: "4h", longTerm: "1d" }

/** Decides the timeframe from what was said: a chart, the values' own timeframes, or the style of trading. */
export function readTimeframe(chunks: readonly Chunk[], draft: IdeaDraft) {
  const said = chunks.filter((chunk): chunk is TimeframeChunk => chunk.kind === "timeframe" && !chunk.isUsed)
  const own = distinct(said.filter(({ isAttached }) => !isAttached))
  const attached = distinct(said.filter(({ isAttached }) => isAttached))
  if (own.length > 1) {
    draft.ask("contradiction", own)
    draft.timeframe = own[0]
  } else if (own.length === 1) draft.timeframe = shortest([...own, ...attached])
  else if (attached.length > 0) draft.timeframe = shortest(attached)
  for (const chunk of said) draft.understand([chunk], "timeframe", chunk.timeframe)
  if (!draft.timeframe) readLength(chunks, draft)
  if (!draft.timeframe) askForCandles(chunks, draft)
  // No strategy decides on months.
  if (!draft.timeframe && chunks.some((chunk) => chunk.kind === "word" && chunk.concept === "monthly"))
    draft.ask("timeframe", ["1d", "1w"])
  readStyle(chunks, draft)
}

/** "On 15 minutes", "en 4 horas": a length of time that nothing else has taken. */
function readLength(chunks: readonly Chunk[], draft: IdeaDraft) {
  for (const chunk of chunks) {
    if (chunk.kind !== "amount" || chunk.isUsed || chunk.unit !== "minutes") continue
    const timeframe = strategyTimeframeOf(chunk.value * MINUTE_MS)
    if (!timeframe) continue
    draft.timeframe = timeframe
    return draft.understand([chunk], "timeframe", timeframe)
  }
}

/** "The 10 minute chart": there are no such candles, so the nearest ones are offered. */
function askForCandles(chunks: readonly Chunk[], draft: IdeaDraft) {
  const chart = chunks.find(
    (chunk, at): chunk is Chunk & Amount =>
      chunk.kind === "amount" &&
      !chunk.isUsed &&
      chunk.unit === "minutes" &&
      isWord(chunks[at + 1], "timeframe", "candle"),
  )
  if (!chart) return
  const lengths = (Object.keys(timeframesMs) as Timeframe[]).filter((each) => strategyTimeframeOf(timeframesMs[each]))
  const shorter = lengths.filter((each) => timeframesMs[each] < chart.value * MINUTE_MS).at(-1)
  const longer = lengths.find((each) => timeframesMs[each] > chart.value * MINUTE_MS)
  draft.ask(
    "timeframe",
    [shorter, longer].filter((each) => each !== undefined),
  )
}

/** The timeframe where no chart was named: that of the lengths, the style, or the usual one. */
export function assumeTimeframe(draft: IdeaDraft) {
  if (draft.timeframe) return
  const lengths = draft.rules
    .flatMap(({ condition }) => operandsOf(condition))
    .flatMap(({ unitMinutes }: Operand) => unitMinutes ?? [])
  const longest = Math.max(0, ...lengths)
  const unit = strategyTimeframeOf(Math.min(longest, DAY_MINUTES * 7) * MINUTE_MS)
  const golden = draft.assumptions.some(({ about }) => about === "goldenCross")
  const spans = draft.rules
    .flatMap(({ condition }) => operandsOf(condition))
    .flatMap(({ unitMinutes, numbers }: Operand) =>
      unitMinutes === undefined ? [] : [unitMinutes * (numbers[0] ?? 1)],
    )
  const brief = spans.length > 0 ? within(Math.min(...spans)) : undefined
  draft.timeframe = longest >= 60 && unit ? unit : (brief ?? (golden ? "1d" : "1h"))
  draft.assume("timeframe", draft.timeframe)
}

const DAY_MINUTES = 1_440

/** "2 % in 5 minutes": an hour's candle does not see it. */
function within(minutes: number): Timeframe | undefined {
  return minutes >= 60
    ? undefined
    : ([30, 15, 5, 1] as const)
        .map((each) => (each <= minutes ? strategyTimeframeOf(each * MINUTE_MS) : undefined))
        .find((each) => each !== undefined)
}

function readStyle(chunks: readonly Chunk[], draft: IdeaDraft) {
  const isSlow = draft.timeframe !== undefined && timeframesMs[draft.timeframe] >= timeframesMs["1d"]
  if (isSlow && manyADay(chunks)) draft.ask("contradiction", ["5m", draft.timeframe!])
  for (const chunk of chunks) {
    if (chunk.kind !== "word" || !Object.hasOwn(styles, chunk.concept)) continue
    const timeframe = styles[chunk.concept]
    if ((chunk.concept === "scalp" || chunk.concept === "intraday") && isSlow)
      draft.ask("contradiction", [styles[chunk.concept], draft.timeframe!])
    draft.understand([chunk], "timeframe", draft.timeframe ?? timeframe)
    if (!draft.timeframe) {
      draft.timeframe = timeframe
      draft.assume("timeframe", timeframe)
    }
  }
}

/** "Lots of trades every day". */
function manyADay(chunks: readonly Chunk[]): boolean {
  const says = (...concepts: string[]) =>
    chunks.some((chunk) => chunk.kind === "word" && concepts.includes(chunk.concept))
  return says("lots") && says("trade", "position", "scalp") && (says("perDay") || (says("every") && says("day")))
}

function distinct(chunks: readonly TimeframeChunk[]): Timeframe[] {
  return [...new Set(chunks.map(({ timeframe }) => timeframe))]
}

function shortest(timeframes: readonly Timeframe[]): Timeframe {
  return timeframes.toSorted((a, b) => timeframesMs[a] - timeframesMs[b])[0]
}
