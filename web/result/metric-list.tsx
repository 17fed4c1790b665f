import { type MetricGroup, type Metrics, metricDefinitions, tooFew } from "#engine/result"
import { Explained } from "../ui/explained.tsx"
import { type MetricSurroundings, metricText } from "./metric-text.ts"

const groups: [MetricGroup, string][] = [
  ["return", "Return"],
  ["risk", "Risk"],
  ["trades", "Trades"],
  ["time", "Time"],
  ["costs", "Costs"],
]

/** Every number of the run in groups, each explained where it stands. */
export function MetricList({ metrics, ...surroundings }: { metrics: Metrics } & MetricSurroundings) {
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
                    {metricText(definition, metrics[definition.key], surroundings)}
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
