import { countBefore, DAY_MS } from "#engine/candles"
import { refusalWords } from "#engine/result"
import type { RunReport } from "../../run/run-report.ts"
import { decidingCandle } from "../../run/strategy-candle.ts"
import { whyIn } from "../../run/use-run.ts"
import type { RunFocus } from "../../db/chat-thread.ts"
import { dayAfter, formatCandle, isoDay, startOfDay, type TimeZone } from "../../ui/date-format.ts"
import { formatPrice } from "../../ui/number-format.ts"
import { filledIn, partWords, type ReportedCandle, valueWords, whySentences } from "../../why/index.ts"
import { type Day, isoDayOf } from "./day-in-words.ts"
import { timeframesMs } from "#engine/candles"

/** More candles of a day are not asked one by one. */
const MOST_CANDLES = 48

/** Why a test did, or did not, trade on a day: at the candle that came closest to it. */
export async function dayWords(report: RunReport, day: Day, zone: TimeZone): Promise<string> {
  const candles = candlesOf(report, day, zone)
  const { openTimeMs } = report.equity
  if (candles.length === 0) {
    const [first, last] = [openTimeMs[0], openTimeMs[openTimeMs.length - 1]].map((timeMs) => isoDay(timeMs, zone))
    return `The test has no candle on that day: it runs from ${first} to ${last}. Name a day within it.`
  }
  const traded = candles.find((candleMs) => filledIn(report, candleMs).entered.length > 0)
  if (traded !== undefined) return candleWords(report, traded, zone)
  const asked = candles.slice(0, MOST_CANDLES)
  let closest: { candleMs: number; metCount: number } | undefined
  for (const candleMs of asked) {
    const reported = await reportedAt(report, candleMs)
    const metCount = reported.conditions.filter(({ met, part }) => met && part.endsWith(".enter")).length
    if (!closest || metCount > closest.metCount) closest = { candleMs, metCount }
  }
  const words = await candleWords(report, closest!.candleMs, zone)
  return candles.length === 1
    ? words
    : `Of that day's ${candles.length} candles this one came closest to a trade.\n${words}`
}

/** Why a test did, or did not, trade at what a conversation began at. */
export function focusWords(report: RunReport, focus: RunFocus, zone: TimeZone): Promise<string> | undefined {
  if (focus.kind === "candle") return candleWords(report, focus.openTimeMs, zone)
  if (focus.kind !== "trade") return undefined
  const candleMs = decidingCandle(report, focus)
  return candleMs === undefined ? undefined : candleWords(report, candleMs, zone)
}

/** Why a test did, or did not, trade at a candle, condition by condition. */
export async function candleWords(report: RunReport, candleMs: number, zone: TimeZone): Promise<string> {
  const reported = await reportedAt(report, candleMs)
  const price = (value: number) => formatPrice(value, report.market.priceDecimals)
  const parts = [...new Set(reported.conditions.map(({ part }) => part))]
  const isHeld = reported.position !== null
  return [
    `${formatCandle(candleMs, timeframesMs[report.timeframe], zone)}: ${whySentences(reported, { ...filledIn(report, candleMs), price }).join(" ")}`,
    ...[...new Set(reported.refusals)].map((reason) => `What blocked it: ${refusalWords[reason]}`),
    ...parts.flatMap((part) => [
      `${partWords(part, reported)}:`,
      ...reported.conditions
        .filter((condition) => condition.part === part)
        .map(
          (condition) => `${condition.met ? "✓" : "✗"} ${condition.words} (${valueWords({ ...condition, isHeld })})`,
        ),
    ]),
  ].join("\n")
}

async function reportedAt(report: RunReport, candleMs: number): Promise<ReportedCandle> {
  const reported = await whyIn(report, candleMs)
  if (!reported) throw new Error("Another question came first. Ask once more.")
  if (!reported.ok) throw new Error(reported.because)
  return reported
}

/** The strategy's candles that open on the day, or in the hour, by the person's clock. */
function candlesOf({ equity: { openTimeMs } }: RunReport, day: Day, zone: TimeZone): number[] {
  const lastMs = openTimeMs.at(-1)
  if (lastMs === undefined) return []
  const isoText = isoDayOf(day, isoDay(lastMs, zone))
  const fromMs = (startOfDay(isoText, zone) ?? Infinity) + (day.hour ?? 0) * (DAY_MS / 24)
  const toMs = day.hour === undefined ? (startOfDay(dayAfter(isoText), zone) ?? fromMs) : fromMs + DAY_MS / 24
  return Array.from(openTimeMs.subarray(countBefore(openTimeMs, fromMs), countBefore(openTimeMs, toMs)))
}
