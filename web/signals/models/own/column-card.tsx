import type { ColumnAsked, ColumnFound } from "../../../run/column-job.ts"
import { Notice } from "../../../ui/notice.tsx"
import { ForecastCardView } from "../card/forecast-card-view.tsx"

/** What was asked about a column, and what it came to. */
export type Judged = { asked: ColumnAsked; found: ColumnFound }

/** The card of a column that something of one's own made. */
export function ColumnCard({ judged: { asked, found } }: { judged: Judged }) {
  if (!found.ok) return null
  return (
    <>
      {asked.trainedUntilMs === undefined && (
        <Notice kind="warn">
          Nobody can see here what made these numbers. If it learnt from any of these candles, the card is worth
          nothing: say above until when it had learnt, and only what came later counts.
        </Notice>
      )}
      <ForecastCardView
        name={`${asked.column}, ${found.reading === "sign" ? "by its sign" : "as probabilities"}`}
        card={found.card}
        target="direction"
        scoredOn={found.scoredOn}
      />
    </>
  )
}
