import type { KeptModel } from "../../db/kept-model.ts"
import type { KeptCall } from "../../db/signal-call.ts"
import { usePreferences } from "../../settings/index.ts"
import { formatDateTime } from "../../ui/date-format.ts"
import { formatPercent, formatPrice } from "../../ui/number-format.ts"
import { ActionWord } from "./action-word.tsx"
import { sourceName } from "./source-name.ts"

/** Older ones count in the record, but nobody reads further down. */
const SHOWN = 40

/** The calls that were kept last, each with what came of it. */
export function CallHistory({ calls, models }: { calls: readonly KeptCall[]; models: readonly KeptModel[] }) {
  const { timeZone } = usePreferences()
  if (calls.length === 0) return null
  return (
    <section aria-labelledby="calls-title" className="flex min-w-0 flex-col gap-3">
      <h2 id="calls-title" className="text-base font-semibold">
        Kept calls
      </h2>
      <ul aria-label="Kept calls" className="border-b border-line text-sm">
        {calls.slice(0, SHOWN).map((call) => (
          <li
            key={call.id}
            data-call={call.source}
            className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-t border-line py-2"
          >
            <span className="flex min-w-0 flex-wrap items-baseline gap-x-3 text-ink-strong">
              <ActionWord action={call.action} />
              <span className="wrap-anywhere">{sourceName(call.source, models)}</span>
              {call.probability !== null && (
                <span className="text-ink-soft tabular-nums">{`${formatPercent(100 * call.probability, 0)} sure`}</span>
              )}
            </span>
            <span className="text-ink-soft tabular-nums">
              {`${formatDateTime(call.candleClosedMs, timeZone)}, ${outcomeWords(call, formatDateTime(call.dueMs, timeZone))}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function outcomeWords({ outcome, close }: KeptCall, due: string): string {
  if (outcome === null) return `known at ${due}`
  return `${outcome.cameTrue ? "came true" : "did not come true"}: ${formatPrice(close)}, then ${formatPrice(outcome.close)}`
}
