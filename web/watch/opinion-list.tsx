import { plainText } from "#engine/candles"
import { usePreferences } from "../settings/index.ts"
import { formatDateTime } from "../ui/date-format.ts"
import type { Opinion } from "./opinion-watch.ts"

const SHOWN = 8

/** What was said last, each with what became of it. */
export function OpinionList({ opinions, inWords }: { opinions: readonly Opinion[]; inWords: string }) {
  const { timeZone } = usePreferences()
  if (opinions.length === 0) return null
  return (
    <div className="flex flex-col gap-2">
      <p className="max-w-[72ch] text-sm text-ink-soft">{inWords}</p>
      <ul aria-label="Said last" className="border-b border-line">
        {opinions.slice(0, SHOWN).map((opinion) => (
          <li
            key={opinion.id}
            className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-t border-line py-2 text-sm"
          >
            <span className="min-w-0 text-ink-strong wrap-anywhere">
              {`${plainText(opinion.market, 40)}: ${opinion.action}, ${opinion.confidence} of 100 sure`}
              {opinion.isMadeUp && <span className="text-ink-soft"> (made-up prices)</span>}
            </span>
            <span className="text-ink-soft tabular-nums">
              {`${formatDateTime(opinion.atMs, timeZone)}, ${outcomeWords(opinion)}`}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function outcomeWords({ outcome }: Opinion): string {
  if (outcome === null) return "not known yet"
  return outcome.cameTrue ? "came true" : "did not come true"
}
