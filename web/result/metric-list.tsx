import { type MetricDefinition, type MetricGroup, type Metrics, metricDefinitions, tooFew } from "#engine/result"
import { type TimeZone, formatCandle, formatDuration } from "../ui/date-format.ts"
import { Explained } from "../ui/explained.tsx"
import { formatMoney, formatNumber, formatPercent } from "../ui/number-format.ts"

const groups: [MetricGroup, string][] = [
  ["return", "Return"],
  ["risk", "Risk"],
  ["trades", "Trades"],
  ["time", "Time"],
  ["costs", "Costs"],
]

type MetricListProps = {
  metrics: Metrics
  currency: string | undefined
  /** Of the strategy, whose candles the moments are. */
  timeframeMs: number
  zone: TimeZone
}

/** Every number of the run in groups, each explained where it stands. */
export function MetricList({ metrics, currency, timeframeMs, zone }: MetricListProps) {
  const few = tooFew(metrics)
  return (
    <div className="grid gap-x-10 gap-y-6 md:grid-cols-2">
      {groups.map(([group, name]) => (
        <section key={group}>
          <h3 className="pb-1 font-semibold">{name}</h3>
          <dl>
            {metricDefinitions
              .filter((definition) => definition.group === group)
              .map((definition) => (
                <div key={definition.key} className="flex justify-between gap-4 border-t border-line py-1.5">
                  <dt className="text-ink-soft">
                    <Explained term={definition.label}>
                      <p className="pb-2 text-ink-strong">{definition.short}</p>
                      <p className="text-ink-soft">{definition.definition}</p>
                    </Explained>
                  </dt>
                  <dd className={few.has(definition.key) ? "text-right text-ink-faint" : "text-right text-ink-strong"}>
                    {textOf(definition, metrics[definition.key], { currency, timeframeMs, zone })}
                    {few.has(definition.key) && " (too few)"}
                  </dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </div>
  )
}

function textOf(
  { unit }: MetricDefinition,
  value: number | string | null,
  { currency, timeframeMs, zone }: Omit<MetricListProps, "metrics">,
): string {
  if (typeof value === "string") return value
  if (unit === "money") return formatMoney(value, currency)
  if (unit === "percent") return formatPercent(value, 2)
  if (unit === "time") return formatCandle(value, timeframeMs, zone)
  if (unit === "duration") return value === null ? formatNumber(null) : formatDuration(value)
  if (unit === "days")
    return value === null ? formatNumber(null) : `${formatNumber(value, Number.isInteger(value) ? 0 : 1)} d`
  return formatNumber(value, unit === "count" ? 0 : 2)
}
