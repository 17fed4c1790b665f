import { FEWEST_OUTCOMES, type SignalRecord } from "#engine/run"
import type { SourceRecord } from "./relay-calls.ts"
import { formatCount } from "../../ui/number-format.ts"

type LiveRecordProps = {
  record: SignalRecord | undefined
  what: string
  /** No call will be kept of candles that have ended. */
  hasEnded: boolean
}

/** What came of calls that were kept here before anybody knew, in words; an empty record says how many are missing. */
export function LiveRecord({ record, what, hasEnded }: LiveRecordProps) {
  if (hasEnded && record === undefined) return null
  return (
    <p className="max-w-[72ch] text-sm text-ink-soft" data-testid={`live-record-${what}`}>
      <span className="font-medium text-ink">Kept before it was known: </span>
      {recordWords(record)}
    </p>
  )
}

/** The live record of a source in sentences. */
export function recordWords(record: SourceRecord | undefined): string {
  const { count = 0, waiting = 0, words = "" } = record ?? {}
  const wait = waiting === 0 ? "" : ` ${formatCount(waiting, "call")} ${waiting === 1 ? "waits" : "wait"}.`
  const missing = count >= FEWEST_OUTCOMES ? "" : ` ${missingWords(count)}`
  return `${count === 0 ? "no outcome yet." : words}${wait}${missing}`
}

function missingWords(count: number): string {
  const left = FEWEST_OUTCOMES - count
  return `${formatCount(left, count === 0 ? "outcome" : "more outcome")} ${left === 1 ? "is" : "are"} missing before a record says anything.`
}
