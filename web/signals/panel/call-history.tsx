import type { KeptModel } from "../../db/kept-model.ts"
import { usePreferences } from "../../settings/index.ts"
import { formatDateTime } from "../../ui/date-format.ts"
import { formatPercent, formatPrice } from "../../ui/number-format.ts"
import { ActionWord } from "./action-word.tsx"
import type { ShownCall } from "./relay-calls.ts"
import { sourceName } from "./source-name.ts"

/** Older ones count in the record, but nobody reads further down. */
const SHOWN = 20

type CallHistoryProps = {
  /** The newest first. */
  calls: readonly ShownCall[]
  models: readonly KeptModel[]
}

/** The calls that were kept last: those that wait, and those whose outcome is known. */
export function CallHistory({ calls, models }: CallHistoryProps) {
  if (calls.length === 0) return null
  return (
    <section aria-labelledby="calls-title" className="flex min-w-0 flex-col gap-4">
      <h2 id="calls-title" className="text-base font-semibold">
        Kept calls
      </h2>
      <CallList title="Outcome known" calls={calls.filter(({ outcome }) => outcome !== null)} models={models} />
      <CallList title="Waiting" calls={calls.filter(({ outcome }) => outcome === null)} models={models} />
    </section>
  )
}

function CallList({ title, calls, models }: CallHistoryProps & { title: string }) {
  if (calls.length === 0) return null
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <h3 className="font-semibold">{title}</h3>
      <ul aria-label={title} className="border-b border-line text-sm">
        {calls.slice(0, SHOWN).map((call) => (
          <CallLine
            key={`${call.keptBy} ${call.id}`}
            call={call}
            name={call.modelName ?? sourceName(call.source, models)}
          />
        ))}
      </ul>
      {calls.length > SHOWN && <p className="text-sm text-ink-soft">{`The newest ${SHOWN} of ${calls.length}.`}</p>}
    </div>
  )
}

function CallLine({ call, name }: { call: ShownCall; name: string }) {
  const { timeZone } = usePreferences()
  const { action, probability, candleClosedMs, dueMs, keptBy } = call
  return (
    <li
      data-call={call.source}
      data-kept-by={keptBy}
      className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-t border-line py-2"
    >
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-3 text-ink-strong">
        <ActionWord action={action} />
        <span className="wrap-anywhere">{name}</span>
        {keptBy === "relay" && <span className="text-ink-soft">kept by the relay</span>}
        {probability !== null && (
          <span className="text-ink-soft tabular-nums">{`${formatPercent(100 * probability, 0)} sure`}</span>
        )}
      </span>
      <span className="text-ink-soft tabular-nums">
        {`${formatDateTime(candleClosedMs, timeZone)}, ${outcomeWords(call, formatDateTime(dueMs, timeZone))}`}
      </span>
    </li>
  )
}

function outcomeWords({ outcome, close }: ShownCall, due: string): string {
  if (outcome === null) return `known at ${due}`
  return `${outcome.cameTrue ? "came true" : "did not come true"}: ${formatPrice(close)}, then ${formatPrice(outcome.close)}`
}
