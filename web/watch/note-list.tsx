import { type LiveNote, type Timeframe, timeframesMs } from "#engine/candles"
import { type TimeZone, formatCandle } from "../ui/date-format.ts"
import { formatNumber, formatPrice } from "../ui/number-format.ts"
import { usePreferences } from "../settings/index.ts"

/** What the exchange sent that the chart does not draw, newest first. */
export function NoteList({
  notes,
  timeframe,
  decimals,
}: {
  notes: readonly LiveNote[]
  timeframe: Timeframe
  decimals: number
}) {
  const { timeZone } = usePreferences()
  if (notes.length === 0) return null
  return (
    <details open={notes.length < 4}>
      <summary className="inline-flex min-h-6 w-fit items-center text-sm text-warn underline decoration-dotted underline-offset-4">
        Not drawn: {formatNumber(notes.length)} {notes.length === 1 ? "note" : "notes"}
      </summary>
      <ul aria-label="Not drawn" className="mt-2 flex flex-col gap-1 text-sm text-ink-soft">
        {notes.toReversed().map((note) => (
          <li key={`${note.kind} ${timeOf(note)}`}>{inWords(note, decimals, when(note, timeframe, timeZone))}</li>
        ))}
      </ul>
    </details>
  )
}

function timeOf(note: LiveNote): number {
  if (note.kind === "corrected") return note.shown.openTimeMs
  return note.kind === "missing" ? note.fromMs : note.atMs
}

/** A refused message belongs to its moment; everything else to a candle. */
function when(note: LiveNote, timeframe: Timeframe, zone: TimeZone): string {
  return formatCandle(timeOf(note), note.kind === "refused" ? 0 : timeframesMs[timeframe], zone)
}

function inWords(note: LiveNote, decimals: number, when: string): string {
  if (note.kind === "missing")
    return `${when}: the exchange has no candle here${note.candles === 1 ? "" : `, nor in the ${note.candles - 1} after it`}.`
  if (note.kind === "refused")
    return `${when}: ${note.times === 1 ? "a message" : `${formatNumber(note.times)} messages`} with ${note.because} (${formatPrice(note.price, decimals)}) not believed.`
  return `${when}: the exchange changed this candle after its close, from ${formatPrice(note.shown.close, decimals)} to ${formatPrice(note.now.close, decimals)}. The chart shows what you saw then; keeping the candles keeps the corrected one.`
}
