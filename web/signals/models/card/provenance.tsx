import type { ForecastModel } from "#engine/strategy"
import { usePreferences } from "../../../settings/index.ts"
import { formatDate } from "../../../ui/date-format.ts"
import { formatCount, formatNumber } from "../../../ui/number-format.ts"

const HASH_LETTERS = 12

/** Where a model comes from: enough to make the very same again. */
export function Provenance({ model }: { model: ForecastModel }) {
  const { timeZone } = usePreferences()
  const { made, parts, hash, features, timeframe } = model
  const until = parts[parts.length - 1].trainedUntilMs
  const rows: [string, string][] = [
    ["Trained on", `${made.market || "an unnamed market"}, ${timeframe}`],
    ["Candles from", formatDate(parts[0].trainedFromMs, timeZone)],
    ["Candles until", formatDate(until, timeZone)],
    ["Parts", `${formatCount(parts.length, "part")}, each learnt from what came before it`],
    ["Examples", formatNumber(made.examples)],
    ["Seed, version", `${made.seed}, ${made.version}`],
    ["Fingerprint", hash.slice(0, HASH_LETTERS)],
    ["Looks at", features.join(" · ")],
  ]
  return (
    <details className="border-b border-line pb-3">
      <summary className="inline-flex min-h-8 w-fit items-center underline decoration-dotted underline-offset-4 hover:text-ink-strong">
        Where it comes from
      </summary>
      <dl className="grid gap-x-6 gap-y-1 pt-2 text-sm sm:grid-cols-[max-content_minmax(0,1fr)]">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="wrap-anywhere text-ink">{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
