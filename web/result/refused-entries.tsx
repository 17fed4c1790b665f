import { type Rejected, type RejectedReason, refusalWords } from "#engine/result"
import { useMemo } from "react"
import { type DataColumn, DataTable } from "../ui/data-table.tsx"
import { type TimeZone, formatCandle } from "../ui/date-format.ts"
import { WhatIsThis } from "../what-is-this.tsx"
import { formatNumber } from "../ui/number-format.ts"

type RefusedEntriesProps = {
  counts: { reason: RejectedReason; count: number }[]
  refused: Rejected[]
  /** Of the strategy, at the close of whose candles it asks. */
  timeframeMs: number
  zone: TimeZone
}

/**
 * Why orders the rules asked for were not placed: each reason with its count, then one by one; nothing when all were.
 */
export function RefusedEntries({ counts, refused, timeframeMs, zone }: RefusedEntriesProps) {
  const columns = useMemo(() => columnsFor(timeframeMs, zone), [timeframeMs, zone])
  if (counts.length === 0) return null
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <div className="flex items-center gap-1">
        <h3 className="font-semibold">Why it did not buy when its rules said so</h3>
        <WhatIsThis term="refused" />
      </div>
      <ul className="max-w-[72ch] border-b border-line">
        {counts.map(({ reason, count }) => (
          <li key={reason} className="flex justify-between gap-4 border-t border-line py-2">
            <span>{refusalWords[reason]}</span>
            <span className="shrink-0">
              {formatNumber(count)} {count === 1 ? "time" : "times"}
            </span>
          </li>
        ))}
      </ul>
      <DataTable label="Refused entries, one by one" rows={refused} columns={columns} />
    </section>
  )
}

function columnsFor(timeframeMs: number, zone: TimeZone): DataColumn<Rejected>[] {
  return [
    {
      key: "timeMs",
      header: "When",
      sortBy: ({ timeMs }) => timeMs,
      cell: ({ timeMs }) => formatCandle(timeMs, timeframeMs, zone),
    },
    {
      key: "market",
      header: "Market",
      from: "medium",
      sortBy: ({ market }) => market,
      cell: ({ market }) => market,
    },
    {
      key: "reason",
      header: "Why not",
      sortBy: ({ reason }) => reason,
      cell: ({ reason }) => <span className="whitespace-normal">{refusalWords[reason]}</span>,
    },
  ]
}
