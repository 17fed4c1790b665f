import type { ColumnAsked, ColumnFound } from "../../../run/column-job.ts"
import type { ColumnReading } from "#engine/run"
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
      {found.isGuess && <Notice kind="info">{guessWords[found.reading]}</Notice>}
      <ForecastCardView
        name={`${asked.column}, ${readingWords[found.reading]}`}
        card={found.card}
        target={found.reading === "percent" ? "return" : "direction"}
        scoredOn={found.scoredOn}
      />
    </>
  )
}

const readingWords: Record<ColumnReading, string> = {
  probability: "as probabilities",
  percent: "as returns in percent",
  sign: "by its sign",
}

const saySo = "If they are something else, say above what its numbers are and judge it again."
const guessWords: Record<ColumnReading, string> = {
  probability: `All numbers are from 0 to 1, so they are taken as probabilities of a rise. That is a guess. ${saySo}`,
  percent: `They are taken as returns in percent. That is a guess. ${saySo}`,
  sign: `Some numbers are below 0 or above 1, so only their sign counts: above 0 is a rise. That is a guess. ${saySo}`,
}
