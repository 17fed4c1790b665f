import {
  type FreqtradeMetric,
  type MetricDefinition,
  type MetricGroup,
  type MetricKey,
  metricDefinitions,
  tooFew,
} from "#engine/result"
import type { RunReport } from "../run/run-report.ts"
import { useFreqtrade } from "../run/use-freqtrade.ts"
import { usePreferences } from "../settings/index.ts"
import { Explained } from "../ui/explained.tsx"
import { WhatIsThis } from "../what-is-this.tsx"
import { AskAboutMetric, type RunSubject } from "./ask-about-run.tsx"
import { type MetricSurroundings, metricText } from "./metric-text.ts"

const groups: [MetricGroup, string][] = [
  ["return", "Return"],
  ["risk", "Risk"],
  ["trades", "Trades"],
  ["time", "Time"],
  ["costs", "Costs"],
]

type MetricListProps = { report: RunReport; subject: RunSubject | undefined } & MetricSurroundings

/** Every number of the run in groups, each explained on the spot; in Pro also as freqtrade defines it. */
export function MetricList({ report, subject, ...surroundings }: MetricListProps) {
  const { mode } = usePreferences()
  const freqtrade = useFreqtrade(report, mode === "pro")
  const few = tooFew(report.metrics)
  return (
    <div className="flex flex-col gap-4">
      {freqtrade && (
        <p className="flex items-center gap-1 text-sm text-ink-soft">
          Behind “freqtrade”: the same figure as it is defined there <WhatIsThis term="freqtrade" />
        </p>
      )}
      <div className="grid gap-x-10 gap-y-6 md:grid-cols-2">
        {groups.map(([group, name]) => (
          <section key={group}>
            <h3 className="pb-1 font-semibold">{name}</h3>
            <dl>
              {metricDefinitions
                .filter((definition) => definition.group === group)
                .map((definition) => (
                  <MetricRow
                    key={definition.key}
                    definition={definition}
                    text={metricText(definition, report.metrics[definition.key], surroundings)}
                    isFew={few.has(definition.key)}
                    freqtrade={freqtrade?.get(definition.key)}
                    surroundings={surroundings}
                    subject={subject}
                  />
                ))}
            </dl>
          </section>
        ))}
      </div>
    </div>
  )
}

type MetricRowProps = {
  definition: MetricDefinition & { key: MetricKey }
  text: string
  isFew: boolean
  freqtrade: FreqtradeMetric | undefined
  surroundings: MetricSurroundings
  subject: RunSubject | undefined
}

function MetricRow({ definition, text, isFew, freqtrade, surroundings, subject }: MetricRowProps) {
  return (
    <div className="flex justify-between gap-4 border-t border-line py-1.5">
      <dt className="text-ink-soft">
        <Explained term={definition.label}>
          <p className="pb-2 text-ink-strong">{definition.short}</p>
          <p className="text-ink-soft">{definition.definition}</p>
          {freqtrade && <p className="pt-2 text-ink-soft">As freqtrade defines it: {freqtrade.definition}</p>}
          <AskAboutMetric subject={subject} definition={definition} />
        </Explained>
      </dt>
      <dd className={isFew ? "text-right text-ink-faint" : "text-right text-ink-strong"}>
        {text}
        {isFew && " (too few)"}
        {freqtrade && (
          <span className="block text-sm text-ink-soft">
            freqtrade {metricText(definition, freqtrade.value, surroundings)}
          </span>
        )}
      </dd>
    </div>
  )
}
